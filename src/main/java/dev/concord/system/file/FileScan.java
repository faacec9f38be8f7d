package dev.concord.system.file;

import dev.concord.filter.Filter;
import dev.concord.record.Resource;
import dev.concord.system.KeyRange;
import dev.concord.system.Page;
import dev.concord.system.file.PendingChanges.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a page. Positions are the ordinals of the records in the file, from 0; objects that the file does not have yet
 * follow behind its end in the order of their change numbers.
 */
final class FileScan {

    /** What a page holds at most, in bytes, so that a few huge records do not fill the heap; one record always fits. */
    private static final int LARGEST_PAGE = 8 << 20;

    private final FileState state;
    private final Snapshot snapshot;
    private final @Nullable Filter filter;
    private final boolean idsOnly;
    private final List<Page.Item> items = new ArrayList<>();

    FileScan(FileState state, @Nullable Filter filter, boolean idsOnly) {
        this.state = state;
        this.snapshot = state.snapshot();
        this.filter = filter;
        this.idsOnly = idsOnly && filter == null;
    }

    /** Slices of equal size. */
    static List<KeyRange> ranges(int records, int count) {
        int slices = Math.clamp(records, 1, count);
        List<KeyRange> ranges = new ArrayList<>(slices);
        @Nullable String from = null;
        for (int i = 1; i <= slices; i++) {
            String to = i == slices ? null : String.valueOf((long) records * i / slices);
            ranges.add(new KeyRange(from, to));
            from = to;
        }
        return ranges;
    }

    Page page(KeyRange range, @Nullable String after, int limit) {
        String start = range.from();
        long from = after != null ? position(after) + 1 : start == null ? 0 : position(start);
        String stop = range.to();
        long to = stop == null ? Long.MAX_VALUE : position(stop);
        int size = snapshot.size();
        long until = Math.min(Math.min(to, size), from + limit);
        if (from < until) {
            until = snapshot.fitting((int) from, (int) until, LARGEST_PAGE);
            readFile((int) from, (int) until);
        }
        long last = from < until ? until - 1 : -1;
        boolean end = until >= to;
        if (!end && until >= size) {
            int room = limit - (int) Math.max(0, until - from);
            List<Change> created = state.created(Math.max(from, size) - size - 1, room + 1);
            for (Change change : created.subList(0, Math.min(room, created.size()))) {
                last = size + change.number();
                offer(new Page.Item.Found(
                        String.valueOf(last),
                        new Resource(change.id(), null, Objects.requireNonNull(change.content()))));
            }
            end = created.size() <= room;
        }
        return new Page(items, last < 0 ? null : String.valueOf(last), end);
    }

    private void readFile(int from, int until) {
        List<SnapshotLine> lines = new ArrayList<>(until - from);
        for (int ordinal = from; ordinal < until; ordinal++) {
            lines.add(line(ordinal));
        }
        Map<String, Change> changes = state.pending()
                .of(lines.stream()
                        .map(SnapshotLine::id)
                        .filter(Objects::nonNull)
                        .map(Objects::requireNonNull)
                        .toList());
        for (int i = 0; i < lines.size(); i++) {
            SnapshotLine line = lines.get(i);
            String position = String.valueOf(from + i);
            String fault = line.fault();
            if (fault != null) {
                String id = line.possibly() ? null : line.id();
                items.add(new Page.Item.Unreadable(position, id, line.place(), fault));
            } else if (snapshot.isDuplicate(from + i)) {
                if (filter == null || filter.matches(line.resource().view())) {
                    items.add(new Page.Item.Duplicate(position, Objects.requireNonNull(line.id()), line.place()));
                }
            } else {
                offer(position, line.resource(), changes.get(line.id()));
            }
        }
    }

    private void offer(String position, Resource resource, @Nullable Change change) {
        if (change == null) {
            offer(new Page.Item.Found(position, resource));
            return;
        }
        Map<String, @Nullable Object> content = change.content();
        if (content != null) {
            offer(new Page.Item.Found(position, new Resource(resource.id(), null, content)));
        }
    }

    private void offer(Page.Item.Found item) {
        if (filter == null || filter.matches(item.resource().view())) {
            items.add(item);
        }
    }

    private SnapshotLine line(int ordinal) {
        byte[] bytes = snapshot.bytes(ordinal);
        if (idsOnly && !snapshot.isDuplicate(ordinal)) {
            String id = SnapshotLine.plainId(bytes);
            if (id != null) {
                return new SnapshotLine(id, false, 0, null, Map.of());
            }
        }
        return SnapshotLine.read(bytes);
    }

    private static long position(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no position in a file. Positions are whole numbers.", e);
        }
    }
}
