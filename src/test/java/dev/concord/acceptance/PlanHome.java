package dev.concord.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.concord.ledger.Entry;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.RunView;
import dev.concord.link.Link;
import dev.concord.link.Links;
import dev.concord.record.Resource;
import dev.concord.run.Plans;
import dev.concord.run.Reconciliations;
import dev.concord.system.KeyRange;
import dev.concord.system.ObjectSet;
import dev.concord.system.ObjectSets;
import dev.concord.system.Page.Item.Found;
import dev.concord.system.Write;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A home in which plans are made and applied: people in a file, accounts in the managed store, correlated by user name.
 * Pages are small and partitions several. Each mapping has links of its own, all share people and accounts.
 */
final class PlanHome implements AutoCloseable {

    static final String MAPPING = """
            name: people
            source: system/hr/person
            target: managed/account
            feedSize: 4
            taskThreads: 3
            correlation: {any: [userName]}
            correlateEmptyTargetSet: true
            displayAttributes: [userName]
            thresholds: {deletes: 100%, unlinks: 100%}
            properties:
              - {target: userName, source: name}
              - {target: title, source: title}
              - {target: ssn, source: ssn}
              - {target: tags, source: tags}
            policies:
              - {situation: ABSENT, action: CREATE}
              - {situation: FOUND, action: UPDATE}
              - {situation: CONFIRMED, action: UPDATE}
              - {situation: SOURCE_MISSING, action: DELETE}
              - {situation: AMBIGUOUS, action: EXCEPTION}
              - {situation: UNASSIGNED, action: IGNORE}
            """;

    private final Path folder;
    private final TestDatabase database;
    private final House house;
    private final Map<Integer, String> people = new TreeMap<>();
    private int runs;

    PlanHome(Path folder, TestDatabase database) throws IOException {
        this.folder = folder;
        this.database = database;
        write("jobs/systems/hr.yaml", """
                name: hr
                type: json
                objects:
                  person: {file: ../data/people.jsonl, id: number, attributes: {ssn: {sensitive: true}}}
                """);
        write("jobs/managed/account.yaml", """
                name: account
                attributes:
                  userName: {type: string}
                  title: {type: string}
                  ssn: {type: string, sensitive: true}
                  tags: {type: string, multivalued: true, unordered: true}
                """);
        write("jobs/keys/default.yaml", "name: default\nsecret: ${file:" + folder.resolve("key") + "}\n");
        write("key", "0123456789abcdef0123456789abcdef\n");
        mapping(MAPPING);
        write("jobs/data/people.jsonl", "");
        house = House.on(folder, database).partitionsOf(5).open();
    }

    House house() {
        return house;
    }

    void mapping(String text) throws IOException {
        write("jobs/people.yaml", text);
    }

    void withoutKey() throws IOException {
        Files.delete(folder.resolve("jobs/keys/default.yaml"));
    }

    /** The plans that have a secret of their own. */
    List<String> planKeys() throws IOException {
        Path keys = folder.resolve("data/plan-keys");
        if (!Files.exists(keys)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(keys)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    void losePlanKeys() throws IOException {
        for (String plan : planKeys()) {
            Files.delete(folder.resolve("data/plan-keys").resolve(plan));
        }
    }

    /** Somebody whose id cannot be read. */
    void nameless(int place, String title) throws IOException {
        people.put(place, """
                {"name": "user%1$s", "title": "%2$s"}
                """.formatted(place, title));
        writePeople();
    }

    void person(int number, String title) throws IOException {
        person(number, title, "ssn-" + number);
    }

    void person(int number, String title, String ssn) throws IOException {
        people.put(number, """
                {"number": "%1$s", "name": "user%1$s", "title": "%2$s", "ssn": "%3$s", "tags": ["a", "b%1$s"]}
                """.formatted(number, title, ssn));
        writePeople();
    }

    void gone(int number) throws IOException {
        people.remove(number);
        writePeople();
    }

    private void writePeople() throws IOException {
        write("jobs/data/people.jsonl", String.join("", people.values()));
    }

    void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text, UTF_8);
    }

    Plans plans() {
        return house.get(Plans.class);
    }

    String nextRun() {
        return "plan-home-" + ++runs;
    }

    RunView run() {
        return house.run("people", nextRun());
    }

    RunView plan() {
        return house.analyze("people", nextRun());
    }

    RunView apply(RunView plan) {
        return view(plans().apply(plan.run().id(), House.ACTOR, RunListener.NONE));
    }

    RunView failedOf(RunView run, boolean withRuleFailures) {
        house.nextId(nextRun());
        return view(plans().failedOf(
                        new Plans.FailedRequest("people", run.run().id(), withRuleFailures, false),
                        House.ACTOR,
                        RunListener.NONE));
    }

    RunView view(Run run) {
        return house.get(LedgerReader.class).view(run);
    }

    List<Entry> entries(RunView run) {
        List<Entry> entries = new ArrayList<>();
        house.get(LedgerReader.class).entries(run.run().id(), counts -> true, (segment, index, entry) -> {
            entries.add(entry);
            return true;
        });
        return entries;
    }

    List<Entry> failures(RunView run) {
        return entries(run).stream()
                .filter(entry -> entry.outcome().isFailure())
                .toList();
    }

    long count(RunView run, Outcome outcome) {
        return run.counts().ops(kind -> kind.outcome() == outcome);
    }

    /** The accounts by id, as text. */
    Map<String, String> accounts() {
        Map<String, String> accounts = new TreeMap<>();
        withAccounts(set -> set.scan(KeyRange.ALL, null, 1000, null).items().forEach(item -> {
            if (item instanceof Found found) {
                accounts.put(
                        found.resource().id(),
                        String.valueOf(new TreeMap<>(found.resource().content())));
            }
        }));
        return accounts;
    }

    Resource account(String id) {
        List<Resource> found = new ArrayList<>();
        withAccounts(set -> found.addAll(set.fetch(List.of(id)).values()));
        return found.getFirst();
    }

    void createAccount(String id, Map<String, Object> content) {
        withAccounts(set -> set.write(List.of(new Write.Create(id, content))));
    }

    void changeAccount(String id, String attribute, Object value) {
        withAccounts(set -> {
            Resource before = set.fetch(List.of(id)).get(id);
            Map<String, Object> content = new TreeMap<>(before.content());
            content.put(attribute, value);
            set.write(List.of(new Write.Update(before, content)));
        });
    }

    private void withAccounts(Consumer<ObjectSet> work) {
        try (ObjectSets sets = house.get(ObjectSets.Factory.class)
                .of(house.get(Reconciliations.class).definitions())) {
            work.accept(sets.open("managed/account"));
        }
    }

    Links links() {
        return house.get(Reconciliations.class).links("people");
    }

    /** Source ids to target ids. */
    Map<String, String> linked() {
        Map<String, String> linked = new TreeMap<>();
        for (Link link : links().scan(null, 1000)) {
            linked.put(link.sourceId(), link.targetId());
        }
        return linked;
    }

    /** Lets a source's link point to another target. */
    void moveLink(int number, String targetId) {
        Link link = links().scan(null, 1000).stream()
                .filter(one -> one.sourceId().equals(String.valueOf(number)))
                .findFirst()
                .orElseThrow();
        links().repoint(link, link.pointingTo(targetId, links().type().targetKey(targetId)));
    }

    @Override
    public void close() {
        house.close();
        database.close();
    }
}
