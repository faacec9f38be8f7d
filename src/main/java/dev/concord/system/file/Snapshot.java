package dev.concord.system.file;

import dev.concord.filter.Comparand;
import dev.concord.filter.Equality;
import dev.concord.record.Pointer;
import dev.concord.system.SystemUnavailable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The records of a file at one moment, in file order, with an index by id. Records and index are mapped files, so that
 * nothing per record is on the heap, and readers of a snapshot that is no longer current can finish. Safe for use by
 * several threads.
 *
 * <p>The index file holds, as little-endian 64-bit numbers: the number of records, the number of index entries, where
 * each record starts (and where the last one ends), the entries of the {@link OrdinalTable}.
 */
final class Snapshot {

    /** Marks the start of a record whose id an earlier record has. */
    static final long DUPLICATE = 1L << 62;

    static final String RECORDS = ".jsonl";
    static final String INDEX = ".index";
    static final String FACTS = ".facts.json";

    private static final Comparand ID = Comparand.of(Pointer.of("_id"));
    private static final int HEADER = 2 * Long.BYTES;
    private static final int MOST_ATTRIBUTE_INDEXES = 4;

    private final SnapshotFacts facts;
    private final MemorySegment records;
    private final MemorySegment starts;
    private final OrdinalTable ids;
    private final Map<Comparand, AttributeIndex> attributes = new LinkedHashMap<>();

    private Snapshot(SnapshotFacts facts, MemorySegment records, MemorySegment starts, OrdinalTable ids) {
        this.facts = facts;
        this.records = records;
        this.starts = starts;
        this.ids = ids;
    }

    /**
     * What is known of the snapshot of this name in a folder; empty when there is none, or one whose making was
     * interrupted.
     */
    static Optional<SnapshotFacts> factsIn(Path folder, String name) {
        Path file = folder.resolve(name + FACTS);
        try {
            return Files.exists(file) ? Optional.of(SnapshotFacts.read(Files.readString(file))) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            throw new SystemUnavailable("The snapshot " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Opens the snapshot of this name, which must be there. */
    static Snapshot open(Path folder, String name, SnapshotFacts facts) {
        try {
            MemorySegment index = map(folder.resolve(name + INDEX));
            long count = index.get(OrdinalTable.LONG, 0);
            long entries = index.get(OrdinalTable.LONG, Long.BYTES);
            long startsSize = (count + 1) * Long.BYTES;
            MemorySegment records = map(folder.resolve(name + RECORDS));
            MemorySegment starts = index.asSlice(HEADER, startsSize);
            if (count != facts.records() || starts.getAtIndex(OrdinalTable.LONG, count) != records.byteSize()) {
                throw new IOException("its files do not belong together");
            }
            return new Snapshot(
                    facts, records, starts, new OrdinalTable(index.asSlice(HEADER + startsSize, entries * Long.BYTES)));
        } catch (IOException | IndexOutOfBoundsException e) {
            throw new SystemUnavailable(
                    "The snapshot " + folder.resolve(name) + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private static MemorySegment map(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
        }
    }

    SnapshotFacts facts() {
        return facts;
    }

    int size() {
        return (int) facts.records();
    }

    boolean isDuplicate(int ordinal) {
        return (starts.getAtIndex(OrdinalTable.LONG, ordinal) & DUPLICATE) != 0;
    }

    byte[] bytes(int ordinal) {
        long from = start(ordinal);
        // Without the line feed.
        return records.asSlice(from, start(ordinal + 1) - from - 1).toArray(ValueLayout.JAVA_BYTE);
    }

    /** The end of the longest run of records from here that has so many bytes at most; one record at least. */
    int fitting(int from, int until, int bytes) {
        int end = until;
        while (end > from + 1 && start(end) - start(from) > bytes) {
            end = from + Math.max(1, (end - from) / 2);
        }
        return end;
    }

    SnapshotLine line(int ordinal) {
        return SnapshotLine.read(bytes(ordinal));
    }

    private long start(int ordinal) {
        return starts.getAtIndex(OrdinalTable.LONG, ordinal) & ~DUPLICATE;
    }

    /** Where the records with these ids stand, in file order, by id; ids that do not occur are not in the answer. */
    Map<String, List<Integer>> ordinals(Collection<String> wanted) {
        LongList candidates = new LongList();
        Set<Integer> hashes = new HashSet<>();
        for (String id : wanted) {
            int hash = OrdinalTable.hashOf(id);
            if (hashes.add(hash)) {
                ids.forEach(hash, candidates::add);
            }
        }
        Map<String, List<Integer>> found = new HashMap<>();
        for (long candidate : candidates.sorted()) {
            String id = SnapshotLine.idOf(bytes((int) candidate));
            if (id != null) {
                found.computeIfAbsent(id, any -> new ArrayList<>(1)).add((int) candidate);
            }
        }
        found.keySet().retainAll(new HashSet<>(wanted));
        return found;
    }

    /** The index of an attribute's values, made when it is first asked for; the oldest ones are let go. */
    private AttributeIndex index(Comparand comparand) {
        synchronized (attributes) {
            AttributeIndex index = attributes.get(comparand);
            if (index == null) {
                index = AttributeIndex.of(this, comparand);
                attributes.put(comparand, index);
                if (attributes.size() > MOST_ATTRIBUTE_INDEXES) {
                    attributes.remove(attributes.keySet().iterator().next());
                }
            }
            return index;
        }
    }

    /** Names the records that may satisfy an equality, in file order; those that do are among them. */
    void forEachCandidate(Equality equality, IntConsumer ordinals) {
        if (equality.comparand().equals(ID)) {
            if (equality.value() instanceof String id) {
                ids.forEach(OrdinalTable.hashOf(id), ordinals);
            }
        } else {
            index(equality.comparand()).forEach(equality, ordinals);
        }
    }

    /** The object there, or null where there is a duplicate or an unreadable record. */
    @Nullable
    SnapshotLine object(int ordinal) {
        if (isDuplicate(ordinal)) {
            return null;
        }
        SnapshotLine line = line(ordinal);
        return line.fault() == null ? line : null;
    }
}
