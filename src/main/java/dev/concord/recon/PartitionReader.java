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

    private @Nullable String after;
    private boolean atEnd;

    PartitionReader(PartitionPosition position) {
        this.range =
                new KeyRange(position.partition().from(), position.partition().to());
        this.after = position.lastKey();
    }

    /** The next page behind a key, or null when there is nothing more. */
    abstract @Nullable Page next(@Nullable String behind);

    @Override
    public final @Nullable Page read() {
        if (atEnd) {
            return null;
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
