package dev.concord.recon;

import dev.concord.ledger.PartitionPosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads source records by ids that were asked for; the key of a page is how many of them are done. */
final class SingleReader extends PartitionReader {

    private final RunContext context;
    private final List<String> ids;

    SingleReader(RunContext context, PartitionPosition position, List<String> ids) {
        super(position);
        this.context = context;
        this.ids = ids;
    }

    @Override
    @Nullable
    Page next(@Nullable String behind) {
        int from = behind == null ? 0 : Integer.parseInt(behind);
        int to = Math.min(ids.size(), from + context.pageSize());
        if (from >= to) {
            return null;
        }
        List<String> asked = ids.subList(from, to);
        Fetched fetched = Fetched.of(context.source(), asked);
        return new SourcePage(
                context,
                asked.stream().map(id -> SourcePage.visited(id, fetched)).toList(),
                String.valueOf(to));
    }
}
