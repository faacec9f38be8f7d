package dev.concord.acceptance;

import static dev.concord.acceptance.StaffHome.ELSEWHERE;
import static dev.concord.acceptance.StaffHome.MANAGED;
import static dev.concord.acceptance.StaffHome.MAPPING;
import static dev.concord.acceptance.StaffHome.PEOPLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Counts.OpKind;
import dev.concord.ledger.Entry;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.ledger.Stage;
import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import dev.concord.run.Reconciliations;
import dev.concord.system.ObjectSets;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import dev.concord.testing.fault.Effect;
import dev.concord.testing.fault.FaultPlan;
import dev.concord.testing.fault.FaultyObjectSets;
import dev.concord.testing.fault.Operation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Records that are to get new objects in a target where others are faster: their unique values are taken, and who has
 * them is found by correlation. That is a find, and no failure.
 */
class RacingCreatesIT {

    private static final String OTHERS = "others";
    private static final OpKind REFUSED = new OpKind(Situation.ABSENT, Action.CREATE, Outcome.PLANNED);
    private static final OpKind FOUND = new OpKind(Situation.FOUND, Action.UPDATE, Outcome.SUCCESS);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"H2, false", "MARIADB, false", "H2, true", "MARIADB, true"})
    void whatAnotherMappingCreatesBetweenLookAndWriteIsFound(Databases kind, boolean elsewhere) {
        FaultPlan plan = new FaultPlan();
        try (TestDatabase platform = kind.fresh();
                TestDatabase server = Databases.MARIADB.fresh();
                House house = house(home(elsewhere ? server : null, 0), platform, plan)) {
            AtomicReference<RunView> faster = new AtomicReference<>();
            plan.before(
                    Operation.WRITE,
                    1,
                    () -> faster.set(CompletableFuture.supplyAsync(() -> house.run(OTHERS, "faster"))
                            .join()));

            RunView slower = house.run(MAPPING, "slower");

            assertThat(faster.get().counts().get(Measure.CREATED)).isEqualTo(PEOPLE);
            assertWell(slower);
            assertThat(slower.counts().get(Measure.CREATED)).isZero();
            assertThat(slower.counts().ops(FOUND::equals)).isEqualTo(PEOPLE);
            assertThat(slower.counts(Phase.DELETES).get(Measure.RECORDS))
                    .as("found at once, and not by a second try")
                    .isZero();
            assertOneEach(house, elsewhere);
        }
    }

    @ParameterizedTest
    @CsvSource({"H2, false", "MARIADB, false", "MARIADB, true"})
    void twoMappingsThatBeginTogetherHaveNoFailures(Databases kind, boolean elsewhere) throws Exception {
        try (TestDatabase platform = kind.fresh();
                TestDatabase server = Databases.MARIADB.fresh();
                House house = house(home(elsewhere ? server : null, 2), platform, new FaultPlan())) {
            CyclicBarrier together = new CyclicBarrier(2);
            RunListener start = new RunListener() {
                @Override
                public void entered(Run run, Stage stage, long expected) {
                    if (stage == Stage.ACTIVE_RECONCILING_SOURCE) {
                        try {
                            together.await();
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    }
                }
            };
            house.nextId("one");
            CompletableFuture<RunView> one = CompletableFuture.supplyAsync(() -> house.run(MAPPING, "one", start));
            while (house.find("one").isEmpty()) {
                Thread.onSpinWait();
            }
            RunView two = house.run(OTHERS, "two", start);
            assertWell(one.join());
            assertWell(two);
            assertThat(one.join().counts().get(Measure.CREATED) + two.counts().get(Measure.CREATED))
                    .isEqualTo(PEOPLE);
            assertOneEach(house, elsewhere);
        }
    }

    @Test
    void aRefusedCreateThatIsAFindByThenIsDoneAndCountedAsOne() {
        try (TestDatabase platform = Databases.H2.fresh();
                TestDatabase server = Databases.MARIADB.fresh();
                House house = house(homeWithANameTaken(server), platform, new FaultPlan())) {
            RunView view = house.run(MAPPING, "run", beforeSecondTries(() -> giveNumber(server)));
            assertWell(view);
            assertBecameAFind(view.counts());
            List<Entry> finds = new ArrayList<>();
            house.get(LedgerReader.class).entries("run", counts -> true, (segment, index, entry) -> {
                if (entry.situation() == Situation.FOUND) {
                    finds.add(entry);
                }
                return true;
            });
            assertThat(finds).singleElement().satisfies(entry -> {
                assertThat(entry.outcome()).isEqualTo(Outcome.SUCCESS);
                assertThat(entry.targetId()).isEqualTo("theirs");
                assertThat(entry.message()).contains("At first ABSENT/CREATE, which was refused.");
            });
            Aftermath.assertSettled(house, MAPPING);
        }
    }

    @Test
    void aRefusedCreateThatIsAnUnlinkByThenIsNotDone() {
        try (TestDatabase platform = Databases.H2.fresh();
                TestDatabase server = Databases.MARIADB.fresh();
                House house = house(
                        homeWithANameTaken(server, "  - {situation: FOUND, action: DELETE}\n"),
                        platform,
                        new FaultPlan())) {
            RunView view = house.run(MAPPING, "run", beforeSecondTries(() -> giveNumber(server)));
            assertThat(view.counts().ops(new OpKind(Situation.ABSENT, Action.CREATE, Outcome.TARGET)::equals))
                    .isEqualTo(1);
            assertThat(view.counts().get(Measure.DELETED)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatARefusedCreateBecameIsCountedOnceWhenTheRunIsInterruptedBehindItsWrite(boolean restarted) {
        FaultPlan plan = new FaultPlan();
        try (TestDatabase platform = Databases.H2.fresh();
                TestDatabase server = Databases.MARIADB.fresh();
                House house = house(homeWithANameTaken(server), platform, plan, 1)) {
            RunView failed = house.run(MAPPING, "run", beforeSecondTries(() -> {
                giveNumber(server);
                for (int call = 1; call < 100; call++) {
                    plan.after(Operation.WRITE, call, Effect.unavailable());
                }
            }));
            assertThat(failed.run().state()).isEqualTo(RunState.FAILED);
            plan.clear();
            if (restarted) {
                assertWell(house.restart("run"));
            } else {
                assertWell(house.run(MAPPING, "next"));
            }
            assertBecameAFind(house.find("run").orElseThrow().counts());
            Aftermath.assertSettled(house, MAPPING);
        }
    }

    private static void assertBecameAFind(Counts counts) {
        assertThat(counts.ops(FOUND::equals)).isEqualTo(1);
        assertThat(counts.ops(REFUSED::equals)).isZero();
        assertThat(counts.ops(kind -> kind.situation() == Situation.ABSENT)).isEqualTo(1);
        assertThat(counts.ops(kind -> true)).isEqualTo(counts.get(Measure.OPS));
        assertThat(counts.get(Measure.CREATED)).isEqualTo(1);
        assertThat(counts.get(Measure.UPDATED)).isEqualTo(1);
        assertThat(counts.get(Measure.LINKS_CREATED)).isEqualTo(2);
    }

    private static void assertWell(RunView view) {
        assertThat(view.run().state()).as(view.run().message()).isEqualTo(RunState.SUCCESS);
        assertThat(view.counts().failures()).isZero();
    }

    private static void assertOneEach(House house, boolean elsewhere) {
        try (ObjectSets sets = house.get(ObjectSets.Factory.class)
                .of(house.get(Reconciliations.class).definitions())) {
            assertThat(sets.open(elsewhere ? ELSEWHERE : MANAGED).count(null)).isEqualTo(PEOPLE);
        }
        for (String mapping : List.of(MAPPING, OTHERS)) {
            RunView again = house.run(mapping, mapping + "-again");
            assertWell(again);
            assertThat(again.counts().get(Measure.UNCHANGED)).isEqualTo(PEOPLE);
            assertThat(again.counts().get(Measure.LINKS_CREATED)).isZero();
        }
    }

    private static RunListener beforeSecondTries(Runnable happening) {
        return new RunListener() {
            @Override
            public void entered(Run run, Stage stage, long expected) {
                if (stage == Stage.ACTIVE_PROCESSING_RESULTS) {
                    happening.run();
                }
            }
        };
    }

    private static void giveNumber(TestDatabase server) {
        server.execute("update contact set number = 'N1' where contact_id = 'theirs'");
    }

    /** Two people, of whom one has the name of somebody else. */
    private StaffHome homeWithANameTaken(TestDatabase server) {
        return homeWithANameTaken(server, "  - {situation: FOUND, action: UPDATE}\n");
    }

    private StaffHome homeWithANameTaken(TestDatabase server, String found) {
        StaffHome home = home(server, 0);
        server.execute("alter table contact add note varchar(20)");
        server.execute("insert into contact (contact_id, number, name) values ('theirs', 'X', 'Ann')");
        home.write("jobs/data/people.csv", "number,name\nN1,Ann\nN2,Bob\n");
        home.write("jobs/people.yaml", """
                name: people
                source: system/staff/person
                target: system/crm/contact
                taskThreads: 0
                runTargetPhase: false
                correlation: {any: [number]}
                properties:
                  - {target: number, source: number}
                  - {target: name, source: name}
                  - {target: note, default: seen}
                policies:
                  - {situation: ABSENT, action: CREATE}
                  - {situation: CONFIRMED, action: UPDATE}
                """ + found);
        return home;
    }

    /** @param server of the target; null for the managed store */
    private StaffHome home(@Nullable TestDatabase server, int threads) {
        String keys = "taskThreads: " + threads + "\nfeedSize: 50\n";
        StaffHome home;
        if (server == null) {
            home = StaffHome.managed(folder, keys);
        } else {
            server.execute(StaffHome.TABLE, "create unique index one_name on contact (name)");
            home = StaffHome.elsewhere(folder, server.url(), server.username(), "{connect: 2s, call: 30s}", keys);
        }
        home.write("jobs/others.yaml", home.read("jobs/people.yaml").replace("name: people\n", "name: others\n"));
        return home;
    }

    private static House house(StaffHome home, TestDatabase platform, FaultPlan plan) {
        return house(home, platform, plan, 8);
    }

    private static House house(StaffHome home, TestDatabase platform, FaultPlan plan, int attempts) {
        return House.on(home.folder(), platform)
                .with(
                        ObjectSets.Factory.class,
                        sets -> new FaultyObjectSets(sets, Map.of(ELSEWHERE, plan, MANAGED, plan)))
                .set("concord.retries.attempts", String.valueOf(attempts))
                .partitionsOf(100)
                .open();
    }
}
