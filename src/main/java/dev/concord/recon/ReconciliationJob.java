package dev.concord.recon;

import dev.concord.filter.Filter;
import dev.concord.ledger.Counts;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Partition;
import dev.concord.ledger.PartitionPosition;
import dev.concord.ledger.Phase;
import dev.concord.ledger.RunKind;
import dev.concord.ledger.Runs;
import dev.concord.ledger.Stage;
import dev.concord.mapping.LinkQualifiers;
import dev.concord.mapping.Mapping;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;

/**
 * The batch job of one run of a mapping: open → source → target → links → deletes → close. Source and target work in
 * partitions at the same time. Where a step stands is in the ledger, so that a job that is started again goes on where
 * it was.
 */
public final class ReconciliationJob {

    private final RunContext context;
    private final JobRepository repository;
    private final Runs runs;
    private final LedgerReader reader;
    private final int smallestPartition;
    private final int fewestPresumed;
    private final int threads;
    private final Abandoned.Loan loan;
    private final Mapping mapping;
    private final @Nullable ByHand wish;
    private final @Nullable OtherRun other;

    private ReconciliationJob(
            RunContext context,
            JobRepository repository,
            Runs runs,
            LedgerReader reader,
            int smallestPartition,
            int fewestPresumed,
            int threads,
            Abandoned.Loan loan) {
        this.context = context;
        this.repository = PatientRepository.of(repository, context);
        this.runs = runs;
        this.reader = reader;
        this.smallestPartition = smallestPartition;
        this.fewestPresumed = fewestPresumed;
        this.threads = threads;
        this.loan = loan;
        this.mapping = context.mapping();
        this.wish = ByHand.of(context.run());
        this.other = OtherRun.of(context.run(), reader);
    }

    /**
     * Builds the job. It fails with {@link GuardTripped} when a guard stops the run.
     *
     * @param runTargetPhase whether targets that no source accounted for, and then links, are looked at
     * @param fewestPresumed how many linked records it takes to read all targets ahead
     * @param threads how many partitions may work at the same time
     * @param loan of what other runs on the same links worked with
     */
    static Job of(
            RunContext context,
            boolean runTargetPhase,
            JobRepository repository,
            Runs runs,
            LedgerReader reader,
            int smallestPartition,
            int fewestPresumed,
            int threads,
            Abandoned.Loan loan) {
        return new ReconciliationJob(
                        context, repository, runs, reader, smallestPartition, fewestPresumed, threads, loan)
                .build(runTargetPhase);
    }

    /** The name of a mapping's batch job. */
    public static String name(Mapping mapping) {
        return name(mapping.name());
    }

    /** Likewise, of a mapping that there may be no more. */
    public static String name(String mapping) {
        return "reconcile " + mapping;
    }

    private Job build(boolean runTargetPhase) {
        SimpleJobBuilder job = new JobBuilder(name(mapping), repository)
                .start(tasklet("open", () -> {
                    context.memory().failing = false;
                    enter(Stage.ACTIVE_QUERY_ENTRIES, -1);
                    new Opening(context, runs, smallestPartition, other, threads, loan).open(runTargetPhase);
                }))
                .next(wish != null && wish.sourceId() == null ? targetStep() : sourceStep());
        if (runTargetPhase || other != null) {
            job = job.next(tasklet("before target", this::rememberSourcePhase))
                    .next(targetStep())
                    .next(tasklet("before links", this::rememberTargetPhase))
                    .next(alone(
                            Phase.LINKS,
                            Stage.ACTIVE_LINK_CLEANUP,
                            position -> other == null
                                    ? new LinkReader(context, position)
                                    : new OtherRunReader(context, other, position)));
        }
        if (!context.looking() && context.run().kind() != RunKind.UNDO) {
            job = job.next(tasklet("before deletes", context.guards()::beforeDeletes));
            job = job.next(alone(
                    Phase.DELETES,
                    Stage.ACTIVE_PROCESSING_RESULTS,
                    position -> new PlannedReader(context, reader, position)));
        }
        return job.next(tasklet("close", this::close)).build();
    }

    private void close() {
        context.guards().phaseOver();
        context.memory().askForLease();
        context.target().publish();
    }

    // Source

    private Step sourceStep() {
        Function<PartitionPosition, PartitionReader> pages =
                position -> switch (context.run().kind()) {
                    case SINGLE -> new SingleReader(context, position, context.askedIds());
                    case ACTION -> new ByHandReader(context, position, Objects.requireNonNull(wish));
                    case FULL, FILTER -> new SourceReader(context, position, context.sourceFilter());
                    case FAILED, APPLY -> new OtherRunReader(context, Objects.requireNonNull(other), position);
                    case UNDO -> new UndoReader(context, reader, position);
                };
        return partitioned(
                Phase.SOURCE,
                Stage.ACTIVE_RECONCILING_SOURCE,
                () -> context.memory().facts.sources(),
                pages);
    }

    // Target

    private void rememberSourcePhase() {
        context.guards().phaseOver();
        Counts counts = context.ledger().counts(Phase.SOURCE);
        context.memory().unidentified = counts.get(Measure.UNIDENTIFIED);
        context.memory().unassessed = counts.get(Measure.UNASSESSED);
        context.memory().handled = context.ledger().handled();
        context.memory().otherQualifiers = mapping.linkQualifiers() instanceof LinkQualifiers.Fixed fixed
                && context.links().existUnderOthersThan(fixed.names());
        context.memory().allTargets = new Completeness(context).targets(counts);
    }

    private void rememberTargetPhase() {
        context.guards().phaseOver();
        context.memory().handled = context.ledger().handled();
        context.memory().allLinks =
                new Completeness(context).links(context.ledger().counts(null));
    }

    private Step targetStep() {
        Filter filter = context.targetFilter();
        return partitioned(
                Phase.TARGET,
                Stage.ACTIVE_RECONCILING_TARGET,
                () -> context.memory().facts.targets(),
                position -> wish != null
                        ? new ByHandReader(context, position, wish)
                        : other != null
                                ? new OtherRunReader(context, other, position)
                                : new TargetReader(context, position, filter));
    }

    // How steps are built

    private interface Expected {
        long records();
    }

    private Step partitioned(
            Phase phase, Stage stage, Expected expected, Function<PartitionPosition, PartitionReader> pages) {
        String name = phase.name().toLowerCase(Locale.ROOT);
        return new StepBuilder(name, repository)
                .partitioner(name, gridSize -> {
                    if (phase == Phase.SOURCE) {
                        presume();
                    }
                    enter(stage, expected.records());
                    Map<String, ExecutionContext> partitions = new LinkedHashMap<>();
                    for (Partition partition : context.ledger().partitions(phase)) {
                        // Before any partition decides something new, which might get in the way of it.
                        PartitionStep.finishOpen(context, partition, new Attempts(context), pages);
                        partitions.put(PartitionStep.key(partition), new ExecutionContext());
                    }
                    return partitions;
                })
                .step(worker(name, phase, pages))
                .taskExecutor(executor(name))
                .build();
    }

    private void presume() {
        context.memory().presumption = null;
        context.memory().presumption = new Attempts(context)
                .<@Nullable Presumption>repeat(attempt -> Presumption.of(context, fewestPresumed, threads));
    }

    private Step alone(Phase phase, Stage stage, Function<PartitionPosition, PartitionReader> pages) {
        return worker(phase.name().toLowerCase(Locale.ROOT), phase, position -> {
            enter(stage, -1);
            return pages.apply(position);
        });
    }

    private Step worker(String name, Phase phase, Function<PartitionPosition, PartitionReader> pages) {
        return new PartitionStep(
                name,
                repository,
                context,
                number -> context.ledger().partitions(phase).get(number),
                pages);
    }

    private TaskExecutor executor(String name) {
        if (threads < 2) {
            return new SyncTaskExecutor();
        }
        SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor(name + "-");
        executor.setConcurrencyLimit(threads);
        executor.setTaskDecorator(ReconciliationJob::sayingWhichRun);
        return executor;
    }

    /** What a thread of a partition logs says which run it is of, as the thread does that started it. */
    private static Runnable sayingWhichRun(Runnable partition) {
        Map<String, String> said = MDC.getCopyOfContextMap();
        return () -> {
            if (said != null) {
                MDC.setContextMap(said);
            }
            partition.run();
        };
    }

    private Step tasklet(String name, Runnable work) {
        return new StepBuilder(name, repository)
                .tasklet(
                        (contribution, chunk) -> {
                            new Attempts(context).repeat(attempt -> {
                                work.run();
                                return attempt;
                            });
                            return RepeatStatus.FINISHED;
                        },
                        new ResourcelessTransactionManager())
                .allowStartIfComplete(true)
                .build();
    }

    private void enter(Stage stage, long expected) {
        runs.enter(context.run().id(), stage);
        context.listener().entered(context.run(), stage, expected);
    }
}
