package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Runs;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an earlier version left open to others is closed when Concord starts. */
class PrivateDataTest {

    @Test
    void dataIsMadePrivateAtTheStart(@TempDir Path home) throws IOException {
        Path keys = Files.createDirectories(home.resolve("data/plan-keys"));
        Path key = Files.writeString(keys.resolve("plan"), "secret");
        for (Path path : new Path[] {home.resolve("data"), keys, key}) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        try (TestDatabase database = Databases.H2.fresh();
                House house = House.open(home, database)) {
            assertThat(house.get(Runs.class).newest(null, 1)).isEmpty();
            for (Path path : new Path[] {home.resolve("data"), keys, key}) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .as(path.toString())
                        .isEqualTo("rwx------");
            }
        }
    }
}
