package dev.concord.recon;

import dev.concord.ledger.Partition;
import dev.concord.ledger.PartitionPosition;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;

/**
 * The chunk-oriented step of one partition: reads pages, decides them, commits them. The item is a page, and the
 * framework's own transaction is resourceless: the page's real one must be repeatable as a whole, which a writer cannot
 * do with the framework's.
 */
final class PartitionStep implements Step {

    /** What the framework puts between the name of a step and the key of one of its partitions. */
    private static final char SEPARATOR = ':';

    private static final String PARTITION = "partition";

    private final String name;
    private final JobRepository repository;
    private final RunContext context;
    private final Function<Integer, Partition> partitions;
    private final Function<PartitionPosition, PartitionReader> reader;

    PartitionStep(
            String name,
            JobRepository repository,
            RunContext context,
            Function<Integer, Partition> partitions,
            Function<PartitionPosition, PartitionReader> reader) {
        this.name = name;
        this.repository = repository;
        this.context = context;
        this.partitions = partitions;
        this.reader = reader;
    }

    /** What the framework is to call a partition. */
    static String key(Partition partition) {
        return PARTITION + partition.number();
    }

    /**
     * Which partition an execution is for, 0 in a step that has but one. The name says it and not the execution's
     * context, because the framework writes the two down in two transactions: after a crash in between it would start
     * the partition again with nothing in its context.
     */
    private static int number(String execution) {
        int separator = execution.lastIndexOf(SEPARATOR);
        return separator < 0 ? 0 : Integer.parseInt(execution.substring(separator + 1 + PARTITION.length()));
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public void execute(StepExecution stepExecution) throws JobInterruptedException {
        TaskClock.reset();
        Attempts attempts = new Attempts(context);
        Partition partition = attempts.repeat(attempt -> partitions.apply(number(stepExecution.getStepName())));
        PartitionPosition begun = finishOpen(context, partition, attempts, reader);
        PartitionReader pages = attempts.repeat(attempt -> reader.apply(begun));
        PageWriter writer = new PageWriter(context, attempts, begun, pages);
        new StepBuilder(stepExecution.getStepName(), repository)
                .<Page, PageEngine.Decided>chunk(1)
                .transactionManager(new ResourcelessTransactionManager())
                .reader(() -> attempts.<@Nullable Page>repeat(attempt -> pages.read()))
                .processor(writer::decide)
                .writer(writer::write)
                .listener(writer)
                .build()
                .execute(stepExecution);
    }

    /**
     * Finishes the page that a partition was at when the run was interrupted, if anything of it may have been written
     * elsewhere.
     *
     * @return where the partition is then
     */
    static PartitionPosition finishOpen(
            RunContext context,
            Partition partition,
            Attempts attempts,
            Function<PartitionPosition, PartitionReader> reader) {
        PartitionPosition position = attempts.repeat(attempt -> context.ledger().position(partition));
        if (!attempts.repeat(attempt -> Elsewhere.isOpen(context, position))) {
            return position;
        }
        Page page = attempts.<@Nullable Page>repeat(attempt -> {
            PartitionReader pages = reader.apply(position);
            pages.readInterrupted();
            return pages.read();
        });
        Page open = page != null ? page : new IntendedPage(context, partition.phase(), List.of(), position.lastKey());
        return new PageEngine(context, attempts).commit(new PageEngine.Decided(open, null, 0), position);
    }

    private static final class PageWriter implements StepExecutionListener {

        private final RunMemory memory;
        private final GuardWatch guards;
        private final PageEngine engine;
        private final PartitionReader reader;
        private PartitionPosition position;
        private long records;
        private long since;
        private @Nullable StepExecution execution;

        PageWriter(RunContext context, Attempts attempts, PartitionPosition position, PartitionReader reader) {
            this.reader = reader;
            this.memory = context.memory();
            this.guards = context.guards();
            this.engine = new PageEngine(context, attempts);
            this.position = position;
        }

        @Override
        public void beforeStep(StepExecution step) {
            execution = step;
            stopIfAsked();
        }

        PageEngine.Decided decide(Page page) {
            since = System.nanoTime();
            return engine.decide(page);
        }

        void write(Chunk<? extends PageEngine.Decided> chunk) {
            for (PageEngine.Decided decided : chunk) {
                commit(decided);
                reader.took(decided.page(), System.nanoTime() - since);
            }
            stopIfAsked();
        }

        /** Commits a page, in parts when it takes long, as far as the run lets it. */
        private void commit(PageEngine.Decided read) {
            PageEngine.@Nullable Decided next = read;
            while (next != null) {
                PartitionPosition before = position;
                position = engine.commit(next, before);
                if (position.equals(before)) {
                    // The run is ending, and the page was left.
                    return;
                }
                Page rest = next.page().behind(position.lastKey());
                records += next.page().records() - (rest == null ? 0 : rest.records());
                guards.betweenPages();
                next = rest == null || memory.isEnding() ? null : engine.decide(rest);
            }
        }

        private void stopIfAsked() {
            if (memory.isEnding() && execution != null) {
                execution.setTerminateOnly();
            }
        }

        /**
         * The framework counted pages; whoever reads its tables thinks in records. What one partition failed from, the
         * others need not find out themselves.
         */
        @Override
        public ExitStatus afterStep(StepExecution step) {
            step.setReadCount(records);
            step.setWriteCount(records);
            if (!step.getFailureExceptions().isEmpty()) {
                memory.failing = true;
            }
            return step.getExitStatus();
        }
    }
}
