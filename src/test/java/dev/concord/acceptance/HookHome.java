package dev.concord.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.concord.ledger.Entry;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.RunView;
import dev.concord.link.Link;
import dev.concord.link.Links;
import dev.concord.record.Resource;
import dev.concord.run.Reconciliations;
import dev.concord.system.KeyRange;
import dev.concord.system.ObjectSchema;
import dev.concord.system.ObjectSet;
import dev.concord.system.ObjectSets;
import dev.concord.system.Page.Item.Found;
import dev.concord.system.Write;
import dev.concord.testing.House;
import dev.concord.testing.MemoryObjectSet;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A home whose mappings a test writes, over people in a file of JSON lines. Scripts may write to
 * {@code system/trace/line}, which takes part in no transaction, so that the test sees what ran whatever became of it.
 */
final class HookHome implements AutoCloseable {

    /** Three people whose attributes nest. */
    static final String PEOPLE = """
            {"number": "1", "name": "Ada", "tags": ["a"], "address": {"city": "Oslo"}}
            {"number": "2", "name": "Ben", "tags": ["b"], "address": {"city": "Rome"}}
            {"number": "3", "name": "Cem", "tags": ["c"], "address": {"city": "Bonn"}}
            """;

    private final Path folder;
    private final TestDatabase database;
    private final List<Map<String, Object>> lines = new ArrayList<>();
    private final MemoryObjectSet trace = new MemoryObjectSet("system/trace/line", List.of(), List.of());
    private MemoryObjectSet elsewhere = elsewhere(List.of());
    private final House house;
    private boolean givesIds;
    private int runs;

    HookHome(Path folder, TestDatabase database) throws IOException {
        this(folder, database, UnaryOperator.identity());
    }

    /** @param planning what is said of the house besides */
    HookHome(Path folder, TestDatabase database, UnaryOperator<House.Plan> planning) throws IOException {
        this.folder = folder;
        this.database = database;
        write("jobs/systems/hr.yaml", """
                name: hr
                type: json
                objects:
                  person: {file: ../data/people.jsonl, id: number}
                """);
        write("jobs/systems/elsewhere.yaml", """
                name: elsewhere
                type: csv
                objects:
                  account: {file: ../data/never-read.csv, id: number}
                """);
        write("jobs/managed/account.yaml", """
                name: account
                attributes:
                  userName: {type: string}
                  note: {type: string}
                  tags: {type: string, multivalued: true}
                """);
        people(PEOPLE);
        house = planning.apply(House.on(folder, database).with(ObjectSets.Factory.class, this::decorated))
                .open();
    }

    private static MemoryObjectSet elsewhere(List<Resource> objects) {
        return new MemoryObjectSet("system/elsewhere/account", List.of(), objects);
    }

    private ObjectSets.Factory decorated(ObjectSets.Factory factory) {
        return definitions -> {
            ObjectSets sets = factory.of(definitions);
            return new ObjectSets() {
                @Override
                public ObjectSet open(String path) {
                    return switch (path) {
                        case "system/trace/line" -> recording(trace);
                        case "system/elsewhere/account" -> givesIds ? givingIds(elsewhere) : elsewhere;
                        default -> sets.open(path);
                    };
                }

                @Override
                public void close() {
                    sets.close();
                }
            };
        };
    }

    /** From now on the set elsewhere does not let anybody choose the ids of new objects. */
    void elsewhereGivesIds(boolean gives) {
        givesIds = gives;
    }

    private static ObjectSet givingIds(ObjectSet set) {
        return (ObjectSet) Proxy.newProxyInstance(
                ObjectSet.class.getClassLoader(), new Class<?>[] {ObjectSet.class}, (proxy, method, arguments) -> {
                    try {
                        return switch (method.getName()) {
                            case "schema" ->
                                new ObjectSchema(
                                        set.schema().attributes(),
                                        set.schema().open(),
                                        set.schema().revisions(),
                                        false);
                            case "asTarget", "snapshotIn" -> proxy;
                            default -> method.invoke(set, arguments);
                        };
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private ObjectSet recording(ObjectSet set) {
        return (ObjectSet) Proxy.newProxyInstance(
                ObjectSet.class.getClassLoader(), new Class<?>[] {ObjectSet.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("write")) {
                        for (Object write : (List<?>) arguments[0]) {
                            lines.add(((Write.Create) write).content());
                        }
                    }
                    try {
                        return method.invoke(set, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text, UTF_8);
    }

    void people(String lines) throws IOException {
        write("jobs/data/people.jsonl", lines);
    }

    void withoutPeople() throws IOException {
        Files.delete(folder.resolve("jobs/data/people.jsonl"));
    }

    /** Starts afresh with this mapping from people to accounts: neither targets nor links nor traces. */
    void mapping(String keys) throws IOException {
        mapping("managed/account", keys);
    }

    void mapping(String target, String keys) throws IOException {
        mapping(target, keys, true);
    }

    /** @param afresh whether to begin with neither targets nor links nor traces */
    void mapping(String target, String keys, boolean afresh) throws IOException {
        write("jobs/people.yaml", """
                name: people
                source: system/hr/person
                target: %s
                %s""".formatted(target, keys));
        people(PEOPLE);
        if (!afresh) {
            return;
        }
        elsewhere = elsewhere(List.of());
        unlink();
        try (ObjectSets sets = sets()) {
            ObjectSet accounts = sets.open("managed/account");
            accounts.scan(KeyRange.ALL, null, 100, null)
                    .items()
                    .forEach(item -> accounts.write(List.of(new Write.Delete(item.position(), null))));
        }
        lines.clear();
    }

    RunView run() {
        return house.run("people", "run-" + ++runs);
    }

    RunView restart(RunView run) {
        return house.restart(run.run().id());
    }

    House house() {
        return house;
    }

    /** The next id a run gets. */
    String nextRun() {
        return "run-" + ++runs;
    }

    /** What scripts wrote to the trace so far, and forgets it. */
    List<Map<String, Object>> trace() {
        List<Map<String, Object>> traced = List.copyOf(lines);
        lines.clear();
        return traced;
    }

    List<Entry> entries(RunView run) {
        List<Entry> entries = new ArrayList<>();
        house.get(LedgerReader.class).entries(run.run().id(), counts -> true, (segment, index, entry) -> {
            if (entry.outcome() != Outcome.PLANNED) {
                entries.add(entry);
            }
            return true;
        });
        return entries;
    }

    /** The targets by their user names. */
    Map<String, Resource> accounts() {
        return accounts("managed/account");
    }

    Map<String, Resource> accounts(String path) {
        Map<String, Resource> accounts = new TreeMap<>();
        try (ObjectSets sets = sets()) {
            sets.open(path).scan(KeyRange.ALL, null, 100, null).items().forEach(item -> {
                if (item instanceof Found found) {
                    accounts.put(String.valueOf(found.resource().content().get("userName")), found.resource());
                }
            });
        }
        return accounts;
    }

    private ObjectSets sets() {
        return house.get(ObjectSets.Factory.class)
                .of(house.get(Reconciliations.class).definitions());
    }

    void unlink() {
        Links links = house.get(Reconciliations.class).links("people");
        links.remove(links.scan(null, 100));
    }

    void rename(String accountId, String userName) {
        set(accountId, "userName", userName);
    }

    void set(String accountId, String attribute, Object value) {
        set("managed/account", accountId, attribute, value);
    }

    void set(String path, String id, String attribute, Object value) {
        try (ObjectSets sets = sets()) {
            ObjectSet accounts = sets.open(path);
            Resource before = accounts.fetch(List.of(id)).get(id);
            Map<String, Object> content = new TreeMap<>(before.content());
            content.put(attribute, value);
            accounts.write(List.of(new Write.Update(before, content)));
        }
    }

    void create(String accountId, Map<String, Object> content) {
        write(new Write.Create(accountId, content));
    }

    void delete(String accountId) {
        write(new Write.Delete(accountId, null));
    }

    private void write(Write write) {
        try (ObjectSets sets = sets()) {
            sets.open("managed/account").write(List.of(write));
        }
    }

    String read(String file) throws IOException {
        return Files.readString(folder.resolve(file), UTF_8);
    }

    void deleteFile(String file) throws IOException {
        Files.delete(folder.resolve(file));
    }

    /** The ids of linked sources. */
    List<String> linked() {
        return house.get(Reconciliations.class).links("people").scan(null, 100).stream()
                .map(Link::sourceId)
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        house.close();
        database.close();
    }
}
