package dev.concord.mapping;

import dev.concord.mapping.Definitions.Fault;
import dev.concord.mapping.Definitions.Fault.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the faults of one file, or of one mapping in a file of several. What stands behind an alias is read more
 * than once, so equal faults are kept once.
 */
final class FaultLog {

    private final Spelling spelling;
    private final @Nullable FaultLog file;
    private final boolean strict;
    private final Set<Fault> errors = new LinkedHashSet<>();
    private final Set<Fault> warnings = new LinkedHashSet<>();
    private final List<Node> unknown = new ArrayList<>();
    private int droppedErrors;
    private int droppedWarnings;

    FaultLog(Spelling spelling) {
        this(spelling, null, false);
    }

    /**
     * @param file the log of the file around, whose errors count as errors here too
     * @param strict whether slips are errors in PingIDM's files, too, because they are to become native ones
     */
    FaultLog(Spelling spelling, @Nullable FaultLog file, boolean strict) {
        this.spelling = spelling;
        this.file = file;
        this.strict = strict;
    }

    Spelling spelling() {
        return spelling;
    }

    boolean isStrict() {
        return strict;
    }

    void error(Node node, String message) {
        error(node.at(), message);
    }

    void error(Spot at, String message) {
        if (errors.size() >= Limits.FAULTS) {
            droppedErrors++;
        } else {
            errors.add(new Fault(Severity.ERROR, at.place(), message));
        }
    }

    void warning(Node node, String message) {
        if (isFullOfWarnings()) {
            droppedWarnings++;
        } else {
            warning(node.place(), message);
        }
    }

    void warning(Place place, String message) {
        if (isFullOfWarnings()) {
            droppedWarnings++;
        } else {
            warnings.add(new Fault(Severity.WARNING, place, message));
        }
    }

    /**
     * What can only be a slip: an error in a native file; files of PingIDM have run before, so there it is a warning.
     */
    void slip(Node node, String message) {
        if (strict || spelling == Spelling.NATIVE) {
            error(node, message);
        } else {
            warning(node, message);
        }
    }

    /** Remembers a value whose key is not known. */
    void unknown(Node node) {
        unknown.add(node);
    }

    /** The values whose keys are not known, by their pointer from a node above. */
    Map<String, @Nullable Object> unknownBelow(Spot above) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        unknown.forEach(node -> values.putIfAbsent(node.at().pointerFrom(above), node.plain()));
        return values;
    }

    boolean hasErrors() {
        return !errors.isEmpty() || (file != null && file.hasErrors());
    }

    /** Whether further warnings are only counted, so that composing one is not worth the time. */
    boolean isFullOfWarnings() {
        return warnings.size() >= Limits.FAULTS;
    }

    /** Errors before warnings; where there were too many of either, the last one says how many more. */
    List<Fault> faults() {
        List<Fault> all = new ArrayList<>(errors);
        addDropped(all, droppedErrors);
        all.addAll(warnings);
        addDropped(all, droppedWarnings);
        return all;
    }

    private static void addDropped(List<Fault> all, int dropped) {
        if (dropped > 0) {
            Fault last = all.getLast();
            Place file = new Place(last.place().file(), 0, "");
            all.add(new Fault(last.severity(), file, "and " + dropped + " more; repair these first"));
        }
    }
}
