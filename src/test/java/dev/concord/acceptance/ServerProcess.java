package dev.concord.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code concord serve} in a process of its own, on free ports. */
final class ServerProcess implements AutoCloseable {

    private static final Pattern SERVING = Pattern.compile("Serving .* on (https?://[^,]+), metrics");

    private final Process process;
    private final Path said;

    private ServerProcess(Process process, Path said) {
        this.process = process;
        this.said = said;
    }

    /** @param settings such as {@code concord.schedules.recover=300ms} */
    static ServerProcess start(Path home, TestDatabase database, Path said, String... settings) throws IOException {
        List<String> command =
                ConcordCommand.of(home, database, List.of(settings), "serve", "--port", "0", "--management-port", "0");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        return new ServerProcess(process, said);
    }

    long pid() {
        return process.pid();
    }

    String said() throws IOException {
        return Files.readString(said, UTF_8);
    }

    /** Where it serves, once it does; {@code path} with its query, already encoded. */
    URI address(String path) throws IOException {
        Matcher serving = SERVING.matcher(said());
        assertThat(serving.find()).as(said()).isTrue();
        return URI.create(serving.group(1) + path);
    }

    /** Waits until it serves. */
    ServerProcess await() throws Exception {
        Instant end = Instant.now().plusSeconds(180);
        while (!said().contains("Serving ")) {
            assertThat(process.isAlive()).as(said()).isTrue();
            assertThat(Instant.now()).as(said()).isBefore(end);
            Thread.sleep(50);
        }
        return this;
    }

    /** kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM; answers how it exits. */
    int terminate() throws Exception {
        process.destroy();
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).as(said()).isTrue();
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
