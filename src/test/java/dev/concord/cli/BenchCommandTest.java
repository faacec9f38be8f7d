package dev.concord.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.run.Home;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bench} refuses before it does anything. */
class BenchCommandTest {

    @TempDir
    private Path home;

    private final TestScreen screen = TestScreen.file();

    @Test
    void anUnknownBenchmarkIsRefusedNamingThoseThereAre() {
        assertThat(concord("bench", "fast")).isEqualTo(ExitCode.MISUSED);
        assertThat(screen.err()).contains("fast").contains("unchanged, initial, nightly");
    }

    @Test
    void aDatabaseThatIsNoneIsRefusedWithoutRepeatingItsPassword() {
        assertThat(concord("bench", "unchanged", "--db", "jdbc:oracle:thin:me/secret@db"))
                .isEqualTo(ExitCode.MISUSED);
        assertThat(screen.err()).contains("h2").contains("jdbc:mysql://").doesNotContain("secret");
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void aServerThatDoesNotAnswerIsNamedWithoutItsPassword() {
        assertThat(concord("bench", "unchanged", "--db", "jdbc:mysql://127.0.0.1:1/?user=me&password=secret"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(screen.err()).contains("jdbc:mysql://127.0.0.1:1/").doesNotContain("secret");
    }

    @Test
    void tooFewRecordsAreRefused() {
        assertThat(concord("bench", "--rows", "5")).isEqualTo(ExitCode.MISUSED);
        assertThat(screen.err()).contains("--rows 5");
        assertThat(home).isEmptyDirectory();
    }

    private int concord(String... arguments) {
        return ConcordCommand.execute(Void.class, new Home(home), screen.screen(), arguments);
    }
}
