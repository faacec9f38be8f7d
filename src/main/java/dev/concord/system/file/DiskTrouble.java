package dev.concord.system.file;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What files say that could not be written, and what becomes of the part that was. */
public final class DiskTrouble {

    private DiskTrouble() {}

    /** Why, and what to do where more room would help. */
    public static String reason(IOException trouble) {
        String said = trouble instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : String.valueOf(trouble.getMessage());
        String lower = said.toLowerCase(Locale.ROOT);
        boolean full = lower.contains("no space") || lower.contains("quota") || lower.contains("file too large");
        return full ? said + ". Make room there." : said;
    }

    /** Removes a part of a file: it is of no use, and takes room where there may be none. */
    public static void removeRest(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // The next attempt writes over it.
        }
    }
}
