package dev.concord.recon;

import dev.concord.ledger.PartitionPosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the one record that somebody chose an action for. */
final class ByHandReader extends PartitionReader {

    private static final String DONE = "done";

    private final RunContext context;
    private final ByHand wish;

    ByHandReader(RunContext context, PartitionPosition position, ByHand wish) {
        super(position);
        this.context = context;
        this.wish = wish;
    }

    @Override
    @Nullable
    Page next(@Nullable String behind) {
        return behind == null ? new ByHandPage(page(), wish, context) : null;
    }

    private Page page() {
        String sourceId = wish.sourceId();
        if (sourceId != null) {
            Fetched fetched = Fetched.of(context.source(), List.of(sourceId));
            return new SourcePage(context, List.of(SourcePage.visited(sourceId, fetched)), DONE);
        }
        return new TargetPage(context, List.of(String.valueOf(wish.targetId())), hash -> false, 1, DONE);
    }
}
