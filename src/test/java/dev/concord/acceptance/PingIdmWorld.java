package dev.concord.acceptance;

import dev.concord.ledger.Entry;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.RunView;
import dev.concord.link.Links;
import dev.concord.mapping.Mapping;
import dev.concord.record.Json;
import dev.concord.record.Resource;
import dev.concord.run.Reconciliations;
import dev.concord.system.KeyRange;
import dev.concord.system.ObjectSet;
import dev.concord.system.ObjectSets;
import dev.concord.system.Page.Item.Found;
import dev.concord.system.Write;
import dev.concord.testing.House;
import dev.concord.testing.MemoryObjectSet;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A small world for many mappings, each with target objects and links of its own, and the words in which a file tells
 * what happens in it. Lines that prepare: {@code world ID...} (only these of the records, targets and links that
 * {@code world.txt} lists, links if both their ids are named), {@code record}, {@code object} and {@code link} (one
 * more, or another of this id), {@code gone ID} (a record leaves the source). {@code run MAPPING STATE} or
 * {@code runById MAPPING ID STATE} runs, and below it come the lines of these sections, as far as they are of interest:
 *
 * <ul>
 *   <li>{@code entries}: source id, target id, qualifier, situation, action, what became of it, candidates
 *   <li>{@code counts}: what changed
 *   <li>{@code display}: source id and the values that a report shows
 *   <li>{@code differences}: source id, attribute, value before and after
 *   <li>{@code targets}, {@code sources}: id and content
 *   <li>{@code links}: qualifier, source id, target id
 *   <li>{@code calls}: what scripts wrote down, in their order
 *   <li>{@code message}: of the run
 * </ul>
 *
 * Objects that a run creates have the id {@code new-} and the id of their source, with the qualifier if it is not
 * {@code default}.
 */
final class PingIdmWorld implements AutoCloseable {

    private static final Set<String> SECTIONS =
            Set.of("entries", "counts", "display", "differences", "targets", "sources", "links", "calls", "message");
    private static final List<Measure> CHANGES = List.of(
            Measure.CREATED,
            Measure.UPDATED,
            Measure.UNCHANGED,
            Measure.DELETED,
            Measure.LINKS_CREATED,
            Measure.LINKS_REPOINTED,
            Measure.LINKS_REMOVED);
    private static final String FILE_SOURCE = "system/hr/person";

    private final Path home;
    private final TestDatabase database;
    private final House house;
    private final List<String> everything;
    private MemoryObjectSet trace = trace();
    private int runs;

    private final Map<String, Map<String, @Nullable Object>> records = new TreeMap<>();
    private final Map<String, Map<String, @Nullable Object>> objects = new TreeMap<>();
    private final List<String[]> links = new ArrayList<>();
    private final Map<String, String> created = new HashMap<>();

    PingIdmWorld(Path files, Path home, TestDatabase database) throws IOException {
        this.home = home;
        this.database = database;
        this.everything = Files.readAllLines(files.resolve("world.txt")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        try (Stream<Path> all = Files.walk(files)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                write("jobs/" + files.relativize(file), Files.readString(file));
            }
        }
        for (String type : managedTypes(files)) {
            write("jobs/managed/" + type + ".yaml", "name: " + type + "\n" + """
                    attributes:
                      name: {type: string}
                      mail: {type: string}
                      userName: {type: string, unique: true}
                      note: {type: string}
                      city: {type: string}
                      level: {type: integer}
                      active: {type: boolean}
                      tags: {type: string, multivalued: true}
                      address: {type: object}
                    """);
        }
        write("jobs/systems/hr.yaml", """
                name: hr
                type: json
                objects:
                  person: {file: ../data/people.jsonl, id: number}
                """);
        write("jobs/data/people.jsonl", "");
        house = House.on(home, database)
                .with(ObjectSets.Factory.class, this::decorated)
                .open();
    }

    private static Set<String> managedTypes(Path files) throws IOException {
        Set<String> types = new TreeSet<>();
        try (Stream<Path> all = Files.list(files)) {
            for (Path file :
                    all.filter(path -> path.toString().endsWith(".json")).toList()) {
                Matcher matcher = Pattern.compile("\"managed/(\\w+)\"").matcher(Files.readString(file));
                while (matcher.find()) {
                    types.add(matcher.group(1));
                }
            }
        }
        return types;
    }

    private static MemoryObjectSet trace() {
        return new MemoryObjectSet("system/trace/line", List.of(), List.of());
    }

    private ObjectSets.Factory decorated(ObjectSets.Factory factory) {
        return definitions -> {
            ObjectSets sets = factory.of(definitions);
            return new ObjectSets() {
                @Override
                public ObjectSet open(String path) {
                    return path.equals("system/trace/line") ? trace : sets.open(path);
                }

                @Override
                public void close() {
                    sets.close();
                }
            };
        };
    }

    private void write(String file, String text) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    House house() {
        return house;
    }

    /** Does what the lines say and tells them again, with what really happened in the place of what they expect. */
    String follow(List<String> lines) throws IOException {
        records.clear();
        objects.clear();
        links.clear();
        created.clear();
        if (lines.stream().noneMatch(line -> line.startsWith("world"))) {
            everything.forEach(this::prepare);
        }
        List<String> told = new ArrayList<>();
        @Nullable RunView run = null;
        String section = "";
        for (String line : lines) {
            String[] words = line.split(" ");
            if (SECTIONS.contains(line)) {
                section = line;
                told.add(line);
                told.addAll(section(section, Objects.requireNonNull(run)));
            } else if (words[0].equals("run") || words[0].equals("runById")) {
                section = "";
                run = run(words[1], words[0].equals("run") ? null : words[2]);
                words[words.length - 1] = run.run().state().name();
                told.add(String.join(" ", words));
            } else if (words[0].equals("world")) {
                Set<String> wanted = Set.of(words);
                everything.stream().filter(one -> isOf(wanted, one)).forEach(this::prepare);
                told.add(line);
            } else if (Set.of("record", "object", "link", "gone").contains(words[0])) {
                section = "";
                prepare(line);
                told.add(line);
            } else if (section.isEmpty()) {
                told.add("what does this line mean? " + line);
            }
        }
        return String.join("\n", told);
    }

    private static boolean isOf(Set<String> wanted, String line) {
        String[] words = line.split(" ");
        return words[0].equals("link")
                ? wanted.contains(words[2]) && wanted.contains(words[3])
                : wanted.contains(String.valueOf(
                        Json.readObject(line.substring(words[0].length())).get("_id")));
    }

    private void prepare(String line) {
        String[] words = line.split(" ");
        switch (words[0]) {
            case "record", "object" -> {
                Map<String, @Nullable Object> content = new TreeMap<>(Json.readObject(line.substring(7)));
                (words[0].equals("record") ? records : objects).put(String.valueOf(content.remove("_id")), content);
            }
            case "link" -> links.add(words);
            case "gone" -> records.remove(words[1]);
            default -> throw new IllegalArgumentException(line);
        }
    }

    private RunView run(String name, @Nullable String id) throws IOException {
        Reconciliations reconciliations = house.get(Reconciliations.class);
        Mapping mapping = reconciliations.definitions().mappings().get(name);
        write(
                "jobs/data/people.jsonl",
                records.entrySet().stream()
                        .map(entry -> {
                            Map<String, @Nullable Object> line = new TreeMap<>(entry.getValue());
                            line.put("number", entry.getKey());
                            return Json.write(line) + "\n";
                        })
                        .collect(Collectors.joining()));
        try (ObjectSets sets = sets()) {
            if (!mapping.source().equals(FILE_SOURCE)) {
                put(sets.open(mapping.source()), records);
                records.clear();
            }
            put(sets.open(mapping.target()), objects);
        }
        objects.clear();
        Links linked = reconciliations.links(name);
        linked.create(links.stream()
                .map(words -> linked.type().link(words[1], words[2], words[3]))
                .toList());
        links.clear();
        trace = trace();
        RunView run = id == null ? house.run(name, "run-" + ++runs) : house.runById(name, id, "run-" + ++runs);
        for (Entry entry : entries(run)) {
            if (entry.targetId() != null && entry.targetId().length() == 36 && entry.sourceId() != null) {
                created.putIfAbsent(
                        entry.targetId(),
                        "new-" + entry.sourceId()
                                + (entry.qualifier().equals("default") ? "" : "-" + entry.qualifier()));
            }
        }
        return run;
    }

    private static void put(ObjectSet set, Map<String, Map<String, @Nullable Object>> contents) {
        Map<String, Resource> there = set.fetch(contents.keySet());
        contents.forEach((id, content) -> {
            Resource before = there.get(id);
            set.write(List.of(before == null ? new Write.Create(id, content) : new Write.Update(before, content)));
        });
    }

    private List<String> section(String section, RunView run) {
        Mapping mapping = house.get(Reconciliations.class)
                .definitions()
                .mappings()
                .get(run.run().mapping());
        Stream<String> lines = switch (section) {
            case "entries" ->
                entries(run).stream().map(PingIdmWorld::line).map(this::named).sorted();
            case "counts" ->
                CHANGES.stream()
                        .filter(change -> run.counts().get(change) != 0)
                        .map(change -> change + " " + run.counts().get(change));
            case "display" ->
                entries(run).stream()
                        .map(entry -> entry.sourceId() + " " + Json.write(sorted(entry.display())))
                        .sorted();
            case "differences" ->
                entries(run).stream()
                        .flatMap(entry -> entry.differences().stream()
                                .map(change -> entry.sourceId() + " " + change.attribute() + " " + change.before()
                                        + " -> " + change.after()))
                        .sorted();
            case "targets" -> contents(mapping.target());
            case "sources" -> contents(mapping.source());
            case "links" ->
                house.get(Reconciliations.class).links(mapping.name()).scan(null, 100).stream()
                        .map(link -> link.qualifier() + " " + link.sourceId() + " " + link.targetId())
                        .map(this::named)
                        .sorted();
            case "calls" ->
                all(trace).stream()
                        .sorted(Comparator.comparingInt(
                                line -> Integer.parseInt(line.id().substring(4))))
                        .map(line -> named(String.valueOf(line.content().get("text"))));
            case "message" -> Stream.of(String.valueOf(run.run().message()));
            default -> throw new IllegalArgumentException(section);
        };
        return lines.toList();
    }

    private static String line(Entry entry) {
        String candidates =
                entry.candidateIds().isEmpty() ? "" : " " + String.join(",", new TreeSet<>(entry.candidateIds()));
        return or(entry.sourceId()) + " " + or(entry.targetId()) + " " + or(entry.qualifier()) + " "
                + or(entry.situation()) + " " + or(entry.action()) + " " + entry.outcome() + candidates;
    }

    private static String or(@Nullable Object value) {
        return value == null || value.equals("") ? "-" : value.toString();
    }

    private String named(String line) {
        String named = line;
        for (Map.Entry<String, String> name : created.entrySet()) {
            named = named.replace(name.getKey(), name.getValue());
        }
        return named;
    }

    private List<Entry> entries(RunView run) {
        List<Entry> entries = new ArrayList<>();
        house.get(LedgerReader.class).entries(run.run().id(), counts -> true, (segment, index, entry) -> {
            if (entry.outcome() != Outcome.PLANNED) {
                entries.add(entry);
            }
            return true;
        });
        return entries;
    }

    private Stream<String> contents(String path) {
        try (ObjectSets sets = sets()) {
            return all(sets.open(path)).stream()
                    .map(object -> {
                        Map<String, @Nullable Object> content = new TreeMap<>(object.content());
                        content.values().removeIf(value -> value == null);
                        return named(object.id() + " " + Json.write(sorted(content)));
                    })
                    .sorted();
        }
    }

    private static List<Resource> all(ObjectSet set) {
        return set.scan(KeyRange.ALL, null, 1000, null).items().stream()
                .filter(Found.class::isInstance)
                .map(item -> ((Found) item).resource())
                .toList();
    }

    private static Object sorted(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> sorted = new TreeMap<>();
            map.forEach((key, one) -> sorted.put(String.valueOf(key), one == null ? null : sorted(one)));
            return sorted;
        }
        return value;
    }

    private ObjectSets sets() {
        Reconciliations reconciliations = house.get(Reconciliations.class);
        return house.get(ObjectSets.Factory.class).of(reconciliations.definitions());
    }

    @Override
    public void close() {
        try {
            house.close();
        } finally {
            database.close();
        }
    }
}
