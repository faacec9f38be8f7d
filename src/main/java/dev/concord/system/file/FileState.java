package dev.concord.system.file;

import dev.concord.filter.Filter;
import dev.concord.record.Resource;
import dev.concord.system.UnreadableObject;
import dev.concord.system.file.PendingChanges.Change;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A snapshot of a file together with the changes that are pending: what the objects are right now. */
record FileState(String set, Snapshot snapshot, PendingChanges pending) {

    private static final int PAGE = 1000;

    /** What a file and its pending changes say of one id. */
    record Standing(List<SnapshotLine> lines, @Nullable Change change) {

        @Nullable
        Map<String, @Nullable Object> content() {
            if (change != null) {
                return change.content();
            }
            return lines.isEmpty() || lines.getFirst().fault() != null
                    ? null
                    : lines.getFirst().content();
        }

        boolean isInFile() {
            return !lines.isEmpty();
        }

        /**
         * Whether the file holds the id in a way that must be left alone: more than once, or in a record that cannot be
         * read.
         */
        boolean isUntouchable() {
            return lines.size() > 1 || (lines.size() == 1 && lines.getFirst().fault() != null);
        }
    }

    Map<String, Standing> standings(Collection<String> ids) {
        Map<String, List<Integer>> ordinals = snapshot.ordinals(ids);
        Map<String, Change> changes = pending.of(ids);
        Map<String, Standing> standings = new HashMap<>();
        for (String id : new LinkedHashSet<>(ids)) {
            List<SnapshotLine> lines = ordinals.getOrDefault(id, List.of()).stream()
                    .map(snapshot::line)
                    .toList();
            standings.put(id, new Standing(lines, changes.get(id)));
        }
        return standings;
    }

    Map<String, Resource> fetch(Collection<String> ids) {
        Map<String, Resource> found = new HashMap<>();
        standings(ids).forEach((id, standing) -> {
            Map<String, @Nullable Object> content = standing.content();
            if (content != null) {
                found.put(id, new Resource(id, null, content));
            } else if (standing.change() == null && standing.isInFile()) {
                SnapshotLine line = standing.lines().getFirst();
                throw new UnreadableObject(id, set + ", " + line.place() + ": " + line.fault());
            }
        });
        return found;
    }

    /** Throws {@link UnreadableObject} when a record could be what somebody looks for, and nobody can tell. */
    void checkAllIsReadable() {
        long line = snapshot.facts().unreadableLine();
        if (line > 0) {
            throw new UnreadableObject(
                    "at line " + line,
                    set + ", line " + line
                            + " cannot be read, so that nobody knows whether it matches. Repair the line.");
        }
    }

    /**
     * The next objects that are not in the file.
     *
     * @param number the number of the change to start behind
     */
    List<Change> created(long number, int limit) {
        List<Change> created = new ArrayList<>();
        long after = number;
        while (created.size() < limit) {
            List<Change> page = pending.after(after, PAGE);
            if (page.isEmpty()) {
                return created;
            }
            after = page.getLast().number();
            Map<String, List<Integer>> inFile =
                    snapshot.ordinals(page.stream().map(Change::id).toList());
            page.stream()
                    .filter(change -> change.content() != null && !inFile.containsKey(change.id()))
                    .limit((long) limit - created.size())
                    .forEach(created::add);
        }
        return created;
    }

    /** Names every changed object that is not deleted, and answers where in the file changed objects stand. */
    BitSet changed(Consumer<Resource> objects) {
        BitSet ordinals = new BitSet();
        List<Change> page = pending.after(-1, PAGE);
        while (!page.isEmpty()) {
            snapshot.ordinals(page.stream().map(Change::id).toList())
                    .values()
                    .forEach(places -> ordinals.set(places.getFirst()));
            for (Change change : page) {
                Map<String, @Nullable Object> content = change.content();
                if (content != null) {
                    objects.accept(new Resource(change.id(), null, content));
                }
            }
            page = pending.after(page.getLast().number(), PAGE);
        }
        return ordinals;
    }

    long count(@Nullable Filter filter) {
        long[] count = {0};
        BitSet changed = changed(object -> {
            if (filter == null || filter.matches(object.view())) {
                count[0]++;
            }
        });
        if (filter == null) {
            return count[0] + snapshot.facts().found() - changed.cardinality();
        }
        for (int ordinal = 0; ordinal < snapshot.size(); ordinal++) {
            SnapshotLine line = changed.get(ordinal) ? null : snapshot.object(ordinal);
            if (line != null && filter.matches(line.resource().view())) {
                count[0]++;
            }
        }
        return count[0];
    }
}
