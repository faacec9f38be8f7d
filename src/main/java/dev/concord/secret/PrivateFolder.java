package dev.concord.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Folders for what is as confidential as the records that it was made of. */
public final class PrivateFolder {

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
}
