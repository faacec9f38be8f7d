package dev.concord.ledger;

import dev.concord.filter.Filter;
import dev.concord.ledger.EntryStates.State;
import dev.concord.ledger.LedgerReader.SegmentId;
import dev.concord.record.CompareKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * Which records two runs decided differently. Of each entry a 64-bit hash of its record, what became of it and where it
 * stands are put aside in a temporary folder, 16 bytes together and no values, in parts of which one at a time is in
 * memory; what differs is read once more when it is told. Belongs to one thread.
 *
 * <p>A record is the same in both runs when its source id is, or without one its target id, under the same link
 * qualifier. Two different records whose hashes are equal are taken for one: with a million entries each that happens
 * in one of ten million comparisons.
 */
final class RecordComparison implements AutoCloseable {

    private static final EntrySearch EVERYTHING = EntrySearch.of(Filter.Literal.TRUE, entry -> Map.of());

    private final LedgerReader ledger;
    private final Side before;
    private final Side after;
    private final Path folder;
    private final Map<Change, Long> numbers = new HashMap<>();

    /** How a record compares. */
    enum Change {
        /** It fails now, and did not before as far as is known. */
        FAILS_NOW,
        FAILED_BEFORE,
        /** Both runs have an entry, and situation or action differ. */
        DIFFERS,
        SAME,
        /** It did not fail, and only one of the runs has an entry of it. */
        ONLY_BEFORE,
        ONLY_AFTER
    }

    /** One of the two runs. */
    private static final class Side {
        private final Run run;
        private final NumberPairs records;
        private final NumberPairs differences;
        private final EntryGroups groups = new EntryGroups();
        private final Map<SegmentId, Integer> segments = new LinkedHashMap<>();
        private long entries;

        private Side(Run run, Path folder, String name) {
            this.run = run;
            this.records = new NumberPairs(folder, name);
            this.differences = new NumberPairs(folder, name + "-differences");
        }

        private int part(int segment) {
            return (int) ((long) segment * NumberPairs.PARTS / Math.max(1, segments.size()));
        }
    }

    RecordComparison(LedgerReader ledger, Run before, Run after) {
        this.ledger = ledger;
        try {
            folder = Files.createTempDirectory("concord-compare");
        } catch (IOException e) {
            throw new UncheckedIOException("There is no room for temporary files; set java.io.tmpdir.", e);
        }
        this.before = new Side(before, folder, "before");
        this.after = new Side(after, folder, "after");
    }

    void read() {
        read(before);
        read(after);
        for (int part = 0; part < NumberPairs.PARTS; part++) {
            join(single(before.records.read(part)), single(after.records.read(part)));
        }
        before.differences.close();
        after.differences.close();
    }

    private void read(Side side) {
        EVERYTHING.each(ledger, side.run, (view, document) -> {
            Integer segment = side.segments.computeIfAbsent(view.segment(), one -> side.segments.size());
            Entry entry = view.entry();
            side.entries++;
            side.groups.add(view);
            String id = entry.sourceId() != null ? entry.sourceId() : entry.targetId();
            if (id != null) {
                String key = (entry.sourceId() != null ? "S" : "T") + id;
                long hash = Handled.hash(0, new CompareKey(key), entry.qualifier());
                side.records.add((int) (hash >>> 58), hash, EntryStates.pack(entry, segment, view.index()));
            }
            return true;
        });
        side.records.close();
    }

    /**
     * One pair a record, by hash. Where a run has several entries of a record, what failed counts, then what came last:
     * a planned delete before it was done, a source id that is there twice.
     */
    private static List<long[]> single(List<long[]> pairs) {
        Comparator<long[]> order = Comparator.<long[]>comparingLong(pair -> pair[0])
                .thenComparing(pair ->
                        EntryStates.read(EntryStates.stateOf(pair[1])).outcome().isFailure())
                .thenComparingLong(pair -> EntryStates.place(pair[1]));
        List<long[]> sorted = new ArrayList<>(pairs);
        sorted.sort(order);
        List<long[]> single = new ArrayList<>(sorted.size());
        for (int i = 0; i < sorted.size(); i++) {
            if (i == sorted.size() - 1 || sorted.get(i + 1)[0] != sorted.get(i)[0]) {
                single.add(sorted.get(i));
            }
        }
        return single;
    }

    private void join(List<long[]> old, List<long[]> now) {
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            int order = i == old.size() ? 1 : j == now.size() ? -1 : Long.compare(old.get(i)[0], now.get(j)[0]);
            long oldEntry = order <= 0 ? old.get(i++)[1] : -1;
            long newEntry = order >= 0 ? now.get(j++)[1] : -1;
            compare(oldEntry, newEntry);
        }
    }

    private void compare(long oldEntry, long newEntry) {
        State was = oldEntry < 0 ? null : EntryStates.read(EntryStates.stateOf(oldEntry));
        State is = newEntry < 0 ? null : EntryStates.read(EntryStates.stateOf(newEntry));
        Change change = change(was, is);
        numbers.merge(change, 1L, Long::sum);
        switch (change) {
            case FAILS_NOW, FAILED_BEFORE, DIFFERS -> {
                if (newEntry >= 0) {
                    note(after, newEntry, oldEntry);
                } else {
                    note(before, oldEntry, -1);
                }
            }
            case SAME, ONLY_BEFORE, ONLY_AFTER -> {}
        }
    }

    private static void note(Side side, long entry, long other) {
        side.differences.add(
                side.part(EntryStates.segment(entry)),
                EntryStates.place(entry),
                other < 0 ? -1 : EntryStates.stateOf(other));
    }

    private static Change change(@Nullable State was, @Nullable State is) {
        boolean failed = was != null && was.outcome().isFailure();
        boolean fails = is != null && is.outcome().isFailure();
        if (failed != fails) {
            return fails ? Change.FAILS_NOW : Change.FAILED_BEFORE;
        }
        if (was == null || is == null) {
            return was == null ? Change.ONLY_AFTER : Change.ONLY_BEFORE;
        }
        return was.situation() == is.situation() && was.action() == is.action() ? Change.SAME : Change.DIFFERS;
    }

    long number(Change change) {
        return numbers.getOrDefault(change, 0L);
    }

    long entriesBefore() {
        return before.entries;
    }

    long entriesAfter() {
        return after.entries;
    }

    EntryGroups groupsBefore() {
        return before.groups;
    }

    EntryGroups groupsAfter() {
        return after.groups;
    }

    /** Tells of each record that fails in one of the runs only, or was decided differently. */
    <E extends Exception> void each(RunComparison.Taker<E> taker) throws E {
        if (each(after, taker)) {
            each(before, taker);
        }
    }

    private <E extends Exception> boolean each(Side side, RunComparison.Taker<E> taker) throws E {
        int[] loaded = {-1};
        Map<Long, Long> others = new HashMap<>();
        return EVERYTHING.each(
                ledger,
                side.run,
                segment -> {
                    Integer number = side.segments.get(segment);
                    int part = number == null ? loaded[0] : side.part(number);
                    if (part != loaded[0]) {
                        loaded[0] = part;
                        others.clear();
                        side.differences.read(part).forEach(pair -> others.put(pair[0], pair[1]));
                    }
                    return !others.isEmpty();
                },
                (view, document) -> {
                    int segment = Objects.requireNonNull(side.segments.get(view.segment()));
                    Long other = others.get(EntryStates.place(segment, view.index()));
                    return other == null || taker.take(difference(side == after, view, other));
                });
    }

    private static RecordDifference difference(boolean isAfter, EntryView view, long other) {
        State own = EntryStates.read(EntryStates.state(view.entry()));
        State counterpart = other < 0 ? null : EntryStates.read((int) other);
        return new RecordDifference(view, isAfter ? counterpart : own, isAfter ? own : null);
    }

    @Override
    public void close() {
        before.records.close();
        after.records.close();
        before.differences.close();
        after.differences.close();
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            // Temporary files without values; the operating system clears them away.
        }
    }
}
