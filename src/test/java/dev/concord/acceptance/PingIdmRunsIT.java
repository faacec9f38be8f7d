package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.run.Reconciliations;
import dev.concord.testing.Databases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Mapping files as PingIDM has them, run as they are. What each run must come to stands beside the file under the same
 * name, worked out by hand from what PingIDM's keys mean; what the lines say is told by {@link PingIdmWorld}.
 */
@TestInstance(Lifecycle.PER_CLASS)
class PingIdmRunsIT {

    static final Path FOLDER = Path.of("src", "test", "resources", "pingidmruns");
    private static final String ENTRIES = ".entries";

    private PingIdmWorld world;

    @BeforeAll
    void open(@TempDir Path home) throws IOException {
        world = new PingIdmWorld(FOLDER, home, Databases.H2.fresh());
    }

    @AfterAll
    void close() {
        world.close();
    }

    static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void allFilesAreUnderstoodAndEachIsRun() throws IOException {
        assertThat(world.house().get(Reconciliations.class).definitions().hasErrors())
                .as("%s", world.house().get(Reconciliations.class).definitions().faults())
                .isFalse();
        assertThat(files())
                .isNotEmpty()
                .allSatisfy(file -> assertThat(entries(file)).exists());
    }

    /** The files that are only read have one key each, after which they are named. */
    @Test
    void everyKeyStandsInAFileThatIsRun() throws IOException {
        StringBuilder texts = new StringBuilder();
        for (String file : files()) {
            texts.append(Files.readString(FOLDER.resolve(file)));
        }
        assertThat(keys())
                .hasSizeGreaterThan(40)
                .allSatisfy(key -> assertThat(texts).contains("\"" + key + "\": "));
    }

    private static List<String> keys() throws IOException {
        try (Stream<Path> files =
                Files.list(FOLDER.resolveSibling("definitions").resolve("pingidm"))) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith("mapping-"))
                    .map(name -> name.substring("mapping-".length(), name.length() - ".json".length()))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void aRunGivesWhatStandsBesideItsFile(String file) throws IOException {
        List<String> lines = Files.readAllLines(entries(file)).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        assertThat(lines).anyMatch(line -> line.startsWith("run"));
        assertThat(world.follow(lines)).isEqualTo(String.join("\n", lines));
    }

    private static Path entries(String file) {
        return FOLDER.resolve(file.replaceAll("\\.json$", ENTRIES));
    }
}
