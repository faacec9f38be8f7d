package dev.concord.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.concord.access.UnusableUsers;
import dev.concord.api.access.FirstToken;
import dev.concord.record.Json;
import dev.concord.testing.Databases;
import dev.concord.testing.Server;
import dev.concord.testing.TestDatabase;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The first start, identity providers, and TLS. */
@ExtendWith(OutputCaptureExtension.class)
class WaysInIT {

    @TempDir
    Path home;

    private TestDatabase database;

    @BeforeEach
    void prepare() throws Exception {
        Files.createDirectories(home.resolve("jobs"));
        database = Databases.H2.fresh();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theTokenOfTheFirstStartIsGoodUntilThereIsAUser() {
        try (Server server = Server.openAsIs(home, database, starting -> {})) {
            String token = String.valueOf(server.get(FirstToken.class).token());
            assertThat(status(server, token, "/api/users")).isEqualTo(200);
            assertThat(status(server, "another", "/api/users")).isEqualTo(401);
            Server.Answer made = server.send(HttpRequest.newBuilder(server.address("/api/users/admin"))
                    .header("Authorization", "Bearer " + token)
                    .PUT(BodyPublishers.ofString(
                            Json.write(Map.of("password", "correct horse battery", "roles", List.of("admin")))))
                    .build());
            assertThat(made.status()).as(made.body()).isEqualTo(200);
            assertThat(made.body()).doesNotContain("correct horse").doesNotContain("bcrypt");
            assertThat(status(server, token, "/api/users")).isEqualTo(401);
        }
    }

    @Test
    void othersAreNotServedAsLongAsNobodyHasToSayWhoTheyAre() {
        assertThatThrownBy(() -> Server.openAsIs(home, database, starting -> {}, "server.address=0.0.0.0"))
                .hasRootCauseInstanceOf(UnusableUsers.class)
                .rootCause()
                .hasMessageContaining("Others can reach 0.0.0.0");
    }

    @Test
    void whyAServerCannotStartIsNotToldByAStackTrace(CapturedOutput log) {
        TestDatabase nowhere =
                TestDatabase.at(Databases.MARIADB, "jdbc:mysql://127.0.0.1:1/concord", "concord", "s3cret");
        // As `serve` sets it, which then says in a sentence what is the matter.
        assertThatThrownBy(() -> Server.open(home, nowhere, "logging.level.com.zaxxer.hikari=off"))
                .hasRootCauseInstanceOf(ConnectException.class);
        assertThat(log.getAll()).doesNotContain("s3cret", "\tat ");
    }

    @Test
    void aNameIsClosedAfterTenWrongPasswords() {
        try (Server server = Server.open(home, database)) {
            HttpRequest wrong = HttpRequest.newBuilder(server.address("/api/me"))
                    .headers("X-OpenIDM-Username", "viewer", "X-OpenIDM-Password", "wrong")
                    .build();
            for (int i = 0; i < 10; i++) {
                assertThat(server.send(wrong).status()).isEqualTo(401);
            }
            assertThat(server.send(wrong).status()).isEqualTo(429);
            assertThat(server.get("viewer", "/api/me").status()).isEqualTo(429);
            assertThat(server.get("auditor", "/api/me").status()).isEqualTo(200);
        }
    }

    @Test
    void bodiesThatAreTooLargeAreRefused() {
        try (Server server = Server.open(home, database, "concord.api.largest-body=1KB")) {
            assertThat(server.send("admin", "PUT", "/api/users/x", Map.of("password", "x".repeat(2_000)))
                            .status())
                    .isEqualTo(413);
        }
    }

    @Test
    void tokensOfAnIdentityProviderSayRolesInAClaim() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).keyID("1").generate();
        HttpServer provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String issuer = "http://127.0.0.1:" + provider.getAddress().getPort();
        answer(
                provider,
                "/.well-known/openid-configuration",
                Json.write(
                        Map.of("issuer", issuer, "jwks_uri", issuer + "/keys", "subject_types_supported", List.of())));
        answer(provider, "/keys", new JWKSet(key.toPublicJWK()).toString());
        provider.start();
        try (Server server = Server.openAsIs(
                home,
                database,
                starting -> {},
                "spring.security.oauth2.resourceserver.jwt.issuer-uri=" + issuer,
                "spring.security.oauth2.resourceserver.jwt.audiences=concord")) {
            assertThat(server.get(FirstToken.class).token()).isNull();
            assertThat(status(server, token(key, issuer, "concord", 60, "auditor"), "/api/me"))
                    .isEqualTo(200);
            assertThat(status(server, token(key, issuer, "concord", 60, "auditor"), "/api/users"))
                    .isEqualTo(403);
            assertThat(status(server, token(key, issuer, "concord", 60, "admin"), "/api/users"))
                    .isEqualTo(200);
            assertThat(status(server, token(key, issuer, "other", 60, "admin"), "/api/users"))
                    .isEqualTo(401);
            assertThat(status(server, token(key, issuer, "concord", -600, "admin"), "/api/users"))
                    .isEqualTo(401);
            RSAKey forged = new RSAKeyGenerator(2048).keyID("1").generate();
            assertThat(status(server, token(forged, issuer, "concord", 60, "admin"), "/api/users"))
                    .isEqualTo(401);
        } finally {
            provider.stop(0);
        }
    }

    @Test
    void theServerSpeaksTls() throws Exception {
        Path store = home.resolve("tls.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "concord",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit")
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        try (Server server = Server.open(
                        home,
                        database,
                        "server.ssl.key-store=file:" + store,
                        "server.ssl.key-store-password=changeit");
                HttpClient client =
                        HttpClient.newBuilder().sslContext(trusting(store)).build()) {
            URI address = URI.create(server.address("/api/me").toString().replace("http:", "https:"));
            HttpRequest request = HttpRequest.newBuilder(address)
                    .headers("X-OpenIDM-Username", "viewer", "X-OpenIDM-Password", Server.PASSWORD)
                    .build();
            assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        }
    }

    private static SSLContext trusting(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("concord", keys.getCertificate("concord"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static String token(RSAKey key, String issuer, String audience, int seconds, @Nullable String role)
            throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                new JWTClaimsSet.Builder()
                        .issuer(issuer)
                        .subject("anna")
                        .audience(audience)
                        .expirationTime(Date.from(Instant.now().plusSeconds(seconds)))
                        .claim("roles", List.of(String.valueOf(role)))
                        .build());
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    private static int status(Server server, String token, String path) {
        return server.send(HttpRequest.newBuilder(server.address(path))
                        .header("Authorization", "Bearer " + token)
                        .build())
                .status();
    }

    private static void answer(HttpServer server, String path, String json) {
        server.createContext(path, exchange -> {
            byte[] bytes = json.getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}
