package dev.concord;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts Concord the way people do: with the launcher, after the build. */
class LauncherIT {

    private static final Path LAUNCHER = Path.of("concord").toAbsolutePath();

    @TempDir
    private Path elsewhere;

    @Test
    void startsFromAnyFolderThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(elsewhere.resolve("linked"), LAUNCHER);
        Answer answer = start(link, "--version");
        Files.delete(link);
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out()).startsWith("concord ").hasLineCount(1);
    }

    @Test
    void saysNothingButItsAnswerOnceItIsBuilt() throws Exception {
        start(LAUNCHER, "--version");
        assertThat(start(LAUNCHER, "--version").err()).isEmpty();
    }

    @Test
    void letTheJvmWatchARunThatWentWell() throws Exception {
        start(LAUNCHER, "--version");
        assertThat(Path.of("target/run/start.log"))
                .content()
                .contains("rehearsal: done")
                .contains("CREATE    600");
    }

    @Test
    void refusesAHomeThatIsNotThere() throws Exception {
        Answer answer = start(LAUNCHER, "--home", "nowhere", "--version");
        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains("nowhere", "--home");
    }

    @Test
    void findsAJdkEvenWhereJavaHomeIsOfNoUse() throws Exception {
        Answer answer = start(LAUNCHER, "--java-home");
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(Path.of(answer.out().strip(), "bin", "javac")).isExecutable();
    }

    private record Answer(int exitCode, String out, String err) {}

    private Answer start(Path command, String... arguments) throws IOException, InterruptedException {
        Path out = elsewhere.resolve("out");
        Path err = elsewhere.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of(command.toString()), Stream.of(arguments))
                        .toList())
                .directory(elsewhere.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", elsewhere.toString());
        builder.environment().keySet().removeAll(List.of("CONCORD_HOME", "CONCORD_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"));
        int exitCode = builder.start().waitFor();
        return new Answer(exitCode, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    }
}
