package dev.concord.system.file;

import dev.concord.system.ObjectSchema;
import dev.concord.system.SystemUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The file that holds an object set.
 *
 * @param set the set's path, such as {@code system/hr/employee}
 */
record ObjectFile(String set, Path path, RecordFormat format) {

    /**
     * The file's stamp. Where the file is to be written to, null stands for a file that is not there yet, or that was
     * made without any content; elsewhere a file that is not there is an error.
     */
    @Nullable
    Stamp stamp(boolean target) {
        Stamp stamp = Stamp.of(path);
        if (stamp == null && !target) {
            throw new SystemUnavailable(
                    set + ": there is no file " + path + ". Put it there, or correct 'file' in the system's file.",
                    null);
        }
        return stamp != null && stamp.size() == 0 && target ? null : stamp;
    }

    /** Whether the file still is what a snapshot was made of, or is not there any more. */
    boolean isAsIn(SnapshotFacts facts) {
        if (Stamp.of(path) == null) {
            return true;
        }
        try (InputStream in = Files.newInputStream(path)) {
            MessageDigest digest = SnapshotWriter.sha256();
            in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            return HexFormat.of().formatHex(digest.digest()).equals(facts.sha256());
        } catch (IOException e) {
            throw new SystemUnavailable(set + ": the file " + path + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** What the file says of itself now, without reading its records. */
    RecordFormat.Layout layout() {
        Stamp stamp = Stamp.of(path);
        if (stamp == null || stamp.size() == 0) {
            return format.newLayout();
        }
        try (InputStream in = Files.newInputStream(path)) {
            return format.read(in).layout();
        } catch (IOException e) {
            throw new SystemUnavailable(set + ": the file " + path + " cannot be read: " + e.getMessage(), e);
        }
    }

    ObjectSchema schema(RecordFormat.Layout layout) {
        return new ObjectSchema(format.attributes(layout), format.open(), false, true);
    }

    /** The name that snapshots of this file have in their folders. */
    String snapshotName() {
        return snapshotName(set);
    }

    static String snapshotName(String set) {
        String plain = set.replaceAll("[^A-Za-z0-9._-]", "-");
        return plain + "-" + Integer.toHexString(OrdinalTable.hashOf(set));
    }

    Snapshot snapshot(Path folder, boolean target) {
        String name = snapshotName();
        SnapshotFacts facts = Snapshot.factsIn(folder, name)
                .orElseGet(() -> new SnapshotWriter(format, path, folder, name).write(stamp(target)));
        return Snapshot.open(folder, name, facts);
    }
}
