package dev.concord.recon;

import dev.concord.ledger.Entry;
import dev.concord.ledger.LedgerReader.SegmentId;
import dev.concord.ledger.PartitionPosition;
import dev.concord.ledger.Phase;
import dev.concord.ledger.RunKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records that another run's ledger names, a segment of it as a page; the key of a page is the number of its
 * segment. One segment at a time is in memory.
 */
final class OtherRunReader extends PartitionReader {

    private final RunContext context;
    private final OtherRun other;
    private final Phase phase;
    private final List<SegmentId> segments;

    OtherRunReader(RunContext context, OtherRun other, PartitionPosition position) {
        super(position);
        this.context = context;
        this.other = other;
        this.phase = position.partition().phase();
        this.segments = other.segments(OtherRun.Place.of(position.partition()));
    }

    @Override
    @Nullable
    Page next(@Nullable String behind) {
        int done = behind == null ? 0 : Integer.parseInt(behind);
        for (SegmentId segment : segments) {
            if (segment.number() > done) {
                List<Entry> entries = other.entries(segment, phase);
                if (!entries.isEmpty()) {
                    return page(entries, String.valueOf(segment.number()));
                }
            }
        }
        return null;
    }

    private Page page(List<Entry> entries, String key) {
        return other.reading() == RunKind.APPLY
                ? new AppliedPage(context, phase, entries, key)
                : new FailedPage(context, phase, entries, key);
    }
}
