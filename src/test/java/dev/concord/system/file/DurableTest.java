package dev.concord.system.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurableTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "rw-r-----", "rw-rw-r--", "r--------"})
    void whatIsToReplaceAFileMayBeReadByTheSameAndNoOthersFromTheStartOn(String permissions) throws Exception {
        Path replaced = Files.writeString(folder.resolve("people.csv"), "id\n");
        Files.setPosixFilePermissions(replaced, PosixFilePermissions.fromString(permissions));
        Path aside = folder.resolve(".people.csv.new");
        try (OutputStream out = Durable.createLike(replaced, aside)) {
            assertThat(permissions(aside)).isEqualTo(permissions);
            out.write("id\n1\n".getBytes(StandardCharsets.UTF_8));
        }
        Durable.rename(aside, replaced);
        assertThat(permissions(replaced)).isEqualTo(permissions);
        assertThat(Files.getAttribute(replaced, "posix:group")).isEqualTo(Files.getAttribute(folder, "posix:group"));
    }

    private static String permissions(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
