package dev.concord.system.jdbc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.mapping.Place;
import dev.concord.mapping.SystemDefinition;
import dev.concord.mapping.SystemDefinition.TableObjects;
import dev.concord.secret.Secret;
import dev.concord.system.SystemUnavailable;
import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Waits for connections that never come. */
class UnavailableDatabaseIT {

    private static final Place PLACE = new Place("systems/crm.yaml", 1, "");

    @TempDir
    Path jobs;

    private final TestDatabase database = Databases.H2.fresh();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aDatabaseThatCannotBeUsedIsUnavailableAndItsPasswordStaysSecret() {
        assertUnavailable("jdbc:h2:mem:nothing;IFEXISTS=TRUE;PASSWORD_HASH=topsecret", "system crm");
        assertUnavailable("jdbc:nonsense://host/db?password=topsecret", "driver");
        assertUnavailable("jdbc:postgresql://127.0.0.1:1/db?password=topsecret&connectTimeout=1", "system crm");
        SystemDefinition.Jdbc definition = new SystemDefinition.Jdbc(
                "crm",
                Secret.of(database.url()),
                Secret.of("sa"),
                Secret.of("${env:NOT_SET_ANYWHERE}"),
                null,
                objects(),
                PLACE);
        assertThatThrownBy(() -> JdbcSystem.open(definition, database.dataSource(), jobs, 2))
                .isInstanceOf(SystemUnavailable.class)
                .hasMessageContaining("NOT_SET_ANYWHERE");
    }

    private void assertUnavailable(String url, String word) {
        assertThatThrownBy(() -> {
                    try (JdbcSystem system = JdbcSystem.open(definition(url, null), database.dataSource(), jobs, 1)) {
                        system.open("contact");
                    }
                })
                .isInstanceOf(SystemUnavailable.class)
                .hasMessageContaining(word)
                .hasMessageNotContaining("topsecret")
                .hasNoCause();
    }

    private static SystemDefinition.Jdbc definition(String url, String setup) {
        return new SystemDefinition.Jdbc(
                "crm", url == null ? null : Secret.of(url), Secret.of("sa"), Secret.of(""), setup, objects(), PLACE);
    }

    private static Map<String, TableObjects> objects() {
        return Map.of("contact", new TableObjects("contact", "id", null, Map.of(), Map.of(), PLACE));
    }
}
