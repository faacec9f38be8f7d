package dev.concord.system.file;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Files that are on the disk when their writing has ended. */
public final class Durable {

    private static final Map<PosixFilePermission, PosixFilePermission> GROUPS_AND_OTHERS = Map.of(
            PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ,
            PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);

    private Durable() {}

    /** A file, emptied if it was there, that is forced to the disk when the stream is closed. */
    public static OutputStream create(Path file) throws IOException {
        return writing(FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING));
    }

    /**
     * Likewise a file that is to replace another one, and that nobody may read meanwhile or afterwards who may not read
     * that: it has the other one's permissions and group before anything is written to it. Where it cannot have the
     * group, the group may do no more than everybody. Nothing may be there yet.
     */
    public static OutputStream createLike(Path replaced, Path file) throws IOException {
        if (!Files.getFileStore(replaced).supportsFileAttributeView(PosixFileAttributeView.class)) {
            return create(file);
        }
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            copyPermissions(replaced, file);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        return writing(channel);
    }

    private static OutputStream writing(FileChannel channel) {
        return new FilterOutputStream(Channels.newOutputStream(channel)) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                try (channel) {
                    if (channel.isOpen()) {
                        channel.force(true);
                    }
                }
            }
        };
    }

    private static void copyPermissions(Path from, Path to) throws IOException {
        PosixFileAttributes wanted = Files.readAttributes(from, PosixFileAttributes.class);
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        permissions.addAll(wanted.permissions());
        if (!hasGroup(to, wanted.group())) {
            GROUPS_AND_OTHERS.forEach((group, others) -> {
                if (!permissions.contains(others)) {
                    permissions.remove(group);
                }
            });
        }
        Files.setPosixFilePermissions(to, permissions);
    }

    private static boolean hasGroup(Path file, GroupPrincipal wanted) {
        try {
            PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (!view.readAttributes().group().equals(wanted)) {
                view.setGroup(wanted);
            }
            return true;
        } catch (IOException notAMember) {
            return false;
        }
    }

    /** Puts a file in the place of another one, at once and lastingly. */
    public static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Path folder = to.toAbsolutePath().getParent();
        if (folder == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows cannot open folders, and does not need it.
            if (!System.getProperty("os.name", "").startsWith("Windows")) {
                throw e;
            }
        }
    }
}
