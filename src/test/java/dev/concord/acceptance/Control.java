package dev.concord.acceptance;

import dev.concord.testing.Databases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/** The story of the sample company as it goes on H2, to compare others with. Told once for a JVM. */
final class Control {

    static final CompanyStory STORY = tell();

    private Control() {}

    private static CompanyStory tell() {
        try {
            Path folder = Files.createTempDirectory("company");
            try {
                return CompanyContract.story(Databases.H2, folder);
            } finally {
                FileSystemUtils.deleteRecursively(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
