package dev.concord.acceptance;

import static dev.concord.acceptance.StaffHome.MANAGED;
import static dev.concord.acceptance.StaffHome.MAPPING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.LeaseHeld;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.ledger.Runs;
import dev.concord.run.BackgroundRuns;
import dev.concord.run.Reconciliations;
import dev.concord.run.RunIds;
import dev.concord.run.RunRequest;
import dev.concord.script.GraalScripts;
import dev.concord.script.Scripts;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many start the same mapping at the same moment: one of them works, and the others are told who does. */
abstract class SimultaneousStartsContract {

    private static final int STARTS = 20;

    private final Databases kind;

    @TempDir
    Path folder;

    SimultaneousStartsContract(Databases kind) {
        this.kind = kind;
    }

    @Test
    void oneRunsAndTheOthersAreToldWhoDoes() throws Exception {
        StaffHome home = StaffHome.managed(folder, "feedSize: 100\n");
        try (GraalScripts scripts = new GraalScripts();
                TestDatabase database = kind.fresh();
                House house = house(home, database, scripts)) {
            Reconciliations reconciliations = house.get(Reconciliations.class);
            CountDownLatch ready = new CountDownLatch(STARTS);
            CountDownLatch refused = new CountDownLatch(STARTS - 1);
            // Whoever runs does so until all the others have been refused.
            RunListener patient = new RunListener() {
                @Override
                public void started(Run run) {
                    await(refused);
                }
            };
            Callable<Run> start = () -> {
                ready.countDown();
                ready.await();
                try {
                    return reconciliations.start(RunRequest.full(MAPPING), House.ACTOR, patient);
                } finally {
                    refused.countDown();
                }
            };
            List<Run> ran = new ArrayList<>();
            List<LeaseHeld> held = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(STARTS)) {
                List<Future<Run>> starts = new ArrayList<>();
                for (int i = 0; i < STARTS; i++) {
                    starts.add(threads.submit(start));
                }
                for (Future<Run> each : starts) {
                    try {
                        ran.add(each.get());
                    } catch (ExecutionException e) {
                        assertThat(e.getCause()).isInstanceOf(LeaseHeld.class);
                        held.add((LeaseHeld) e.getCause());
                    }
                }
            }
            assertThat(ran).hasSize(1);
            Run run = ran.getFirst();
            assertThat(run.state()).as(run.message()).isEqualTo(RunState.SUCCESS);
            assertThat(held).hasSize(STARTS - 1).allSatisfy(refusal -> {
                assertThat(refusal.runId()).isEqualTo(run.id());
                assertThat(refusal)
                        .hasMessageContaining(":" + ProcessHandle.current().pid());
            });
            assertThat(house.get(Runs.class).newest(MAPPING, STARTS)).hasSize(1);
            RunView view = house.find(run.id()).orElseThrow();
            Aftermath.of(house, view, MANAGED)
                    .assertSameWorldAs(Aftermath.ofStaff(MANAGED, folder.resolve("undisturbed"), run.id()));
            assertThat(house.find(reconciliations
                                    .start(RunRequest.full(MAPPING), House.ACTOR, RunListener.NONE)
                                    .id())
                            .orElseThrow()
                            .counts()
                            .get(Measure.UNCHANGED))
                    .isEqualTo(StaffHome.PEOPLE);
        }
    }

    /** A client that polls the state of a run need not wait for anything else before it starts the next. */
    @Test
    void whoeverSeesThatARunHasEndedCanStartTheNext() throws Exception {
        StaffHome home = StaffHome.managed(folder, "");
        try (GraalScripts scripts = new GraalScripts();
                TestDatabase database = kind.fresh();
                House house = house(home, database, scripts)) {
            BackgroundRuns background = house.get(BackgroundRuns.class);
            Runs runs = house.get(Runs.class);
            for (int i = 0; i < STARTS; i++) {
                String run =
                        background.start(RunRequest.full(MAPPING), House.ACTOR).id();
                while (runs.find(run).orElseThrow().state() == RunState.ACTIVE) {
                    Thread.onSpinWait();
                }
            }
            assertThat(runs.newest(MAPPING, STARTS + 1))
                    .hasSize(STARTS)
                    .allSatisfy(run -> assertThat(run.state()).isEqualTo(RunState.SUCCESS));
        }
    }

    /** With ids as they are outside of tests: these starts happen at once. */
    private static House house(StaffHome home, TestDatabase database, Scripts scripts) {
        return House.on(home.folder(), database)
                .with(Scripts.class, own -> scripts)
                .with(RunIds.class, ids -> () -> UUID.randomUUID().toString())
                .open();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
