package dev.concord.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFolderTest {

    @TempDir
    private Path home;

    @Test
    void onlyItsOwnerCanLookIntoAFolderThatIsMade() throws IOException {
        PrivateFolder.make(home.resolve("data/snapshots"));
        assertThat(permissions("data")).isEqualTo("rwx------");
        assertThat(permissions("data/snapshots")).isEqualTo("rwx------");
    }

    @Test
    void aFolderThatIsThereStaysAsItIs() throws IOException {
        Path there = Files.createDirectory(home.resolve("there"));
        Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("rwxr-x---"));
        PrivateFolder.make(there);
        assertThat(permissions("there")).isEqualTo("rwxr-x---");
    }

    private String permissions(String folder) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(folder)));
    }
}
