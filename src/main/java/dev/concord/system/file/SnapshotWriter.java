package dev.concord.system.file;

import dev.concord.secret.PrivateFolder;
import dev.concord.system.SystemUnavailable;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a file once, from its first byte to its last, and writes the snapshot of it; complete or not at all. */
final class SnapshotWriter {

    private static final String ASIDE = ".new";

    private final RecordFormat format;
    private final Path source;
    private final Path folder;
    private final String name;
    private final LongList entries = new LongList();
    private long records;
    private long unreadable;
    private long unreadableLine;
    private long duplicates;
    private long lostLine;
    private long position;

    SnapshotWriter(RecordFormat format, Path source, Path folder, String name) {
        this.format = format;
        this.source = source;
        this.folder = folder;
        this.name = name;
    }

    /**
     * Writes the snapshot.
     *
     * @param before the file's stamp, or null to write the snapshot of a file that does not exist yet
     */
    SnapshotFacts write(@Nullable Stamp before) {
        try {
            PrivateFolder.make(folder);
            RecordFormat.Layout layout;
            String hash;
            MessageDigest digest = sha256();
            try (OutputStream lines = Durable.create(aside(Snapshot.RECORDS));
                    DataOutputStream index =
                            new DataOutputStream(new BufferedOutputStream(Durable.create(aside(Snapshot.INDEX))))) {
                writeLong(index, 0);
                writeLong(index, 0);
                layout = before == null ? format.newLayout() : copy(before, digest, lines, index);
                writeLong(index, position);
                for (long entry : entries.sorted()) {
                    writeLong(index, entry);
                }
            }
            hash = HexFormat.of().formatHex(digest.digest());
            finishIndex();
            SnapshotFacts facts = new SnapshotFacts(
                    source.toString(),
                    hash,
                    records,
                    records - unreadable - duplicates,
                    duplicates,
                    unreadable,
                    unreadableLine,
                    lostLine,
                    layout.columns());
            try (OutputStream out = Durable.create(aside(Snapshot.FACTS))) {
                out.write(facts.json().getBytes(StandardCharsets.UTF_8));
            }
            // The facts come last: they say that the snapshot is complete.
            Durable.rename(aside(Snapshot.RECORDS), folder.resolve(name + Snapshot.RECORDS));
            Durable.rename(aside(Snapshot.INDEX), folder.resolve(name + Snapshot.INDEX));
            Durable.rename(aside(Snapshot.FACTS), folder.resolve(name + Snapshot.FACTS));
            return facts;
        } catch (IOException e) {
            DiskTrouble.removeRest(aside(Snapshot.RECORDS));
            DiskTrouble.removeRest(aside(Snapshot.INDEX));
            DiskTrouble.removeRest(aside(Snapshot.FACTS));
            throw new SystemUnavailable(
                    "The file " + source + " cannot be copied to " + folder + ": " + DiskTrouble.reason(e), e);
        }
    }

    private Path aside(String suffix) {
        return folder.resolve(name + suffix + ASIDE);
    }

    private RecordFormat.Layout copy(Stamp before, MessageDigest digest, OutputStream lines, DataOutputStream index)
            throws IOException {
        try (InputStream file = new DigestInputStream(Files.newInputStream(source), digest);
                OutputStream out = new BufferedOutputStream(lines, 1 << 16)) {
            RecordFormat.Reader reader = format.read(file);
            for (SourceRecord record = reader.next(); record != null; record = reader.next()) {
                add(record, out, index);
            }
            out.flush();
            return reader.layout();
        } finally {
            // A file that is still being written explains most other faults, so it is told first.
            if (!before.equals(Stamp.of(source))) {
                throw changed();
            }
        }
    }

    private SystemUnavailable changed() {
        return new SystemUnavailable(
                "The file " + source
                        + " changed while it was read. Write it under another name and rename it when it is complete;"
                        + " then start again.",
                null);
    }

    private void add(SourceRecord source, OutputStream out, DataOutputStream index) throws IOException {
        if (records == Integer.MAX_VALUE - 8) {
            throw new SystemUnavailable("The file " + this.source + " has more than " + records + " records.", null);
        }
        writeLong(index, position);
        byte[] line = SnapshotLine.write(source);
        out.write(line);
        out.write('\n');
        position += line.length + 1L;
        String id = source.id();
        if (id != null) {
            entries.add(OrdinalTable.entry(OrdinalTable.hashOf(id), (int) records));
        }
        records++;
        if (source instanceof SourceRecord.Broken) {
            unreadable++;
            unreadableLine = unreadableLine == 0 ? source.line() : unreadableLine;
        }
        if (lostLine == 0 && source.raw() instanceof SourceRecord.Raw.Lost) {
            lostLine = source.line();
        }
    }

    /** Writes the two counts and marks the duplicates: records whose hash another one has are compared by their ids. */
    private void finishIndex() throws IOException {
        try (Arena arena = Arena.ofConfined();
                FileChannel channel =
                        FileChannel.open(aside(Snapshot.INDEX), StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileChannel lines = FileChannel.open(aside(Snapshot.RECORDS))) {
            MemorySegment index = channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size(), arena);
            MemorySegment text = lines.map(FileChannel.MapMode.READ_ONLY, 0, lines.size(), arena);
            long startsEnd = (2 + records + 1) * Long.BYTES;
            OrdinalTable table = new OrdinalTable(index.asSlice(startsEnd));
            index.setAtIndex(OrdinalTable.LONG, 0, records);
            index.setAtIndex(OrdinalTable.LONG, 1, table.size());
            MemorySegment starts = index.asSlice(2L * Long.BYTES, (records + 1) * Long.BYTES);
            for (long at = 0; at < table.size(); ) {
                long end = at + 1;
                while (end < table.size() && OrdinalTable.hash(table.get(end)) == OrdinalTable.hash(table.get(at))) {
                    end++;
                }
                if (end - at > 1) {
                    markDuplicates(table, at, end, starts, text);
                }
                at = end;
            }
            index.force();
        }
    }

    private void markDuplicates(OrdinalTable table, long from, long to, MemorySegment starts, MemorySegment text) {
        Set<String> seen = new HashSet<>();
        for (long at = from; at < to; at++) {
            int ordinal = OrdinalTable.ordinal(table.get(at));
            long start = starts.getAtIndex(OrdinalTable.LONG, ordinal);
            long end = starts.getAtIndex(OrdinalTable.LONG, ordinal + 1L) & ~Snapshot.DUPLICATE;
            SnapshotLine line =
                    SnapshotLine.read(text.asSlice(start, end - start - 1).toArray(ValueLayout.JAVA_BYTE));
            if (line.id() != null && !seen.add(line.id()) && line.fault() == null) {
                starts.setAtIndex(OrdinalTable.LONG, ordinal, start | Snapshot.DUPLICATE);
                duplicates++;
            }
        }
    }

    private static void writeLong(DataOutputStream out, long number) throws IOException {
        out.writeLong(Long.reverseBytes(number));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
