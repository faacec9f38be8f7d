package dev.concord.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.concord.guard.Trip;
import dev.concord.guard.Trips;
import dev.concord.ledger.Entry;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.RunView;
import dev.concord.mapping.Guard;
import dev.concord.mapping.Threshold;
import dev.concord.run.Approvals;
import dev.concord.run.Reconciliations;
import dev.concord.run.RunRequest;
import dev.concord.system.ObjectSets;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Numbered people who become accounts, in a house with guards. */
final class GuardedHome implements AutoCloseable {

    static final String MAPPING = "people";

    private static final String RULES = """
            name: people
            source: system/staff/person
            target: managed/account
            validSource: source.state !== 'left'
            correlationQuery: "({_queryFilter: 'number eq \\"' + source._id + '\\"'})"
            properties:
              - {target: number, source: _id}
              - {target: name, source: name, transform: "if (source === 'bad') { throw new Error('bad'); } source"}
            policies:
              - {situation: ABSENT, action: CREATE}
              - {situation: FOUND, action: UPDATE}
              - {situation: CONFIRMED, action: UPDATE}
              - {situation: UNQUALIFIED, action: DELETE}
              - {situation: SOURCE_MISSING, action: DELETE}
              - {situation: LINK_ONLY, action: UNLINK}
              - {situation: UNASSIGNED, action: IGNORE}
            """;

    private final Path folder;
    private final House house;
    private int runs;

    GuardedHome(Path folder, TestDatabase database, String... settings) {
        this.folder = folder;
        write("jobs/systems/staff.yaml", """
                name: staff
                type: json
                objects:
                  person: {file: ../data/staff.jsonl, id: number}
                """);
        write("jobs/managed/account.yaml", """
                name: account
                attributes:
                  number: {type: string, unique: true}
                  name: {type: string}
                """);
        mapping("");
        House.Plan plan = House.on(folder, database).guarded().partitionsOf(10);
        for (String setting : settings) {
            String[] parts = setting.split("=", 2);
            plan.set(parts[0], parts[1]);
        }
        house = plan.open();
    }

    House house() {
        return house;
    }

    /** @param keys further keys of the mapping */
    void mapping(String keys) {
        write("jobs/people.yaml", RULES + keys);
    }

    /** Another action for targets that nobody is linked to, of the mapping as it is. */
    void unassigned(String action) {
        write("jobs/people.yaml", rules().replace("UNASSIGNED, action: IGNORE", "UNASSIGNED, action: " + action));
    }

    /** The mapping as it is. */
    String rules() {
        try {
            return Files.readString(folder.resolve("jobs/people.yaml"), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The people whose numbers are below {@code end}, each with a name and a state. */
    void people(int end, Predicate<Integer> there, IntFunction<String> name, Predicate<Integer> left) {
        people(end, there, name, left, "%04d");
    }

    /** @param id how their numbers are written as ids */
    void people(int end, Predicate<Integer> there, IntFunction<String> name, Predicate<Integer> left, String id) {
        StringBuilder lines = new StringBuilder();
        IntStream.range(0, end)
                .filter(there::test)
                .forEach(number -> lines.append("{\"number\": \"%s\", \"name\": \"%s\", \"state\": \"%s\"}%n"
                        .formatted(id.formatted(number), name.apply(number), left.test(number) ? "left" : "here")));
        write("jobs/data/staff.jsonl", lines.toString());
    }

    void people(int end) {
        people(end, number -> true, number -> "n" + number, number -> false);
    }

    void write(String file, String text) {
        try {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RunView run() {
        return house.run(MAPPING, "run-" + ++runs);
    }

    RunView run(Map<Guard, Threshold> thresholds) {
        return run(new RunRequest(
                MAPPING, false, List.of(), null, new RunRequest.Overrides(null, null, null, null, thresholds)));
    }

    RunView run(RunListener listener) {
        return house.run(MAPPING, "run-" + ++runs, listener);
    }

    RunView run(RunRequest request) {
        return house.run(request, "run-" + ++runs, RunListener.NONE);
    }

    RunView approve(RunView run) {
        return house.get(LedgerReader.class)
                .view(house.get(Approvals.class).approve(run.run().id(), House.ACTOR, "it is fine", RunListener.NONE));
    }

    RunView deny(RunView run) {
        return house.get(LedgerReader.class)
                .view(house.get(Approvals.class).deny(run.run().id(), House.ACTOR, "never"));
    }

    List<Trip> trips(RunView run) {
        return house.get(Trips.class).of(run.run().id());
    }

    /** What a run tells of its ops. */
    List<Entry> entries(RunView run) {
        List<Entry> entries = new ArrayList<>();
        house.get(LedgerReader.class).entries(run.run().id(), counts -> true, (segment, index, entry) -> {
            entries.add(entry);
            return true;
        });
        return entries;
    }

    long accounts() {
        try (ObjectSets sets = house.get(ObjectSets.Factory.class)
                .of(house.get(Reconciliations.class).definitions())) {
            return sets.open("managed/account").count(null);
        }
    }

    @Override
    public void close() {
        house.close();
    }
}
