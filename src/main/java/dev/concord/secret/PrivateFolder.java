package dev.concord.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/** Folders for what is as confidential as the records that it was made of. */
public final class PrivateFolder {

    private static final Set<PosixFilePermission> OWNERS =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private PrivateFolder() {}

    /**
     * Makes a folder, and those above it that are missing, such that only its owner can look into it. One that is there
     * stays as it is. Where the file system knows no such permissions, the folder's surroundings decide.
     */
    public static Path make(Path folder) throws IOException {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
                : Files.createDirectories(folder);
    }

    /**
     * Takes away from everybody but the owner what they may do with a file, or with a folder and all in it, as an
     * earlier version may have left it. Links are not followed; what is not there, and what belongs to somebody else,
     * stays as it is.
     *
     * @return whether all of it is private now, as far as the file system knows permissions
     */
    public static boolean close(Path path) {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")
                || !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        boolean[] closed = {true};
        // The folder comes before what is in it, so that nobody looks on meanwhile.
        try (Stream<Path> all = Files.walk(path)) {
            all.forEach(one -> closed[0] &= closeOne(one));
        } catch (NoSuchFileException gone) {
            return closed[0];
        } catch (UncheckedIOException unreadable) {
            return closed[0] && unreadable.getCause() instanceof NoSuchFileException;
        } catch (IOException unreadable) {
            return false;
        }
        return closed[0];
    }

    private static boolean closeOne(Path path) {
        try {
            if (Files.isSymbolicLink(path)) {
                return true;
            }
            Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
            permissions.addAll(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
            if (permissions.retainAll(OWNERS)) {
                Files.setPosixFilePermissions(path, permissions);
            }
            return true;
        } catch (NoSuchFileException gone) {
            return true;
        } catch (IOException notOurs) {
            return false;
        }
    }
}
