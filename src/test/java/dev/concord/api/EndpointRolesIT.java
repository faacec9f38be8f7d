package dev.concord.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.access.Role;
import dev.concord.testing.Databases;
import dev.concord.testing.Server;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each operation of the server takes a role; the table in {@code docs/security.md} says which, and is kept true here.
 */
class EndpointRolesIT {

    private static final Path TABLE = Path.of("docs", "security.md");
    private static final String BEGIN = "<!-- operations -->\n";
    private static final String END = "<!-- end of operations -->";

    private static Server server;
    private static TestDatabase database;
    private static List<Operation> operations;

    @BeforeAll
    static void start(@TempDir Path home) throws IOException {
        Files.createDirectories(home.resolve("jobs"));
        database = Databases.H2.fresh();
        server = Server.open(home, database);
        operations = Operation.of(server);
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
    }

    @Test
    void eachOperationNamesItsRole() {
        assertThat(operations)
                .isNotEmpty()
                .allSatisfy(operation ->
                        assertThat(operation.role()).as(operation.line()).isNotNull());
    }

    @Test
    void theTableOfTheDocumentationIsTrue() throws IOException {
        String text = Files.readString(TABLE);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        String table = "| operation | takes |\n|---|---|\n"
                + new TreeSet<>(operations.stream().map(Operation::line).toList())
                        .stream().collect(Collectors.joining("\n", "", "\n"));
        String found = text.substring(begin, text.indexOf(END));
        if (!found.equals(table)) {
            Files.writeString(TABLE, text.substring(0, begin) + table + text.substring(text.indexOf(END)));
        }
        assertThat(found)
                .as("%s is written anew; look at it and commit it", TABLE)
                .isEqualTo(table);
    }

    @Test
    void nobodyGetsInWithoutSayingWhoTheyAre() {
        for (Operation operation : operations) {
            assertThat(server.send(operation.request(server).build()).status())
                    .as(operation.line())
                    .isEqualTo(401);
        }
    }

    @Test
    void onlyTheRoleOpensIt() {
        for (Operation operation : operations) {
            for (Role caller : Role.values()) {
                boolean may = caller.withIncluded().contains(operation.role());
                if (may && operation.path().endsWith("/events")) {
                    // It goes on until somebody leaves.
                    continue;
                }
                int status = server.send(operation
                                .request(server)
                                .headers("X-OpenIDM-Username", caller.key(), "X-OpenIDM-Password", Server.PASSWORD)
                                .build())
                        .status();
                if (may) {
                    assertThat(status).as("%s as %s", operation.line(), caller).isNotIn(401, 403, 500);
                } else {
                    assertThat(status).as("%s as %s", operation.line(), caller).isEqualTo(403);
                }
            }
        }
    }
}
