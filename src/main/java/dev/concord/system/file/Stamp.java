package dev.concord.system.file;

import dev.concord.system.SystemUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** What tells one state of a file from another without reading it. */
record Stamp(long size, FileTime modified, @Nullable Object key) {

    /** The file's stamp, or null when there is no such file. */
    static @Nullable Stamp of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw new SystemUnavailable(file + " is not a file. Name a file, not a folder.", null);
            }
            return new Stamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new SystemUnavailable("The file " + file + " cannot be looked at: " + e.getMessage(), e);
        }
    }
}
