package dev.concord.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Lease;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunKind;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.Runs;
import dev.concord.mapping.Closure;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Mapping;
import dev.concord.recon.Engine;
import dev.concord.recon.PreparedRun;
import dev.concord.run.Reconciliations;
import dev.concord.system.ObjectSets;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import dev.concord.testing.fault.Effect;
import dev.concord.testing.fault.FaultPlan;
import dev.concord.testing.fault.FaultyObjectSets;
import dev.concord.testing.fault.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.test.JobOperatorTestUtils;

/** The batch job of a run as whoever knows the batch framework sees it: steps, their order, status and counts. */
@TestInstance(Lifecycle.PER_CLASS)
class ReconciliationJobTest {

    private static final int PEOPLE = 7;
    private static final int PAGE = 2;
    private static final String BROKEN = "broken";

    private final FaultPlan faults = new FaultPlan();
    private Path folder;
    private TestDatabase database;
    private House house;

    @BeforeAll
    void open(@TempDir Path temporary) throws IOException {
        folder = temporary;
        write("jobs/data/people.csv", """
                number,name
                1,Ada
                2,Ben
                3,Cem
                4,Dea
                5,Eli
                6,Fay
                7,Gus
                """);
        write("jobs/systems/staff.yaml", """
                name: staff
                type: csv
                objects:
                  person: {file: ../data/people.csv, id: number}
                """);
        database = Databases.H2.fresh();
        house = House.on(folder, database)
                .set("concord.retries.attempts", "2")
                .partitionsOf(3)
                .with(ObjectSets.Factory.class, sets -> new FaultyObjectSets(sets, Map.of("managed/" + BROKEN, faults)))
                .open();
    }

    @AfterAll
    void close() {
        house.close();
        database.close();
    }

    @Test
    void theStepsOfAFullRunAreDoneInTheirOrder() throws IOException {
        try (Trial trial = trial("ordered", "", false)) {
            JobExecution execution = trial.startJob();
            assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
            assertThat(stepNames(execution))
                    .containsExactly(
                            "open",
                            "source",
                            "before target",
                            "target",
                            "before links",
                            "links",
                            "before deletes",
                            "deletes",
                            "close");
            assertThat(execution.getStepExecutions())
                    .extracting(StepExecution::getStatus)
                    .containsOnly(BatchStatus.COMPLETED);
        }
    }

    @Test
    void countsOfStepsAreRecordsAndNotPages() throws IOException {
        try (Trial trial = trial("counted", "", false)) {
            JobExecution execution = trial.startJob();
            List<StepExecution> partitions = execution.getStepExecutions().stream()
                    .filter(step -> step.getStepName().startsWith("source:"))
                    .toList();
            assertThat(partitions).hasSize(2).allSatisfy(partition -> {
                assertThat(partition.getReadCount()).isPositive();
                assertThat(partition.getWriteCount()).isEqualTo(partition.getReadCount());
                assertThat(partition.getSkipCount()).isZero();
            });
            assertThat(step(execution, "source").getReadCount()).isEqualTo(PEOPLE);
            assertThat(step(execution, "source").getWriteCount()).isEqualTo(PEOPLE);
            assertThat(trial.count(Measure.CREATED)).isEqualTo(PEOPLE);
            assertThat(trial.count(Measure.PAGES)).isGreaterThanOrEqualTo(PEOPLE / PAGE);
        }
    }

    @Test
    void aRunThatOnlyLooksHasNothingToDelete() throws IOException {
        try (Trial trial = trial("looked", "", true)) {
            JobExecution execution = trial.startJob();
            assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
            assertThat(stepNames(execution)).contains("target", "links").doesNotContain("deletes");
            assertThat(trial.targets()).isZero();
        }
    }

    @Test
    void withoutATargetPhaseNobodyLooksAtTargetsAndLinks() throws IOException {
        try (Trial trial = trial("short", "runTargetPhase: false", false)) {
            assertThat(stepNames(trial.startJob()))
                    .containsExactly("open", "source", "before deletes", "deletes", "close");
        }
    }

    @Test
    void aStepAloneDoesItsOwnWorkOnly() throws IOException {
        try (Trial trial = trial("alone", "", false)) {
            assertThat(trial.startStep("open").getStatus()).isEqualTo(BatchStatus.COMPLETED);
            assertThat(trial.targets()).isZero();
            JobExecution source = trial.startStep("source");
            assertThat(source.getStatus()).isEqualTo(BatchStatus.COMPLETED);
            assertThat(stepNames(source)).containsExactly("source");
            assertThat(trial.targets()).isEqualTo(PEOPLE);
            assertThat(trial.count(Phase.SOURCE)).isEqualTo(PEOPLE);
            assertThat(trial.count(Phase.TARGET)).isZero();
        }
    }

    @Test
    void anExecutionThatFailedGoesOnWhereTheLedgerSays() throws IOException {
        try (Trial trial = trial(BROKEN, "taskThreads: 0", false)) {
            faults.from(Operation.WRITE, 3, Effect.unavailable());
            JobExecution failed = trial.startJob();
            assertThat(failed.getStatus()).isEqualTo(BatchStatus.FAILED);
            assertThat(step(failed, "source").getStatus()).isEqualTo(BatchStatus.FAILED);
            assertThat(stepNames(failed)).doesNotContain("target");
            assertThat(trial.targets()).isEqualTo(2 * PAGE);

            faults.clear();
            JobExecution restarted = trial.startJob();
            assertThat(restarted.getJobInstance()).isEqualTo(failed.getJobInstance());
            assertThat(restarted.getStatus()).isEqualTo(BatchStatus.COMPLETED);
            assertThat(step(restarted, "source").getReadCount()).isEqualTo(PEOPLE - 2 * PAGE);
            assertThat(trial.targets()).isEqualTo(PEOPLE);
            assertThat(trial.count(Measure.CREATED)).isEqualTo(PEOPLE);
            assertThat(trial.count(Phase.SOURCE)).isEqualTo(PEOPLE);
        }
    }

    private static List<String> stepNames(JobExecution execution) {
        return execution.getStepExecutions().stream()
                .map(StepExecution::getStepName)
                .filter(name -> !name.contains(":"))
                .toList();
    }

    private static StepExecution step(JobExecution execution, String name) {
        return execution.getStepExecutions().stream()
                .filter(step -> step.getStepName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text, UTF_8);
    }

    /** A mapping with a target of its own, and a run of it that is ready to work. */
    private Trial trial(String name, String keys, boolean analysis) throws IOException {
        write("jobs/managed/" + name + ".yaml", """
                name: %s
                attributes:
                  userName: {type: string, required: true, unique: true}
                """.formatted(name));
        write("jobs/" + name + ".yaml", """
                name: %1$s
                source: system/staff/person
                target: managed/%1$s
                feedSize: %2$d
                properties:
                  - {target: userName, source: name}
                policies:
                  - {situation: ABSENT, action: CREATE}
                %3$s
                """.formatted(name, PAGE, keys));
        Definitions definitions = house.get(Reconciliations.class).definitions();
        Mapping mapping = definitions.mappings().get(name);
        Closure closure = definitions.closureOf(name);
        Engine engine = house.get(Engine.class);
        Run run = engine.runs()
                .create(new Runs.NewRun(
                        "run-" + name,
                        name,
                        name,
                        RunKind.FULL,
                        analysis,
                        Map.of(),
                        closure.texts(),
                        closure.hash(),
                        1,
                        Instant.EPOCH));
        Lease lease = engine.leases().acquire(name, run.id(), "test", Duration.ofMinutes(5), holder -> false);
        return new Trial(
                run,
                definitions,
                engine.prepare(run, definitions, mapping, lease, folder.resolve(run.id()), RunListener.NONE));
    }

    private final class Trial implements AutoCloseable {

        private final Run run;
        private final Definitions definitions;
        private final PreparedRun prepared;
        private final JobOperatorTestUtils batch =
                new JobOperatorTestUtils(house.get(JobOperator.class), house.get(JobRepository.class));

        Trial(Run run, Definitions definitions, PreparedRun prepared) {
            this.run = run;
            this.definitions = definitions;
            this.prepared = prepared;
            batch.setJob(prepared.job());
        }

        JobExecution startJob() {
            try {
                return batch.startJob(parameters());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        JobExecution startStep(String name) {
            return batch.startStep(name);
        }

        long count(Measure measure) {
            return house.get(LedgerReader.class).counts(run.id(), null).get(measure);
        }

        long count(Phase phase) {
            return house.get(LedgerReader.class).counts(run.id(), phase).get(Measure.RECORDS);
        }

        long targets() {
            try (ObjectSets sets = house.get(ObjectSets.Factory.class).of(definitions)) {
                return sets.open("managed/" + run.mapping()).count(null);
            }
        }

        private JobParameters parameters() {
            return new JobParametersBuilder().addString("run", run.id()).toJobParameters();
        }

        @Override
        public void close() {
            prepared.close();
        }
    }
}
