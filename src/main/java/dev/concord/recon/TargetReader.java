package dev.concord.recon;

import dev.concord.filter.Filter;
import dev.concord.ledger.Handled;
import dev.concord.ledger.PartitionPosition;
import dev.concord.mapping.LinkQualifiers;
import dev.concord.record.CompareKey;
import dev.concord.system.Page.Item;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scans the ids of targets; those that the source phase accounted for fall away before anything else is asked about
 * them.
 */
final class TargetReader extends PartitionReader {

    /** Ids read in one go: cheap, because nothing but the id travels. */
    private static final int IDS = 10_000;

    private final RunContext context;
    private final @Nullable Filter filter;

    TargetReader(RunContext context, PartitionPosition position, @Nullable Filter filter) {
        super(position);
        this.context = context;
        this.filter = filter;
    }

    @Override
    long settled() {
        return context.memory().allTargets;
    }

    @Override
    Page ofSettled(int records) {
        return new TargetPage(context, List.of(), context.memory()::isHandled, records, null);
    }

    @Override
    @Nullable
    Page next(@Nullable String behind) {
        int pageSize = context.pageSize();
        List<String> open = new ArrayList<>();
        String after = behind;
        int read = 0;
        while (true) {
            dev.concord.system.Page page = context.target().scanIds(range, after, Math.max(pageSize, IDS), filter);
            for (Item item : page.items()) {
                after = item.position();
                read++;
                if (item instanceof Item.Found found
                        && !isAccountedFor(found.resource().id())) {
                    open.add(found.resource().id());
                    if (open.size() == pageSize) {
                        return new TargetPage(context, open, context.memory()::isHandled, read, after);
                    }
                }
            }
            if (page.end() || page.lastPosition() == null) {
                return read == 0 ? null : new TargetPage(context, open, context.memory()::isHandled, read, after);
            }
            after = page.lastPosition();
        }
    }

    /**
     * Under every link qualifier that the mapping may give. When a script gives them, or links have others, the page
     * itself looks closer.
     */
    private boolean isAccountedFor(String id) {
        if (context.memory().otherQualifiers
                || !(context.mapping().linkQualifiers() instanceof LinkQualifiers.Fixed fixed)) {
            return false;
        }
        CompareKey key = context.links().type().targetKey(id);
        return fixed.names().stream()
                .allMatch(name ->
                        context.memory().isHandled(Handled.hash(context.run().seed(), key, name)));
    }
}
