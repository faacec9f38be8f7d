package dev.concord.system.jdbc;

import dev.concord.mapping.AttributeDefinition;
import dev.concord.mapping.Place;
import dev.concord.mapping.SystemDefinition;
import dev.concord.record.Resource;
import dev.concord.secret.Secret;
import dev.concord.system.ObjectSet;
import dev.concord.system.ObjectSetContract;
import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;

/** Tables of one kind of database elsewhere, made by plain JDBC. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JdbcContract extends ObjectSetContract {

    private final TestDatabase database;
    private final TestTables tables;
    private final boolean revisions;
    private final List<JdbcSystem> systems = new ArrayList<>();
    private int count;

    JdbcContract(Databases kind, boolean revisions) {
        this.database = kind.fresh();
        this.tables = new TestTables(database);
        this.revisions = revisions;
    }

    @Override
    protected ObjectSet create(List<AttributeDefinition> attributes, List<Resource> objects) {
        String table = "Table " + count++;
        try {
            tables.create(table, revisions, attributes, objects);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        Map<String, AttributeDefinition> types = new LinkedHashMap<>();
        Map<String, String> columns = new LinkedHashMap<>();
        attributes.forEach(attribute -> {
            types.put(attribute.name(), attribute);
            columns.put(attribute.name(), attribute.name());
        });
        SystemDefinition.Jdbc definition = new SystemDefinition.Jdbc(
                "crm",
                Secret.of(database.url()),
                Secret.of(database.username()),
                Secret.of(database.password()),
                null,
                Map.of(
                        "thing",
                        new SystemDefinition.TableObjects(
                                table, TestTables.ID, revisions ? TestTables.REVISION : null, columns, types, PLACE)),
                PLACE);
        JdbcSystem system = JdbcSystem.open(definition, database.dataSource(), Path.of("jobs"), 3);
        systems.add(system);
        return system.open("thing");
    }

    private static final Place PLACE = new Place("systems/crm.yaml", 1, "");

    @Override
    protected Set<Ability> abilities() {
        Set<Ability> abilities = EnumSet.complementOf(EnumSet.of(Ability.GENERATED_IDS));
        if (tables.isMySql()) {
            // The server's own collation takes texts that differ in case or accents for the same.
            abilities.remove(Ability.TWINS);
        }
        return abilities;
    }

    @Override
    protected String dateTime() {
        return tables.isMySql() ? "2024-02-29T23:59:59.123456" : super.dateTime();
    }

    @Override
    protected String idAttribute() {
        return TestTables.ID;
    }

    @AfterEach
    void closeSystems() {
        systems.forEach(JdbcSystem::close);
        systems.clear();
    }

    @AfterAll
    void closeDatabase() {
        database.close();
    }
}
