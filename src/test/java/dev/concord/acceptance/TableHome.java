package dev.concord.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.concord.ledger.Entry;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Phase;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.RunView;
import dev.concord.link.Link;
import dev.concord.link.LinkType;
import dev.concord.link.Links;
import dev.concord.run.ActionRequest;
import dev.concord.run.Reconciliations;
import dev.concord.run.RunRequest;
import dev.concord.system.KeyRange;
import dev.concord.system.ObjectSet;
import dev.concord.system.ObjectSets;
import dev.concord.system.Page.Item.Found;
import dev.concord.system.Write;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.MemoryObjectSet;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A home for decision tables: each case has a mapping, source rows and a target type of its own, all written as words.
 *
 * <p>{@code 1:Ada:leaver} is a source or target with its id, its name and its state; {@code 1-a} is a link, and
 * {@code 1-a@work} one with a link qualifier. A source without an id, {@code :Ada}, cannot be told apart from others.
 * Ids that the store gave are written {@code new}. Scripts made by {@link #tracing} write down who they are and, in
 * braces, what targets and links there were when they ran.
 */
final class TableHome implements AutoCloseable {

    private final Path folder;
    private final TestDatabase database = Databases.H2.fresh();
    private final List<String> trace = new ArrayList<>();
    private final Map<String, String> askedOf = new LinkedHashMap<>();
    private final MemoryObjectSet lines = new MemoryObjectSet("system/trace/line", List.of(), List.of());
    private final House house;
    private final List<Path> files = new ArrayList<>();
    private String current = "";
    private int cases;
    private int runs;

    TableHome(Path folder) {
        this.folder = folder;
        house = House.on(folder, database)
                .with(ObjectSets.Factory.class, this::decorated)
                .open();
    }

    /**
     * What a case came to.
     *
     * @param trace each call of a traced script, with what there was then
     * @param asked the names of the scripts that were called, each once for an op: a record with several link
     *     qualifiers is looked at again after each of its ops
     */
    record Told(RunView run, Map<Phase, List<Entry>> entries, List<String> trace, List<String> asked, String after) {

        List<Entry> all() {
            return entries.values().stream().flatMap(List::stream).toList();
        }
    }

    /** A script, in the quotes of the file, that is traced by its name and gives back a value. */
    static String tracing(String name, String value) {
        return "\"(function () { openidm.create('system/trace/line', null, {hook: '" + name
                + "', op: context.opId || null}); return " + value + "; })()\"";
    }

    private ObjectSets.Factory decorated(ObjectSets.Factory factory) {
        return definitions -> {
            ObjectSets sets = factory.of(definitions);
            return new ObjectSets() {
                @Override
                public ObjectSet open(String path) {
                    return path.equals("system/trace/line") ? recording(sets) : sets.open(path);
                }

                @Override
                public void close() {
                    sets.close();
                }
            };
        };
    }

    private ObjectSet recording(ObjectSets sets) {
        return (ObjectSet) Proxy.newProxyInstance(
                ObjectSet.class.getClassLoader(), new Class<?>[] {ObjectSet.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("write")) {
                        for (Object write : (List<?>) arguments[0]) {
                            Map<String, Object> line = ((Write.Create) write).content();
                            String hook = String.valueOf(line.get("hook"));
                            trace.add(hook + "{" + world(sets.open("managed/" + current)) + "}");
                            askedOf.put(hook + " " + line.get("op"), hook);
                        }
                    }
                    try {
                        return method.invoke(lines, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /**
     * Begins a case: what there is before the run.
     *
     * @param keys of the mapping besides its name, source and target, each with its value as it stands in the file
     * @param attributes of the target type, as in its file
     */
    void prepare(String sources, String targets, String links, Map<String, String> keys, String attributes)
            throws IOException {
        for (Path file : files) {
            Files.delete(file);
        }
        files.clear();
        current = "case" + ++cases;
        write("jobs/systems/hr" + current + ".yaml", """
                name: hr%1$s
                type: json
                objects:
                  person: {file: ../data/%1$s.jsonl, id: number}
                """.formatted(current));
        StringBuilder rows = new StringBuilder();
        for (String word : words(sources)) {
            String[] parts = word.split(":", -1);
            rows.append("{%s\"name\": \"%s\", \"state\": \"%s\"}%n"
                    .formatted(
                            parts[0].isEmpty() ? "" : "\"number\": \"" + parts[0] + "\", ",
                            parts[1],
                            parts.length > 2 ? parts[2] : ""));
        }
        write("jobs/data/" + current + ".jsonl", rows.toString());
        write("jobs/managed/" + current + ".yaml", "name: " + current + "\nattributes:\n" + attributes.indent(2));
        StringBuilder mapping = new StringBuilder(
                "name: %1$s%nsource: system/hr%1$s/person%ntarget: managed/%1$s%n".formatted(current));
        keys.forEach((key, value) ->
                mapping.append(key).append(": ").append(value.strip()).append('\n'));
        write("jobs/" + current + ".yaml", mapping.toString());
        try (ObjectSets sets = sets()) {
            ObjectSet set = sets.open("managed/" + current);
            for (String word : words(targets)) {
                String[] parts = word.split(":", -1);
                Map<String, Object> content = new LinkedHashMap<>();
                content.put("userName", parts[1]);
                if (parts.length > 2) {
                    content.put("state", parts[2]);
                }
                set.write(List.of(new Write.Create(parts[0], content)));
            }
        }
        Links stored = links();
        for (String word : words(links)) {
            String[] parts = word.split("[-@]");
            stored.create(List.of(stored.type().link(parts.length > 2 ? parts[2] : "default", parts[0], parts[1])));
        }
        trace.clear();
        askedOf.clear();
    }

    /** Writes the mapping of the case as PingIDM does, with these members besides its name, source and target. */
    void spelledAsPingIdmDoes(String members) throws IOException {
        Path yaml = folder.resolve("jobs/" + current + ".yaml");
        Files.delete(yaml);
        files.remove(yaml);
        write("jobs/mapping-" + current + ".json", """
                {"name": "%1$s", "source": "system/hr%1$s/person", "target": "managed/%1$s", %2$s}
                """.formatted(current, members));
    }

    /** Runs the mapping of the case. */
    Told run(List<String> ids) {
        return run(ids, false);
    }

    /** Looks at the mapping of the case. */
    Told analyze() {
        return run(List.of(), true);
    }

    private Told run(List<String> ids, boolean analyze) {
        String id = "tables-" + ++runs;
        return told(house.run(new RunRequest(current, analyze, ids, null), id, RunListener.NONE));
    }

    /** Does one action of the case by hand. */
    Told perform(Function<String, ActionRequest> request) {
        return told(house.perform(request.apply(current), "tables-" + ++runs));
    }

    private Told told(RunView run) {
        Map<Phase, List<Entry>> entries = new LinkedHashMap<>();
        for (Phase phase : Phase.values()) {
            entries.put(phase, new ArrayList<>());
        }
        house.get(LedgerReader.class).entries(run.run().id(), counts -> true, (segment, index, entry) -> {
            if (entry.outcome() != Outcome.PLANNED) {
                entries.get(segment.phase()).add(entry);
            }
            return true;
        });
        return new Told(run, entries, List.copyOf(trace), List.copyOf(askedOf.values()), world());
    }

    /** The path of the target set of the case. */
    String targetSet() {
        return "managed/" + current;
    }

    /** All targets and links of the case, in words. */
    String world() {
        try (ObjectSets sets = sets()) {
            return world(sets.open("managed/" + current));
        }
    }

    private String world(ObjectSet set) {
        StringJoiner world = new StringJoiner(" ");
        set.scan(KeyRange.ALL, null, 100, null).items().forEach(item -> {
            if (item instanceof Found found) {
                Object state = found.resource().content().get("state");
                world.add(shortened(found.resource().id()) + ":"
                        + found.resource().content().get("userName")
                        + (state == null || state.equals("") ? "" : ":" + state));
            }
        });
        for (Link link : links().scan(null, 100)) {
            world.add(link.sourceId() + "-" + shortened(link.targetId())
                    + (link.qualifier().equals("default") ? "" : "@" + link.qualifier()));
        }
        return world.toString();
    }

    static String shortened(String id) {
        return id.length() > 12 ? "new" : id;
    }

    private Links links() {
        return new Links(house.get(JdbcTemplate.class), new LinkType(current, false, true, true, true));
    }

    private ObjectSets sets() {
        return house.get(ObjectSets.Factory.class)
                .of(house.get(Reconciliations.class).definitions());
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text, UTF_8);
        files.add(path);
    }

    static List<String> words(String text) {
        return text == null || text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }

    @Override
    public void close() {
        house.close();
        database.close();
    }
}
