package dev.concord.recon;

import dev.concord.filter.Filter;
import dev.concord.ledger.PartitionPosition;
import org.jspecify.annotations.Nullable;

/** Reads source records in the order of their store. */
final class SourceReader extends PartitionReader {

    private final RunContext context;
    private final @Nullable Filter filter;
    private final PageSize size;
    private boolean interrupted;

    SourceReader(RunContext context, PartitionPosition position, @Nullable Filter filter) {
        super(position);
        this.context = context;
        this.filter = filter;
        this.size = context.sourcePageSize();
    }

    /** The page that was interrupted may have been one that had grown: all its records must be in it again. */
    @Override
    void readInterrupted() {
        size.beginAsUsual();
        interrupted = true;
    }

    @Override
    void took(Page page, long nanoseconds) {
        size.took(page.records(), nanoseconds);
    }

    @Override
    @Nullable
    Page next(@Nullable String behind) {
        String after = behind;
        while (true) {
            dev.concord.system.Page read = context.source().scan(range, after, size.next(), filter);
            size.learn(read);
            if (interrupted && !read.end() && size.ever() > read.items().size()) {
                read = context.source().scan(range, after, size.ever(), filter);
            }
            interrupted = false;
            if (!read.items().isEmpty()) {
                return new ScannedPage(
                        context,
                        read.items(),
                        read.lastPosition() == null ? read.items().getLast().position() : read.lastPosition());
            }
            if (read.end() || read.lastPosition() == null) {
                return null;
            }
            after = read.lastPosition();
        }
    }
}
