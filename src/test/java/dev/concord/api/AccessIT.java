package dev.concord.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.testing.Databases;
import dev.concord.testing.Server;
import dev.concord.testing.TestDatabase;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gets in, by which way, and what they may do then. */
class AccessIT {

    private static Server server;
    private static TestDatabase database;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        Files.createDirectories(home.resolve("jobs"));
        database = Databases.H2.fresh();
        server = Server.open(home, database);
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
    }

    @Test
    void whoDoesNotSayWhoTheyAreIsAskedTo() {
        Server.Answer answer = server.send(
                HttpRequest.newBuilder(server.address("/openidm/recon/x")).build());
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json()).containsEntry("code", 401).containsEntry("reason", "Unauthorized");
    }

    @ParameterizedTest
    @CsvSource({"admin,open sesame,404", "admin,wrong,401", "nobody,open sesame,401"})
    void namesAndPasswordsComeAsHeadersOrAsHttpBasic(String name, String password, int status) {
        String pair = Base64.getEncoder().encodeToString((name + ":" + password).getBytes());
        HttpRequest.Builder plain = HttpRequest.newBuilder(server.address("/openidm/recon/x"));
        assertThat(server.send(plain.copy()
                                .header("Authorization", "Basic " + pair)
                                .build())
                        .status())
                .isEqualTo(status);
        assertThat(server.send(plain.copy()
                                .headers("X-OpenIDM-Username", name, "X-OpenIDM-Password", password)
                                .build())
                        .status())
                .isEqualTo(status);
    }

    @Test
    void aRoleThatIsNotEnoughIsNamed() {
        Server.Answer answer = server.post("viewer", "/openidm/recon?_action=recon&mapping=x", null);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json()).containsEntry("message", "This takes the role operator.");
    }

    @Test
    void whatIsNotThereIsClosedToEverybody() {
        assertThat(server.get("admin", "/openidm/nothing").status()).isIn(403, 404);
    }

    @Test
    void whoIsKnownIsToldWhatAnAddressDoes() {
        Server.Answer told = server.send("viewer", "OPTIONS", "/openidm/recon", null);
        assertThat(told.status()).as(told.body()).isEqualTo(200);
        assertThat(told.headers().get("allow"))
                .hasSize(1)
                .allSatisfy(methods ->
                        assertThat(methods.split(",")).containsExactlyInAnyOrder("GET", "HEAD", "POST", "OPTIONS"));
        assertThat(server.send("viewer", "OPTIONS", "/api/nothing", null).status())
                .isEqualTo(404);
        assertThat(server.send(HttpRequest.newBuilder(server.address("/openidm/recon"))
                                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                                .build())
                        .status())
                .isEqualTo(401);
    }
}
