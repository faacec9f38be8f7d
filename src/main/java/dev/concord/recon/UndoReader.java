package dev.concord.recon;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Entry;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.LedgerReader.SegmentId;
import dev.concord.ledger.PartitionPosition;
import dev.concord.ledger.Run;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ledger of another run backwards: a page is what one segment of it did, newest first. The key of a page is
 * the segment that is done with.
 */
final class UndoReader extends PartitionReader {

    private static final String UNDONE = "undo";

    private final RunContext context;
    private final LedgerReader ledger;
    private final String undone;
    private final List<SegmentId> segments;
    private final Map<String, Integer> places = new HashMap<>();

    UndoReader(RunContext context, LedgerReader ledger, PartitionPosition position) {
        super(position);
        this.context = context;
        this.ledger = ledger;
        this.undone = String.valueOf(undoneBy(context.run()));
        this.segments = new ArrayList<>(ledger.segments(undone, Counts::hasChanges));
        Collections.reverse(segments);
        for (SegmentId segment : segments) {
            places.put(key(segment), places.size());
        }
        if (position.segmentNumber() > 0) {
            remember();
        }
    }

    /** What was done before the run was interrupted: segment by segment, and entry by entry, what was to be undone. */
    private void remember() {
        Reversal reversal = new Reversal(context);
        Iterator<SegmentId> done = segments.iterator();
        for (SegmentId own : ledger.segments(context.run().id(), counts -> true)) {
            List<Entry> undoing = ledger.entries(context.run().id(), own);
            List<Entry> undone = List.of();
            while (undone.isEmpty() && done.hasNext()) {
                undone = changes(done.next());
            }
            if (undone.size() == undoing.size()) {
                for (int i = 0; i < undone.size(); i++) {
                    reversal.remember(undoing.get(i), undone.get(i));
                }
            }
        }
    }

    /** What a segment changed, newest first. */
    private List<Entry> changes(SegmentId segment) {
        List<Entry> changes = new ArrayList<>();
        List<Entry> kept = ledger.entries(undone, segment);
        for (Entry entry : kept) {
            if (!entry.trace().effects().isEmpty()) {
                changes.add(entry);
            }
        }
        if (kept.isEmpty()) {
            throw new ForgottenEntries(undone);
        }
        Collections.reverse(changes);
        return changes;
    }

    /** The id of the run that a run takes back; null when it does something else. */
    static @Nullable String undoneBy(Run run) {
        return run.parameters().get(UNDONE) instanceof String id ? id : null;
    }

    @Override
    @Nullable
    Page next(@Nullable String behind) {
        int from = behind == null ? 0 : Objects.requireNonNull(places.get(behind)) + 1;
        for (SegmentId segment : segments.subList(from, segments.size())) {
            List<Entry> entries = changes(segment);
            if (!entries.isEmpty()) {
                return new UndoPage(context, entries, key(segment));
            }
        }
        return null;
    }

    private static String key(SegmentId segment) {
        return segment.phase() + "/" + segment.partition() + "/" + segment.number();
    }
}
