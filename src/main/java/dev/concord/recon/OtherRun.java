package dev.concord.recon;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Entry;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.LedgerReader.SegmentId;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Partition;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Another run, whose ledger says which records a run visits: those that failed in it, or those that it planned to
 * change. Its partitions are the partitions of the run that reads it. Safe for use by several threads.
 *
 * @param reading how the run reads it: {@link RunKind#FAILED} or {@link RunKind#APPLY}
 * @param withRuleFailures whether failures that no second try can mend count, too
 */
record OtherRun(String id, RunKind reading, boolean withRuleFailures, LedgerReader ledger) {

    /** The parameter of a run that applies a plan, and of one that visits failures. */
    static final String PLAN = "plan";

    static final String FAILED_OF = "failedOf";
    static final String WITH_RULE_FAILURES = "withRuleFailures";

    private static final Set<Measure> CHANGES = Set.of(
            Measure.CREATED,
            Measure.UPDATED,
            Measure.DELETED,
            Measure.LINKS_CREATED,
            Measure.LINKS_REPOINTED,
            Measure.LINKS_REMOVED);

    /** Null for a run that reads no other. */
    static @Nullable OtherRun of(Run run, LedgerReader ledger) {
        return switch (run.kind()) {
            case FAILED ->
                new OtherRun(
                        String.valueOf(run.parameters().get(FAILED_OF)),
                        run.kind(),
                        Boolean.TRUE.equals(run.parameters().get(WITH_RULE_FAILURES)),
                        ledger);
            case APPLY -> new OtherRun(String.valueOf(run.parameters().get(PLAN)), run.kind(), false, ledger);
            case FULL, FILTER, SINGLE, ACTION, UNDO -> null;
        };
    }

    /** Where a partition's records stand in the ledger of the other run. */
    record Place(Phase phase, int partition) {

        static Place of(Partition partition) {
            String from = partition.from();
            if (from == null) {
                return new Place(partition.phase(), partition.number());
            }
            String[] parts = from.split("/", 2);
            return new Place(Phase.valueOf(parts[0]), Integer.parseInt(parts[1]));
        }

        Partition as(Phase phase, int number) {
            return new Partition(phase, number, this.phase + "/" + partition, null);
        }
    }

    /**
     * The partitions of a phase: those of the other run, and behind them its deletes, whose records are come across
     * from the side that they still have.
     *
     * @throws ForgottenEntries when the other run is not kept any more
     */
    List<Partition> partitions(Phase phase) {
        int number = ledger.partitions(id, phase);
        if (number == 0) {
            throw new ForgottenEntries(id);
        }
        List<Partition> partitions = new ArrayList<>();
        while (partitions.size() < number) {
            partitions.add(new Place(phase, partitions.size()).as(phase, partitions.size()));
        }
        if (phase == Phase.SOURCE || phase == Phase.TARGET) {
            partitions.add(new Place(Phase.DELETES, 0).as(phase, partitions.size()));
        }
        return partitions;
    }

    /** The segments of a place with something to visit, in their order. */
    List<SegmentId> segments(Place place) {
        return ledger.segments(id, place.phase(), place.partition(), this::concerns);
    }

    /**
     * The entries of a segment to visit in a phase.
     *
     * @throws ForgottenEntries when they are not kept any more
     */
    List<Entry> entries(SegmentId segment, Phase phase) {
        List<Entry> kept = ledger.entries(id, segment);
        if (kept.isEmpty()) {
            throw new ForgottenEntries(id);
        }
        return kept.stream()
                .filter(this::concerns)
                .filter(entry ->
                        segment.phase() != Phase.DELETES || (entry.sourceId() != null) == (phase == Phase.SOURCE))
                .toList();
    }

    private boolean concerns(Counts counts) {
        return switch (reading) {
            case FAILED -> counts.ops(kind -> failed(kind.outcome())) > 0 || counts.get(Measure.UNREPEATABLE) > 0;
            case APPLY -> CHANGES.stream().anyMatch(change -> counts.get(change) > 0);
            case FULL, FILTER, SINGLE, ACTION, UNDO -> false;
        };
    }

    private boolean concerns(Entry entry) {
        return switch (reading) {
            case FAILED -> failed(entry.outcome());
            case APPLY ->
                !entry.outcome().isFailure() && entry.trace().effects().stream().anyMatch(CHANGES::contains);
            case FULL, FILTER, SINGLE, ACTION, UNDO -> false;
        };
    }

    private boolean failed(Outcome outcome) {
        return switch (outcome) {
            case SUCCESS, PLANNED, OBSOLETE -> false;
            case RULE, CHANGED -> withRuleFailures;
            case SCRIPT, DATA, TARGET, WITHHELD -> true;
        };
    }

    /** The id by which a phase comes across the record of an entry; null when the entry has none. */
    static @Nullable String visitedId(Entry entry, Phase phase) {
        return phase == Phase.TARGET ? entry.targetId() : entry.sourceId();
    }

    /** Whether an op is that of an entry. One that failed before its link qualifier was known is that of every. */
    static boolean isOf(Op op, Entry entry) {
        boolean sameQualifier = op.qualifier.equals(entry.qualifier()) || op.qualifier.isEmpty();
        return sameQualifier
                && (op.phase == Phase.TARGET
                        ? Objects.equals(op.visitedTargetId, entry.targetId())
                        : Objects.equals(op.sourceId, entry.sourceId()));
    }
}
