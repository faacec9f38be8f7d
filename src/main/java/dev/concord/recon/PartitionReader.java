package dev.concord.recon;

import dev.concord.ledger.PartitionPosition;
import dev.concord.ledger.Task;
import dev.concord.system.KeyRange;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;

/**
 * Reads one partition page by page, from where the ledger says it is. Belongs to one step execution and so to one
 * thread.
 */
abstract class PartitionReader implements ItemReader<Page> {

    /** What the partition holds, in the order of the store that is read. */
    final KeyRange range;

    private final boolean speaksForAll;
    private @Nullable String after;
    private boolean atEnd;

    PartitionReader(PartitionPosition position) {
        this.range =
                new KeyRange(position.partition().from(), position.partition().to());
        this.speaksForAll = position.partition().number() == 0 && position.segmentNumber() == 0;
        this.after = position.lastKey();
    }

    /**
     * How many records the phase has, when it is known already that nothing is to be done about any of them; else -1.
     */
    long settled() {
        return -1;
    }

    /** Is told how long a page took from when it had been read to its commit. */
    void took(Page page, long nanoseconds) {}

    /** A page without ops that stands for all records of the phase. */
    Page ofSettled(int records) {
        throw new IllegalStateException("Nothing is settled in this phase.");
    }

    /** The next page is one that an earlier attempt may have begun: it must hold at least the records of that. */
    void readInterrupted() {}

    /** The next page behind a key, or null when there is nothing more. */
    abstract @Nullable Page next(@Nullable String behind);

    @Override
    public final @Nullable Page read() {
        if (atEnd) {
            return null;
        }
        long settled = settled();
        if (settled >= 0) {
            atEnd = true;
            return speaksForAll && settled > 0 ? ofSettled(Math.toIntExact(settled)) : null;
        }
        Page page = TaskClock.time(Task.READ, () -> next(after));
        if (page == null) {
            atEnd = true;
        } else {
            after = page.lastKey();
        }
        return page;
    }
}
