package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Measure;
import dev.concord.ledger.RunCondition;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.oracle.Account;
import dev.concord.oracle.Expectation;
import dev.concord.oracle.Holdings;
import dev.concord.oracle.Oracle;
import dev.concord.oracle.SecondRun;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
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

    /** So many commits at most are left to chance. */
    private static final int NOTES = 8;

    static final String RUN = "the-run";

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

        Point before(int calls) {
            return new Point(scenario, place, operation, call - calls, moment);
        }

        String fault() {
            return place + "=" + operation + ":" + call + ":" + moment + ":halt";
        }
    }

    /** What an undisturbed run finds and leaves behind, and how often it did what. */
    private record Control(RunView view, Holdings before, Expectation expected, Faults operations) {}

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
        Installation place = killed(point);
        Installation other = copy(place);
        assertContinued(place, point.scenario());
        assertBegunAnew(other, controls.get(point.scenario()));
    }

    /**
     * An installation in which the run was killed there, or a commit or two before: the batch framework notes what goes
     * on every few seconds, so that a quick process makes fewer commits than a slow one.
     */
    Installation killed(Point point) throws Exception {
        for (int spared = 0; ; spared++) {
            Installation place = copy(bases.get(point.scenario()));
            Victim.End end = Victim.start(
                    place, Victim.Task.RUN, RUN, List.of(point.before(spared).fault()));
            if (end.exitCode() == Victim.KILLED) {
                return place;
            }
            assertThat(point.place()).as(end.output()).isEqualTo(Faults.TRANSACTIONS);
            assertThat(spared).as(end.output()).isLessThan(NOTES);
        }
    }

    void assertContinued(Installation place, Scenario scenario) {
        Control control = controls.get(scenario);
        try (House house = Faults.none().open(place, scripts)) {
            if (house.find(RUN).isEmpty()) {
                // It was killed before there was anything to continue.
                return;
            }
            Oracle.explain(control.before(), Holdings.of(house, MAPPING), Account.of(house, RUN))
                    .assertFaultless();
            if (!isDone(house)) {
                RunView view = house.restart(RUN);
                assertThat(view.run().state()).as(view.run().message()).isEqualTo(RunState.SUCCESS);
            }
            Oracle.judge(control.expected(), control.before(), Holdings.of(house, MAPPING), Account.of(house, RUN))
                    .assertFaultless();
            SecondRun.changesNothing(house, MAPPING, "second-run");
        }
    }

    private void assertBegunAnew(Installation place, Control control) {
        try (House house = Faults.none().open(place, scripts)) {
            boolean begun = house.find(RUN).isPresent();
            boolean done = begun && isDone(house);
            RunView view = house.run(MAPPING, "another-run");
            assertThat(view.run().state()).as(view.run().message()).isEqualTo(RunState.SUCCESS);
            Account another = Account.of(house, "another-run");
            Account[] accounts = begun ? new Account[] {Account.of(house, RUN), another} : new Account[] {another};
            Oracle.judge(control.expected().changesOnly(), control.before(), Holdings.of(house, MAPPING), accounts)
                    .assertFaultless();
            if (begun && !done) {
                assertAbandoned(house);
            }
            SecondRun.changesNothing(house, MAPPING, "second-run");
        }
    }

    /** Whether it was killed after its last commit. */
    private static boolean isDone(House house) {
        return house.find(RUN).orElseThrow().run().state() == RunState.SUCCESS;
    }

    private static void assertAbandoned(House house) {
        RunView dead = house.find(RUN).orElseThrow();
        assertThat(dead.run().state()).isEqualTo(RunState.FAILED);
        boolean worked =
                !house.get(LedgerReader.class).segments(RUN, counts -> true).isEmpty();
        assertThat(dead.run().condition())
                .isIn(RunCondition.SUPERSEDED, worked ? RunCondition.SUPERSEDED : RunCondition.LEASE_EXPIRED);
        assertThat(dead.run().message()).contains("is gone", "run another-run");
    }

    // What is there

    private Control control(Installation base) {
        Faults operations = Faults.none();
        try (House house = operations.open(copy(base), scripts)) {
            Holdings before = Holdings.of(house, MAPPING);
            RunView view = house.run(MAPPING, RUN, Faults.listener(house));
            assertThat(view.run().state()).as(view.run().message()).isEqualTo(RunState.SUCCESS);
            Expectation expected = Expectation.of(Holdings.of(house, MAPPING), Account.of(house, RUN));
            return new Control(view, before, expected, operations);
        }
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

    int calls(Scenario scenario, String place, Operation operation) {
        return controls.get(scenario).operations().plan(place).calls(operation);
    }

    Installation copy(Installation installation) {
        return copy(installation, folder.resolve("copy" + ++copies));
    }
}
