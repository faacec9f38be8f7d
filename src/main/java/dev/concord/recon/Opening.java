package dev.concord.recon;

import dev.concord.ledger.Partition;
import dev.concord.ledger.PartitionPosition;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunKind;
import dev.concord.ledger.Runs;
import dev.concord.mapping.Hook;
import dev.concord.mapping.Mapping;
import dev.concord.system.KeyRange;
import dev.concord.system.ObjectSet;
import dev.concord.system.UnusableObjectSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The first step of a run: measures what there is, refuses an empty source, cuts the work into partitions. */
final class Opening {

    private final RunContext context;
    private final Mapping mapping;
    private final @Nullable ByHand wish;
    private final Runs runs;
    private final int smallestPartition;
    private final @Nullable OtherRun other;
    private final int threads;
    private final Abandoned.Loan loan;

    /**
     * @param smallestPartition how many records a partition is worth having for
     * @param other the run whose ledger says what is visited; null when none does
     * @param threads how many questions may be asked at the same time
     * @param loan of what other runs worked with
     */
    Opening(
            RunContext context,
            Runs runs,
            int smallestPartition,
            @Nullable OtherRun other,
            int threads,
            Abandoned.Loan loan) {
        this.context = context;
        this.mapping = context.mapping();
        this.wish = ByHand.of(context.run());
        this.runs = runs;
        this.smallestPartition = smallestPartition;
        this.other = other;
        this.threads = Math.max(1, threads);
        this.loan = loan;
    }

    void open(boolean runTargetPhase) {
        checkLinks();
        new Abandoned(context, loan).settle();
        announce();
        Run.Facts facts = context.memory().facts;
        boolean again = !facts.equals(Run.Facts.UNKNOWN);
        if (!again) {
            List<Long> counts = Concurrently.all(
                    threads,
                    List.<Callable<Long>>of(
                            this::countSources,
                            () -> runTargetPhase || wasPlannedForNoTargets()
                                    ? context.target().count(null)
                                    : -1L,
                            () -> context.links().count()));
            facts = new Run.Facts(
                    counts.get(0),
                    counts.get(1),
                    counts.get(2),
                    context.guards().sourcesBefore());
            measured(facts);
        } else if (isSourceUnread()) {
            // A source that was empty or too small when the run began may have been filled since.
            facts = new Run.Facts(countSources(), facts.targets(), facts.links(), facts.sourcesBefore());
            measured(facts);
        }
        context.guards().begin(facts);
        guardSource(facts, again);
        String undone = UndoReader.undoneBy(context.run());
        if (undone != null) {
            context.guards().beforeUndo(context.ledger().of(undone).counts(null));
        }
        context.guards().betweenPages();
        // Cutting a big table into ranges takes its time, which no transaction should wait for.
        List<Partition> sources = sourcePartitions();
        List<Partition> targets = partitions(Phase.TARGET, context.target(), facts.targets());
        context.transaction().executeWithoutResult(status -> {
            context.ledger().open(Phase.SOURCE, sources);
            context.ledger().open(Phase.TARGET, targets);
            context.ledger().open(Phase.LINKS, List.of(new Partition(Phase.LINKS, 0, null, null)));
            openDeletes();
        });
    }

    /** Whoever does not find the links of records that have one gives them second accounts. */
    private void checkLinks() {
        if (context.links().areKeyedOtherwise()) {
            throw new UnusableObjectSet("The links of " + context.links().type().name()
                    + " were made while sourceIdsCaseSensitive or targetIdsCaseSensitive said something else than "
                    + mapping.name() + " says now (" + mapping.sourceIdsCaseSensitive() + " and "
                    + mapping.targetIdsCaseSensitive()
                    + "). They would not be found, and their records would get second"
                    + " accounts. Nothing was done. Write there what it was; to change it, remove the links first"
                    + " and let correlation find the targets again.");
        }
    }

    /**
     * Runs the script for the start, unless it has run already. What it writes to the platform database is committed
     * together with the first thing that the ledger knows of the run.
     */
    private void announce() {
        if (RunHooks.has(Hook.ON_RECON, context.run(), mapping)) {
            context.transaction().executeWithoutResult(status -> {
                if (context.ledger().partitions(Phase.DELETES).isEmpty()) {
                    new RunHooks(
                                    context.run(),
                                    mapping,
                                    context.scripts(),
                                    context.objectSets(),
                                    context.secrets().crypto())
                            .onRecon();
                    openDeletes();
                }
            });
        }
    }

    private void openDeletes() {
        context.ledger().open(Phase.DELETES, List.of(new Partition(Phase.DELETES, 0, null, null)));
    }

    private void measured(Run.Facts facts) {
        runs.measure(context.run().id(), facts);
        context.memory().facts = facts;
    }

    private boolean isSourceUnread() {
        return context.run().kind() == RunKind.FULL
                && context.ledger().partitions(Phase.SOURCE).isEmpty();
    }

    private void guardSource(Run.Facts facts, boolean again) {
        if (context.run().kind() != RunKind.FULL) {
            return;
        }
        boolean empty = isSourceEmpty(again);
        if (empty && !context.allowsEmptySource()) {
            context.guards().emptySource();
        }
        // Who allows an empty source does not mind that it was not empty before.
        if (!empty && isSourceUnread()) {
            context.guards().sourceCounted(facts.sources());
        }
    }

    /**
     * Records that cannot be read count: a source that holds nothing else is broken, not empty.
     *
     * @param again whether the run is continued: what was measured when it began says nothing of the source now
     */
    private boolean isSourceEmpty(boolean again) {
        return (again || context.memory().facts.sources() == 0)
                && new SourceReader(
                                        context,
                                        new PartitionPosition(new Partition(Phase.SOURCE, 0, null, null), 0, null),
                                        context.sourceFilter())
                                .read()
                        == null;
    }

    /** Where a plan did not correlate, its run need not, unless there are targets now. */
    private boolean wasPlannedForNoTargets() {
        return context.run().kind() == RunKind.APPLY
                && other != null
                && runs.find(other.id()).orElseThrow().facts().targetWasEmpty();
    }

    private long countSources() {
        return switch (context.run().kind()) {
            case SINGLE -> context.askedIds().size();
            case ACTION -> wish != null && wish.sourceId() != null ? 1 : 0;
            case FULL, FILTER -> context.source().count(context.sourceFilter());
            case FAILED, APPLY, UNDO -> -1;
        };
    }

    private List<Partition> sourcePartitions() {
        return context.run().kind() == RunKind.SINGLE || context.run().kind() == RunKind.UNDO
                ? List.of(new Partition(Phase.SOURCE, 0, null, null))
                : partitions(
                        Phase.SOURCE, context.source(), context.memory().facts.sources());
    }

    private List<Partition> partitions(Phase phase, ObjectSet set, long size) {
        if (wish != null) {
            return List.of(new Partition(phase, 0, null, null));
        }
        if (other != null) {
            return other.partitions(phase);
        }
        List<Partition> opened = context.ledger().partitions(phase);
        if (!opened.isEmpty()) {
            // Cutting a big set into ranges takes its time, and a run that is continued keeps those it has.
            return opened;
        }
        long most = Math.max(1, size / smallestPartition);
        int count = (int) Math.min(Math.max(1, WorkingThreads.wanted(mapping.performance())), most);
        List<Partition> partitions = new ArrayList<>();
        for (KeyRange range : set.ranges(count)) {
            partitions.add(new Partition(phase, partitions.size(), range.from(), range.to()));
        }
        return partitions;
    }
}
