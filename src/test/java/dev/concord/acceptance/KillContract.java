package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Phase;
import dev.concord.ledger.RunCondition;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.record.Json;
import dev.concord.run.Reconciliations;
import dev.concord.script.GraalScripts;
import dev.concord.system.ObjectSet;
import dev.concord.system.ObjectSets;
import dev.concord.system.Write;
import dev.concord.testing.CompanyHome;
import dev.concord.testing.House;
import dev.concord.testing.fault.Operation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A run of {@code hr-to-users} whose process is killed at a certain moment. Two ways lead on from there: the run is
 * continued, and then everything equals what an undisturbed run leaves; or a new run is started, and then the end is
 * right and nothing was done twice.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class KillContract {

    private static final String MAPPING = "hr-to-users";
    private static final String RUN = "the-run";

    private static final List<Measure> CHANGES =
            List.of(Measure.CREATED, Measure.UPDATED, Measure.DELETED, Measure.LINKS_CREATED, Measure.LINKS_REMOVED);

    /** Measures of how the work went, not of what was done. */
    private static final List<Measure> TIMES = List.of(Measure.NANOSECONDS, Measure.RETRIES);

    private final long seed = Long.getLong("concord.seed", new Random().nextInt(1_000_000));
    private final Map<Scenario, Installation> bases = new EnumMap<>(Scenario.class);
    private final Map<Scenario, Control> controls = new EnumMap<>(Scenario.class);
    private final GraalScripts scripts = new GraalScripts();
    private Path folder;
    private int copies;

    enum Scenario {
        /** Nobody has an account yet. */
        FIRST_RUN,
        /** Everybody has one, and HR edited, added and removed rows, let people go, and lost some accounts. */
        AFTER_EDITS
    }

    enum Moment {
        BEFORE,
        AFTER
    }

    /** The n-th operation at a place, seen from the start of the process; counted from behind when n is negative. */
    record Point(Scenario scenario, String place, Operation operation, int call, Moment moment) {

        String fault() {
            return place + "=" + operation + ":" + call + ":" + moment + ":halt";
        }
    }

    /** What an undisturbed run leaves behind, and how much it did of what. */
    private record Control(
            RunView view, Contents contents, List<String> people, Faults operations, long users, long links) {}

    /** An installation that nothing was run in. */
    abstract Installation empty(CompanyHome home);

    /** All of an installation in another place. */
    abstract Installation copy(Installation installation, Path other);

    /** Where to kill. */
    abstract List<Point> points();

    /** How many more places are to be chosen by chance, among all commits of the process. */
    abstract int randomPoints();

    @BeforeAll
    void runUndisturbed(@TempDir Path temporary) throws Exception {
        folder = temporary;
        CompanyHome home = CompanyHome.in(folder.resolve("home"));
        home.set(MAPPING, "feedSize", 100);
        home.set(MAPPING, "taskThreads", 2);
        Installation first = empty(home);
        bases.put(Scenario.FIRST_RUN, first);
        Installation afterEdits = copy(first);
        prepareEdits(afterEdits);
        bases.put(Scenario.AFTER_EDITS, afterEdits);
        for (Scenario scenario : Scenario.values()) {
            controls.put(scenario, control(bases.get(scenario)));
        }
        System.out.println("Places of random kills come from the seed " + seed + "; -Dconcord.seed=" + seed
                + " brings them back.");
    }

    @Test
    void theRunAfterTheEditsHasWorkInEveryPhase() {
        RunView view = controls.get(Scenario.AFTER_EDITS).view();
        assertThat(view.counts().ops().keySet())
                .extracting(kind -> kind.situation() + " " + kind.action())
                .contains(
                        "CONFIRMED UPDATE",
                        "ABSENT CREATE",
                        "MISSING CREATE",
                        "UNQUALIFIED DELETE",
                        "SOURCE_MISSING DELETE",
                        "LINK_ONLY UNLINK");
        assertThat(view.counts().get(Measure.UPDATED)).isPositive();
        assertThat(view.counts().failures()).isZero();
    }

    @AfterAll
    void close() {
        scripts.close();
    }

    @TestFactory
    Stream<DynamicTest> aKilledRunCanBeContinuedOrBegunAnew() {
        return Stream.concat(points().stream(), random())
                .map(this::resolved)
                .distinct()
                .map(point -> dynamicTest(point.scenario() + " " + point.fault(), () -> kill(point)));
    }

    private void kill(Point point) throws Exception {
        Installation place = copy(bases.get(point.scenario()));
        assertKilled(Victim.start(place, Victim.Task.RUN, RUN, List.of(point.fault())));
        Installation other = copy(place);
        assertContinued(place, controls.get(point.scenario()));
        assertBegunAnew(other, controls.get(point.scenario()));
    }

    /** Starts a run, has it killed, and continues it to have it killed again, until nothing stops it any more. */
    void killAgainAndAgain(Scenario scenario, List<String> faults) throws Exception {
        Installation place = copy(bases.get(scenario));
        Victim.Task task = Victim.Task.RUN;
        for (String fault : faults) {
            assertKilled(Victim.start(place, task, RUN, List.of(fault)));
            task = Victim.Task.RESTART;
        }
        assertContinued(place, controls.get(scenario));
    }

    private static void assertKilled(Victim.End end) {
        assertThat(end.exitCode()).as(end.output()).isEqualTo(Victim.KILLED);
    }

    private void assertContinued(Installation place, Control control) {
        try (House house = Faults.none().open(place, scripts)) {
            if (house.find(RUN).isEmpty()) {
                // It was killed before there was anything to continue.
                return;
            }
            RunView view = house.restart(RUN);
            assertThat(view.run().state()).as(view.run().message()).isEqualTo(RunState.SUCCESS);
            contents(house, view).assertEqualTo(control.contents());
            assertThat(counts(view)).isEqualTo(counts(control.view()));
        }
    }

    private void assertBegunAnew(Installation place, Control control) {
        try (House house = Faults.none().open(place, scripts)) {
            Optional<RunView> dead = house.find(RUN);
            assertOneCommit(house, dead, control);
            RunView view = house.run(MAPPING, "another-run");
            assertThat(view.run().state()).as(view.run().message()).isEqualTo(RunState.SUCCESS);
            assertThat(people(house)).isEqualTo(control.people());
            Map<Measure, Long> done = new EnumMap<>(Measure.class);
            for (Measure change : CHANGES) {
                done.put(change, get(dead, change) + view.counts().get(change));
            }
            Map<Measure, Long> wanted = new EnumMap<>(Measure.class);
            CHANGES.forEach(change -> wanted.put(change, control.view().counts().get(change)));
            assertThat(done).as("done by both runs together").isEqualTo(wanted);
            dead.ifPresent(run -> assertAbandoned(house));
        }
    }

    /** What the ledger says was done was done, and nothing else. */
    private static void assertOneCommit(House house, Optional<RunView> dead, Control control) {
        assertThat(users(house))
                .as("accounts, by the ledger of the killed run")
                .isEqualTo(control.users() + get(dead, Measure.CREATED) - get(dead, Measure.DELETED));
        assertThat(links(house))
                .as("links, by the ledger of the killed run")
                .isEqualTo(control.links() + get(dead, Measure.LINKS_CREATED) - get(dead, Measure.LINKS_REMOVED));
    }

    private static void assertAbandoned(House house) {
        RunView dead = house.find(RUN).orElseThrow();
        assertThat(dead.run().state()).isEqualTo(RunState.FAILED);
        assertThat(dead.run().condition()).isEqualTo(RunCondition.LEASE_EXPIRED);
    }

    private static long get(Optional<RunView> run, Measure measure) {
        return run.map(view -> view.counts().get(measure)).orElse(0L);
    }

    // What is there

    private Control control(Installation base) {
        Faults operations = Faults.none();
        try (House house = operations.open(copy(base), scripts)) {
            long users = users(house);
            long links = links(house);
            RunView view = house.run(MAPPING, RUN, Faults.listener(house));
            assertThat(view.run().state()).as(view.run().message()).isEqualTo(RunState.SUCCESS);
            return new Control(view, contents(house, view), people(house), operations, users, links);
        }
    }

    private static Contents contents(House house, RunView view) {
        return Contents.objects(house, List.of(Faults.TARGET))
                .and(Contents.links(house))
                .and(Contents.entries(house, view));
    }

    /**
     * Each account with the employees that are linked to it. Ids depend on the run that made the account, and are left
     * out.
     */
    private static List<String> people(House house) {
        Map<String, List<String>> employees = new HashMap<>();
        house.get(JdbcTemplate.class).query("select first_id, second_id, revision from link", row -> {
            employees
                    .computeIfAbsent(row.getString(2), any -> new ArrayList<>())
                    .add(row.getString(1) + " " + row.getInt(3));
        });
        List<String> people = new ArrayList<>();
        for (String text :
                Contents.objects(house, List.of(Faults.TARGET)).lines().get(Faults.TARGET)) {
            Map<String, Object> account = Json.readObject(text);
            people.add(employees.remove((String) account.remove("_id")) + " " + Json.write(account));
        }
        employees.forEach((id, linked) -> people.add(linked + " without an account"));
        return people.stream().sorted().toList();
    }

    private static Map<Phase, Map<String, Long>> counts(RunView view) {
        Map<Phase, Map<String, Long>> counts = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) {
            Counts of = view.counts(phase);
            Map<String, Long> numbers = new TreeMap<>();
            of.ops().forEach((kind, number) -> numbers.put(kind.toString(), number));
            for (Measure measure : Measure.values()) {
                if (!TIMES.contains(measure)) {
                    numbers.put(measure.name(), of.get(measure));
                }
            }
            counts.put(phase, numbers);
        }
        return counts;
    }

    private static long users(House house) {
        return withTarget(house, target -> target.count(null));
    }

    private static long links(House house) {
        return house.get(Reconciliations.class).links(MAPPING).count();
    }

    private static <T> T withTarget(House house, Function<ObjectSet, T> question) {
        try (ObjectSets sets = house.get(ObjectSets.Factory.class)
                .of(house.get(Reconciliations.class).definitions())) {
            return question.apply(sets.open(Faults.TARGET));
        }
    }

    // What HR did

    private void prepareEdits(Installation place) {
        List<String> lost = new ArrayList<>();
        try (House house = Faults.none().open(place, scripts)) {
            RunView view = house.run(MAPPING, "first-run");
            assertThat(view.run().state()).as(view.run().message()).isEqualTo(RunState.SUCCESS);
            EmployeeFile file = new EmployeeFile(place.home().folder().resolve("jobs/data/employees.csv"));
            List<Map<String, String>> kept = new ArrayList<>();
            for (int i = 0; i < file.rows().size(); i++) {
                Map<String, String> row = file.rows().get(i);
                switch (i % 20) {
                    case 3 -> row.put("title", "Edited " + i);
                    case 7 -> row.put("employmentStatus", "left");
                    case 17 -> lost.add(row.get("employeeNumber"));
                    default -> {}
                }
                // Of those who lost their accounts some come back (MISSING), others are gone altogether (LINK_ONLY).
                if (i % 20 != 11 && i % 40 != 17) {
                    kept.add(row);
                }
                if (i % 20 == 19) {
                    Map<String, String> added = new LinkedHashMap<>(row);
                    added.put("employeeNumber", "N" + (10_000 + i));
                    added.put("employmentStatus", "active");
                    added.put("previousNumber", "");
                    kept.add(added);
                }
            }
            file.rows().clear();
            file.rows().addAll(kept);
            file.save();
            loseAccounts(house, lost);
        }
    }

    private static void loseAccounts(House house, List<String> employees) {
        List<Write> deletes = new ArrayList<>();
        for (String employee : employees) {
            house.get(JdbcTemplate.class)
                    .queryForList("select second_id from link where first_id = ?", String.class, employee)
                    .forEach(id -> deletes.add(new Write.Delete(id, null)));
        }
        assertThat(deletes).isNotEmpty();
        withTarget(house, target -> target.write(deletes));
    }

    // Where to kill

    private Stream<Point> random() {
        Random random = new Random(seed);
        return Stream.generate(() -> Scenario.values()[random.nextInt(Scenario.values().length)])
                .limit(randomPoints())
                .map(scenario -> new Point(
                        scenario,
                        Faults.TRANSACTIONS,
                        Operation.COMMIT,
                        1 + random.nextInt(calls(scenario, Faults.TRANSACTIONS, Operation.COMMIT)),
                        random.nextBoolean() ? Moment.BEFORE : Moment.AFTER));
    }

    private Point resolved(Point point) {
        int calls = calls(point.scenario(), point.place(), point.operation());
        int call = point.call() < 0 ? calls + 1 + point.call() : point.call();
        assertThat(call).as("calls of %s", point).isBetween(1, calls);
        return new Point(point.scenario(), point.place(), point.operation(), call, point.moment());
    }

    private int calls(Scenario scenario, String place, Operation operation) {
        return controls.get(scenario).operations().plan(place).calls(operation);
    }

    private Installation copy(Installation installation) {
        return copy(installation, folder.resolve("copy" + ++copies));
    }
}
