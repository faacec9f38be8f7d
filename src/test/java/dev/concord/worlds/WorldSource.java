package dev.concord.worlds;

import dev.concord.filter.Filter;
import dev.concord.model.World.SourceRecord;
import dev.concord.record.Resource;
import dev.concord.system.KeyRange;
import dev.concord.system.ObjectSchema;
import dev.concord.system.ObjectSet;
import dev.concord.system.Page;
import dev.concord.system.UnreadableObject;
import dev.concord.system.Write;
import dev.concord.system.WriteOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sources of a world in their order: with duplicates, and with places that cannot be read, which no filter hides.
 */
final class WorldSource implements ObjectSet {

    private final List<SourceRecord> records;

    WorldSource(List<SourceRecord> records) {
        this.records = records;
    }

    @Override
    public String name() {
        return WorldFiles.SOURCE;
    }

    @Override
    public ObjectSchema schema() {
        return new ObjectSchema(Map.of(), true, false, true);
    }

    @Override
    public boolean inPlatformDatabase() {
        return false;
    }

    @Override
    public List<KeyRange> ranges(int count) {
        int number = Math.max(1, Math.min(count, records.size()));
        List<KeyRange> ranges = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            ranges.add(new KeyRange(
                    i == 0 ? null : String.valueOf(records.size() * i / number),
                    i == number - 1 ? null : String.valueOf(records.size() * (i + 1) / number)));
        }
        return ranges;
    }

    @Override
    public Page scan(KeyRange range, @Nullable String after, int limit, @Nullable Filter filter) {
        int from = range.from() == null ? 0 : Integer.parseInt(range.from());
        int to = range.to() == null ? records.size() : Integer.parseInt(range.to());
        int next = after == null ? from : Integer.parseInt(after) + 1;
        int end = Math.min(to, next + limit);
        List<Page.Item> items = new ArrayList<>();
        for (int i = next; i < end; i++) {
            Page.Item item = item(i);
            if (!(item instanceof Page.Item.Found found) || matches(found.resource(), filter)) {
                items.add(item);
            }
        }
        return new Page(items, next < end ? String.valueOf(end - 1) : null, end == to);
    }

    @Override
    public Page scanIds(KeyRange range, @Nullable String after, int limit, @Nullable Filter filter) {
        return scan(range, after, limit, filter);
    }

    private Page.Item item(int index) {
        SourceRecord source = records.get(index);
        String position = String.valueOf(index);
        String where = "place " + index;
        String id = source.id();
        if (id == null) {
            return new Page.Item.Unreadable(position, null, where, "it has no id");
        }
        if (first(id) < index) {
            return new Page.Item.Duplicate(position, id, where);
        }
        return source.readable()
                ? new Page.Item.Found(position, resource(source))
                : new Page.Item.Unreadable(position, id, where, "it is damaged");
    }

    private int first(String id) {
        for (int i = 0; i < records.size(); i++) {
            if (id.equals(records.get(i).id())) {
                return i;
            }
        }
        return records.size();
    }

    private static Resource resource(SourceRecord source) {
        return new Resource(String.valueOf(source.id()), null, new LinkedHashMap<>(source.attributes()));
    }

    private static boolean matches(Resource resource, @Nullable Filter filter) {
        return filter == null || filter.matches(resource.view());
    }

    @Override
    public Map<String, Resource> fetch(Collection<String> ids) {
        Map<String, Resource> found = new LinkedHashMap<>();
        for (String id : ids) {
            int index = first(id);
            if (index < records.size()) {
                if (!records.get(index).readable()) {
                    throw new UnreadableObject(id, "It is damaged.");
                }
                found.put(id, resource(records.get(index)));
            }
        }
        return found;
    }

    @Override
    public List<List<Resource>> find(List<Filter> filters, int limit) {
        throw new UnsupportedOperationException("Nobody looks for sources.");
    }

    @Override
    public long count(@Nullable Filter filter) {
        return records.stream()
                .filter(source -> source.id() != null && matches(resource(source), filter))
                .count();
    }

    @Override
    public List<WriteOutcome> write(List<Write> writes) {
        throw new UnsupportedOperationException("Nobody writes sources.");
    }
}
