package dev.concord.review;

import dev.concord.filter.Filter;
import dev.concord.filter.FilterSyntaxException;
import dev.concord.record.Pointer;
import dev.concord.review.Meaning.Data;
import dev.concord.review.Meaning.Text;
import dev.concord.review.Use.Way;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is found in one script. */
final class ScriptFindings {

    /** Takes the place of what is only known when a script runs, while its filters are read. */
    private static final String UNKNOWN = "7041776";

    private final Set<ScriptUse> uses = new LinkedHashSet<>();

    Set<ScriptUse> uses() {
        return uses;
    }

    /** What seemed open before all was known may be none any more. */
    void forget() {
        uses.clear();
    }

    void add(int line, String objectSet, Pointer attribute, Way way, boolean call) {
        uses.add(new ScriptUse(line, objectSet, attribute, way, call));
    }

    void reads(int line, Data data) {
        add(line, data.objectSet(), new Pointer(data.path()), Way.READS, false);
    }

    void writes(int line, Data object, String name) {
        List<String> path = new ArrayList<>(object.path());
        path.add(name);
        add(line, object.objectSet(), new Pointer(path), Way.WRITES, false);
    }

    /** Any attribute of an object may be used; of a value inside one, that value is. */
    void mayUse(int line, Data data) {
        if (data.isWhole()) {
            add(line, data.objectSet(), Pointer.WHOLE, Way.MAY_USE, false);
        } else {
            reads(line, data);
        }
    }

    /** Objects among these meanings leave what can be followed. */
    void leave(int line, Set<Meaning> meanings) {
        for (Meaning meaning : meanings) {
            switch (meaning) {
                case Data data when data.isWhole() -> mayUse(line, data);
                case Meaning.Results results -> mayUse(line, new Data(results.objectSet(), List.of()));
                case Meaning.Elements elements -> leave(line, Set.of(elements.of()));
                default -> {}
            }
        }
    }

    /** A filter over a set's objects, as far as its text is known. */
    void filter(int line, String objectSet, Set<Meaning> texts, boolean call) {
        boolean read = false;
        for (Meaning meaning : texts) {
            if (meaning instanceof Text text) {
                read |= filter(line, objectSet, text, call);
            }
        }
        if (!read) {
            add(line, objectSet, Pointer.WHOLE, Way.MAY_USE, call);
        }
    }

    private boolean filter(int line, String objectSet, Text text, boolean call) {
        try {
            Filter filter = Filter.parse(text.text().replace(String.valueOf(Meaning.HOLE), UNKNOWN));
            for (Pointer pointer : FilterUses.pointers(filter)) {
                if (pointer.toString().contains(UNKNOWN)) {
                    add(line, objectSet, Pointer.WHOLE, Way.MAY_USE, call);
                } else {
                    add(line, objectSet, pointer, Way.READS, call);
                }
            }
            return true;
        } catch (FilterSyntaxException e) {
            return false;
        }
    }
}
