package dev.concord.ledger;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of numbers in files of a folder, spread over {@value #PARTS} parts, so that one part at a time fits into memory
 * however many there are. First everything is written, then parts are read. Not safe for use by several threads.
 */
final class NumberPairs implements AutoCloseable {

    static final int PARTS = 64;

    private static final int BUFFER = 16_384;
    private static final int BYTES = 2 * Long.BYTES;

    private final Path folder;
    private final String name;
    private final @Nullable DataOutputStream[] outs = new DataOutputStream[PARTS];

    NumberPairs(Path folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    void add(int part, long first, long second) {
        try {
            DataOutputStream out = outs[part];
            if (out == null) {
                out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file(part)), BUFFER));
                outs[part] = out;
            }
            out.writeLong(first);
            out.writeLong(second);
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    /** The pairs of a part, in the order in which they were added. */
    List<long[]> read(int part) {
        close();
        Path file = file(part);
        if (!Files.exists(file)) {
            return List.of();
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
            int size = Math.toIntExact(Files.size(file) / BYTES);
            List<long[]> pairs = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                pairs.add(new long[] {in.readLong(), in.readLong()});
            }
            return pairs;
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    private Path file(int part) {
        return folder.resolve(name + "-" + part);
    }

    /** Ends writing. */
    @Override
    public void close() {
        for (int i = 0; i < PARTS; i++) {
            try (DataOutputStream out = outs[i]) {
                outs[i] = null;
            } catch (IOException e) {
                throw trouble(e);
            }
        }
    }

    private UncheckedIOException trouble(IOException e) {
        return new UncheckedIOException(
                "Entries could not be put aside in " + folder + "; make room there, or set java.io.tmpdir.", e);
    }
}
