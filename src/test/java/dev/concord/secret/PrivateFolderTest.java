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

    @Test
    void whatAnEarlierVersionLeftOpenIsClosedToAllButTheOwner() throws IOException {
        Path keys = Files.createDirectories(home.resolve("data/plan-keys"));
        Files.writeString(keys.resolve("plan"), "secret");
        Path outside = Files.writeString(home.resolve("outside"), "public");
        Files.createSymbolicLink(keys.resolve("link"), outside);
        Path odd = Files.writeString(home.resolve("data/odd"), "");
        for (Path path : new Path[] {home.resolve("data"), keys}) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.setPosixFilePermissions(keys.resolve("plan"), PosixFilePermissions.fromString("rw-rw-r--"));
        Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(odd, PosixFilePermissions.fromString("---------"));

        assertThat(PrivateFolder.close(home.resolve("data"))).isTrue();

        assertThat(permissions("data")).isEqualTo("rwx------");
        assertThat(permissions("data/plan-keys")).isEqualTo("rwx------");
        assertThat(permissions("data/plan-keys/plan")).isEqualTo("rw-------");
        assertThat(permissions("data/odd")).isEqualTo("---------");
        assertThat(permissions("outside")).isEqualTo("rw-r--r--");
        assertThat(PrivateFolder.close(home.resolve("not there"))).isTrue();
    }

    private String permissions(String folder) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(folder)));
    }
}
