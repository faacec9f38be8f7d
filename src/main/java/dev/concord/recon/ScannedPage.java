package dev.concord.recon;

import dev.concord.system.Page.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of source records as a scan came across them. Each of them says where it stands, so that a partition can end
 * behind any of them.
 */
final class ScannedPage extends SourcePage {

    private final RunContext context;
    private final List<Item> items;

    ScannedPage(RunContext context, List<Item> items, @Nullable String lastKey) {
        super(
                context,
                items.stream().map(item -> (Visited) new Visited.Scanned(item)).toList(),
                lastKey);
        this.context = context;
        this.items = items;
    }

    @Override
    ScannedPage first(int records) {
        return new ScannedPage(
                context, items.subList(0, records), items.get(records - 1).position());
    }

    @Override
    @Nullable
    ScannedPage behind(@Nullable String key) {
        for (int i = 0; i < items.size() - 1; i++) {
            if (items.get(i).position().equals(key)) {
                return new ScannedPage(context, items.subList(i + 1, items.size()), lastKey());
            }
        }
        return null;
    }
}
