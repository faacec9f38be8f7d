package dev.concord.system.file;

import dev.concord.secret.PrivateFolder;
import dev.concord.system.SystemUnavailable;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The snapshot that shows a file as it is now, made again when the file has changed. Its files are removed as soon as
 * they are mapped, so that nothing stays behind, whatever way the process ends.
 */
final class LiveSnapshot {

    private final ObjectFile file;
    private final Path folder;
    private @Nullable Snapshot current;
    private @Nullable Stamp stamp;

    LiveSnapshot(ObjectFile file, Path folder) {
        this.file = file;
        this.folder = folder;
    }

    synchronized Snapshot get(boolean target) {
        Stamp now = file.stamp(target);
        if (current == null || !Objects.equals(now, stamp)) {
            current = make(target);
            stamp = now;
        }
        return current;
    }

    private Snapshot make(boolean target) {
        try {
            PrivateFolder.make(folder);
            Path own = Files.createTempDirectory(folder, file.snapshotName() + "-");
            try {
                return file.snapshot(own, target);
            } finally {
                remove(own);
            }
        } catch (IOException e) {
            throw new SystemUnavailable(
                    file.set() + ": a copy of " + file.path() + " cannot be made in " + folder + ": "
                            + DiskTrouble.reason(e),
                    e);
        }
    }

    static void remove(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                // Where a mapped file cannot be deleted, it goes with the process.
                if (!file.toFile().delete()) {
                    file.toFile().deleteOnExit();
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) {
                if (!folder.toFile().delete()) {
                    folder.toFile().deleteOnExit();
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
