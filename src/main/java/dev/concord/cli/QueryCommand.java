package dev.concord.cli;

import dev.concord.filter.Filter;
import dev.concord.filter.FilterSyntaxException;
import dev.concord.record.Resource;
import dev.concord.system.KeyRange;
import dev.concord.system.ObjectSchema;
import dev.concord.system.ObjectSet;
import dev.concord.system.ObjectSets;
import dev.concord.system.Page;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "query",
        mixinStandardHelpOptions = true,
        description = "Shows the objects of an object set. Values of sensitive attributes are never shown.",
        footer = {"", "Ends with 3 when there were records that could not be read, or ids that occur twice."})
final class QueryCommand implements Callable<Integer> {

    private static final int PAGE = 500;

    private final Shell shell;

    @Parameters(paramLabel = "OBJECTSET", description = "Such as managed/alpha_user or system/hr/employee.")
    private String path = "";

    @Option(
            names = "--filter",
            paramLabel = "F",
            description = "A query filter, such as 'sn sw \"M\" and !(active eq false)'.")
    private @Nullable String filter;

    @Option(names = "--fields", paramLabel = "NAME", split = ",", description = "Only these attributes, in this order.")
    private List<String> fields = new ArrayList<>();

    @Mixin
    private LimitOption limit = new LimitOption();

    @Mixin
    private JsonOption answer = new JsonOption();

    QueryCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Filter selected = parsed(filter);
        try (ObjectSets sets = shell.platform().get(ObjectSets.Factory.class).of(shell.definitions())) {
            ObjectSet set = open(sets);
            long most = limit.most(!answer.json);
            Search search = new Search(set, selected, most);
            search.run();
            if (search.more) {
                LimitOption.sayThereAreMore(shell.screen(), most);
            }
            return search.unreadable > 0 ? ExitCode.RECORDS_FAILED : ExitCode.DONE;
        }
    }

    private ObjectSet open(ObjectSets sets) {
        try {
            return sets.open(path);
        } catch (IllegalArgumentException e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Filter parsed(@Nullable String text) {
        try {
            return text == null ? null : Filter.parse(text);
        } catch (FilterSyntaxException e) {
            throw new Refused("The filter cannot be read: " + e.getMessage());
        }
    }

    /** Goes through the set and shows what it finds. */
    private final class Search {

        private final ObjectSet set;
        private final @Nullable Filter selected;
        private final long most;
        private long shown;
        private long unreadable;
        private boolean more;

        Search(ObjectSet set, @Nullable Filter selected, long most) {
            this.set = set;
            this.selected = selected;
            this.most = most;
        }

        void run() {
            if (answer.json) {
                try (JsonList list = new JsonList(shell.screen())) {
                    eachPage(objects -> objects.forEach(list::add));
                }
            } else {
                ObjectTable table = new ObjectTable(shell.screen(), set.schema(), fields);
                eachPage(table::print);
                if (shown == 0) {
                    shell.screen().say("No object of " + set.name() + (selected == null ? "." : " matches."));
                }
            }
        }

        /** Gives what is found to the consumer, many at once, however few of the scanned ones match. */
        private void eachPage(Consumer<List<Map<String, @Nullable Object>>> consumer) {
            List<Map<String, @Nullable Object>> objects = new ArrayList<>();
            String after = null;
            Page page;
            do {
                if (objects.size() >= PAGE) {
                    consumer.accept(objects);
                    objects = new ArrayList<>();
                }
                page = set.scan(KeyRange.ALL, after, PAGE, selected);
                for (Page.Item item : page.items()) {
                    switch (item) {
                        case Page.Item.Found found
                        when shown < most -> {
                            objects.add(shownAs(found.resource(), set.schema()));
                            shown++;
                        }
                        case Page.Item.Found _ -> more = true;
                        case Page.Item.Duplicate duplicate ->
                            complain(duplicate.where(), "the id " + duplicate.id() + " occurs once more");
                        case Page.Item.Unreadable bad -> complain(bad.where(), bad.reason());
                    }
                }
                after = page.lastPosition();
            } while (!more && !page.end() && after != null && !shell.screen().nobodyReads());
            consumer.accept(objects);
        }

        private void complain(String where, String what) {
            unreadable++;
            shell.screen().complain(Readable.harmless(set.name() + ", " + where + ": " + what));
        }

        private Map<String, @Nullable Object> shownAs(Resource resource, ObjectSchema schema) {
            Map<String, @Nullable Object> shownObject = new LinkedHashMap<>();
            Map<String, @Nullable Object> object = resource.view();
            for (String name : fields.isEmpty() ? object.keySet() : fields) {
                if (object.containsKey(name)) {
                    Object value = object.get(name);
                    shownObject.put(name, value != null && schema.hides(name, value) ? Readable.NOT_SHOWN : value);
                }
            }
            return shownObject;
        }
    }
}
