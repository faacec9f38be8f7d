package dev.concord.recon;

import dev.concord.ledger.Handled;
import dev.concord.ledger.PartitionPosition;
import dev.concord.link.Link;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads links whose target nobody accounted for. */
final class LinkReader extends PartitionReader {

    private static final int LINKS = 10_000;

    private final RunContext context;

    LinkReader(RunContext context, PartitionPosition position) {
        super(position);
        this.context = context;
    }

    @Override
    long settled() {
        return context.memory().allLinks;
    }

    @Override
    Page ofSettled(int records) {
        return new LinkPage(context, List.of(), records, null);
    }

    @Override
    @Nullable
    Page next(@Nullable String behind) {
        int pageSize = context.pageSize();
        List<Link> open = new ArrayList<>();
        String after = behind;
        int read = 0;
        while (true) {
            List<Link> links = context.links().scan(after, LINKS);
            for (Link link : links) {
                after = context.links().position(link);
                read++;
                if (!context.memory()
                        .isHandled(Handled.hash(context.run().seed(), link.targetKey(), link.qualifier()))) {
                    open.add(link);
                    if (open.size() == pageSize) {
                        return new LinkPage(context, open, read, after);
                    }
                }
            }
            if (links.size() < LINKS) {
                return read == 0 ? null : new LinkPage(context, open, read, after);
            }
        }
    }
}
