package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.concord.record.Json;
import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code serve} writes: where it can be reached, and a log in one form from its first to its last line. */
class SayingsOfAServerIT {

    @TempDir
    Path folder;

    @Test
    void aLogInJsonIsThatToItsLastLine() throws Exception {
        StaffHome home = StaffHome.managed(folder.resolve("home"), "");
        try (TestDatabase database = Databases.H2.fresh();
                ServerProcess server = ServerProcess.start(
                        home.folder(),
                        database,
                        folder.resolve("said"),
                        "logging.structured.format.console=ecs",
                        "logging.level.com.zaxxer.hikari=info",
                        "logging.level.org.apache.catalina=info",
                        "logging.level.org.quartz=info")) {
            server.await();
            assertThat(server.terminate()).as(server.said()).isZero();
            List<String> lines = server.said()
                    .lines()
                    .filter(line -> !line.startsWith("Serving "))
                    .toList();
            assertThat(lines)
                    .allSatisfy(
                            line -> assertThatCode(() -> Json.readObject(line)).doesNotThrowAnyException());
            assertThat(lines).anyMatch(line -> line.contains("Shutting down; runs stop"));
            assertThat(lines.getLast()).contains("Shutdown completed");
        }
    }

    @Test
    void whereAServerIsReachedIsSaidAsItIs() throws Exception {
        StaffHome home = StaffHome.managed(folder.resolve("home"), "");
        Path store = folder.resolve("tls.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "concord",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit")
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        try (TestDatabase database = Databases.H2.fresh();
                ServerProcess server = ServerProcess.start(
                        home.folder(),
                        database,
                        folder.resolve("said"),
                        "server.ssl.key-store=file:" + store,
                        "server.ssl.key-store-password=changeit")) {
            server.await();
            URI address = server.address("/");
            assertThat(server.said())
                    .containsPattern("on https://127\\.0\\.0\\.1:\\d+, metrics on port \\d+ \\(http\\)\\.");
            try (Socket socket = new Socket(address.getHost(), address.getPort())) {
                assertThat(socket.isConnected()).isTrue();
            }
        }
    }
}
