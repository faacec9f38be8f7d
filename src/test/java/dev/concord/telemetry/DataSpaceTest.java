package dev.concord.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;
import org.springframework.util.unit.DataSize;

class DataSpaceTest {

    @TempDir
    private Path home;

    @Test
    void roomIsLookedForWhereDataIsOrWillBe() throws Exception {
        Path data = home.resolve("data");
        DataSpace space = new DataSpace(data, DataSize.ofBytes(1));
        assertThat(space.health().getStatus()).isEqualTo(Status.UP);
        assertThat(space.health().getDetails()).containsEntry("path", home.toString());
        Files.createDirectory(data);
        assertThat(space.health().getDetails()).containsEntry("path", data.toString());
        assertThat(new DataSpace(data, DataSize.ofTerabytes(1_000_000)).health().getStatus())
                .isEqualTo(Status.DOWN);
    }
}
