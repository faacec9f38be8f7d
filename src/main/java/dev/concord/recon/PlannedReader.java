package dev.concord.recon;

import dev.concord.ledger.Entry;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.LedgerReader.SegmentId;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.PartitionPosition;
import dev.concord.ledger.Phase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what earlier phases planned: first the deletes and unlinks, then the writes that lost against a unique value.
 */
final class PlannedReader extends PartitionReader {

    private enum Pass {
        DELETES,
        SECOND_TRIES
    }

    private record Stop(Pass pass, SegmentId segment) {

        /** The key that the partition has when this stop is done. */
        String key() {
            return pass + "/" + segment.phase() + "/" + segment.partition() + "/" + segment.number();
        }
    }

    private final RunContext context;
    private final LedgerReader ledger;
    private final List<Stop> stops = new ArrayList<>();
    private @Nullable RunContext beforeDeletes;

    PlannedReader(RunContext context, LedgerReader ledger, PartitionPosition position) {
        super(position);
        this.context = context;
        this.ledger = ledger;
        List<SegmentId> segments = ledger.segments(
                context.run().id(), counts -> counts.ops(kind -> kind.outcome() == Outcome.PLANNED) > 0);
        for (Pass pass : Pass.values()) {
            for (SegmentId segment : segments) {
                if (segment.phase() != Phase.DELETES) {
                    stops.add(new Stop(pass, segment));
                }
            }
        }
    }

    @Override
    @Nullable
    Page next(@Nullable String behind) {
        boolean passed = behind == null;
        for (Stop stop : stops) {
            if (passed) {
                List<Entry> entries = planned(stop);
                if (!entries.isEmpty()) {
                    return new PlannedPage(context(stop.pass), stop.segment.phase(), entries, stop.key());
                }
            } else {
                passed = stop.key().equals(behind);
            }
        }
        return null;
    }

    /** Only what takes something away asks whether the source has changed its mind. */
    private RunContext context(Pass pass) {
        if (pass == Pass.SECOND_TRIES) {
            return context;
        }
        RunContext latest = beforeDeletes == null ? context.beforeDeletes() : beforeDeletes;
        beforeDeletes = latest;
        return latest;
    }

    private List<Entry> planned(Stop stop) {
        return ledger.entries(context.run().id(), stop.segment).stream()
                .filter(entry -> entry.outcome() == Outcome.PLANNED
                        && entry.action() != null
                        && entry.action().isPlanned() == (stop.pass == Pass.DELETES))
                .toList();
    }
}
