package dev.concord.system.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.mapping.Place;
import dev.concord.mapping.SystemDefinition;
import dev.concord.mapping.SystemDefinition.TableObjects;
import dev.concord.record.Resource;
import dev.concord.secret.Secret;
import dev.concord.system.ObjectSet;
import dev.concord.system.SystemUnavailable;
import dev.concord.system.Write;
import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcSystemTest {

    private static final Place PLACE = new Place("systems/crm.yaml", 1, "");
    private static final String SCRIPT = "create table contact (id integer primary key, name varchar(20));\n"
            + "-- people\ninsert into contact values (1, 'M\u00fcller; Ann');\n";

    @TempDir
    Path jobs;

    private final TestDatabase database = Databases.H2.fresh();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theSetupScriptIsRunOnceWhenATableDoesNotExist() throws IOException {
        Files.writeString(jobs.resolve("crm.sql"), SCRIPT);
        for (int i = 0; i < 2; i++) {
            try (JdbcSystem system =
                    JdbcSystem.open(definition(database.url(), "crm.sql"), database.dataSource(), jobs, 2)) {
                ObjectSet set = system.open("contact");
                assertThat(set.inPlatformDatabase()).isFalse();
                assertThat(set.fetch(List.of("1")).get("1").content()).containsEntry("name", "M\u00fcller; Ann");
            }
        }
    }

    @Test
    void aSystemWithoutAUrlLivesInThePlatformDatabase() throws IOException {
        Files.writeString(jobs.resolve("crm.sql"), SCRIPT);
        try (JdbcSystem system = JdbcSystem.open(definition(null, "crm.sql"), database.dataSource(), jobs, 2)) {
            assertThat(system.open("contact").inPlatformDatabase()).isTrue();
            assertThat(system.open("contact").count(null)).isEqualTo(1);
        }
        assertThat(database.pool().isClosed()).isFalse();
    }

    @Test
    void aSetupScriptThatFailsIsNamedWithItsStatementAndWithoutItsData() throws IOException {
        Files.writeString(
                jobs.resolve("crm.sql"),
                "create table other (id integer);\ninsert into contact values (1, 'secret');\n");
        assertThatThrownBy(() -> JdbcSystem.open(definition(database.url(), "crm.sql"), database.dataSource(), jobs, 2))
                .isInstanceOf(SystemUnavailable.class)
                .hasMessageContaining("crm.sql")
                .hasMessageContaining("#2")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() ->
                        JdbcSystem.open(definition(database.url(), "missing.sql"), database.dataSource(), jobs, 2))
                .isInstanceOf(SystemUnavailable.class)
                .hasMessageContaining("missing.sql");
    }

    @Test
    void aTypeThatIsNotDefinedIsNamedTogetherWithThoseThatAre() throws IOException {
        Files.writeString(jobs.resolve("crm.sql"), SCRIPT);
        try (JdbcSystem system =
                JdbcSystem.open(definition(database.url(), "crm.sql"), database.dataSource(), jobs, 2)) {
            assertThatThrownBy(() -> system.open("person"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'person'")
                    .hasMessageContaining("contact");
        }
    }

    @Test
    void aLockThatIsNotGivenUpIsTroubleOfTheSystemAndNotOfTheObject() throws Exception {
        database.execute(
                "create table contact (id integer primary key, name varchar(20))",
                "insert into contact values (1, 'secret')");
        try (JdbcSystem system = JdbcSystem.open(
                        definition(database.url() + ";LOCK_TIMEOUT=100", null), database.dataSource(), jobs, 2);
                Connection other = database.dataSource().getConnection()) {
            ObjectSet set = system.open("contact");
            Resource one = set.fetch(List.of("1")).get("1");
            other.setAutoCommit(false);
            other.createStatement().execute("update contact set name = 'locked'");
            assertThatThrownBy(() -> set.write(List.of(new Write.Update(one, Map.of("id", 1, "name", "x")))))
                    .isInstanceOf(SystemUnavailable.class)
                    .hasMessageContaining("other transactions")
                    .hasMessageNotContaining("secret");
            other.rollback();
            other.setAutoCommit(true);
        }
    }

    private static SystemDefinition.Jdbc definition(String url, String setup) {
        return new SystemDefinition.Jdbc(
                "crm", url == null ? null : Secret.of(url), Secret.of("sa"), Secret.of(""), setup, objects(), PLACE);
    }

    private static Map<String, TableObjects> objects() {
        return Map.of("contact", new TableObjects("contact", "id", null, Map.of(), Map.of(), PLACE));
    }
}
