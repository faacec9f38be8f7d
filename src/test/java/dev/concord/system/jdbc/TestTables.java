package dev.concord.system.jdbc;

import dev.concord.mapping.AttributeDefinition;
import dev.concord.record.Json;
import dev.concord.record.Resource;
import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Makes and fills tables by plain JDBC, as somebody else's application would have done. */
record TestTables(TestDatabase database) {

    static final String ID = "id";
    static final String REVISION = "version";

    /** A table with the column {@code id}, {@code version} if wanted, and one for each attribute. */
    void create(String table, boolean revisions, List<AttributeDefinition> attributes, List<Resource> objects)
            throws SQLException {
        String version = revisions ? ", " + quoted(REVISION) : "";
        String columns = attributes.stream()
                .map(attribute -> ", " + quoted(attribute.name()) + " " + type(attribute)
                        + (attribute.required() ? " not null" : "")
                        + (attribute.unique() ? " unique" : ""))
                .collect(Collectors.joining());
        database.execute("create table " + quoted(table) + " (" + quoted(ID) + " varchar(100) not null primary key"
                + (revisions ? version + " integer" : "") + columns + ")");
        String names = attributes.stream()
                .map(attribute -> ", " + quoted(attribute.name()))
                .collect(Collectors.joining());
        String marks = String.join("", Collections.nCopies(attributes.size(), ", ?"));
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into " + quoted(table) + " ("
                        + quoted(ID) + version + names + ") values (?" + (revisions ? ", 1" : "") + marks + ")")) {
            connection.setAutoCommit(false);
            for (Resource object : objects) {
                insert.setString(1, object.id());
                for (int i = 0; i < attributes.size(); i++) {
                    bind(
                            insert,
                            i + 2,
                            attributes.get(i),
                            object.content().get(attributes.get(i).name()));
                }
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    String quoted(String name) {
        String quote = isMySql() ? "`" : "\"";
        return quote + name.replace(quote, quote + quote) + quote;
    }

    boolean isMySql() {
        return database.kind() == Databases.MYSQL || database.kind() == Databases.MARIADB;
    }

    private String type(AttributeDefinition attribute) {
        if (attribute.multivalued()) {
            return json();
        }
        return switch (attribute.type()) {
            case STRING -> "varchar(200)";
            case INTEGER -> "bigint";
            case NUMBER -> "decimal(38, 10)";
            case BOOLEAN -> "boolean";
            case DATE -> "date";
            case DATETIME -> isMySql() ? "datetime(6)" : "timestamp(6) with time zone";
            case OBJECT -> json();
        };
    }

    private String json() {
        return database.kind() == Databases.POSTGRESQL ? "jsonb" : "json";
    }

    private void bind(PreparedStatement insert, int index, AttributeDefinition attribute, Object value)
            throws SQLException {
        boolean json = attribute.multivalued() || attribute.type() == AttributeDefinition.AttributeType.OBJECT;
        if (value == null) {
            insert.setNull(index, json ? Types.OTHER : Types.NULL);
        } else if (json && database.kind() == Databases.H2) {
            insert.setBytes(index, Json.write(value).getBytes(StandardCharsets.UTF_8));
        } else if (json && database.kind() == Databases.POSTGRESQL) {
            insert.setObject(index, Json.write(value), Types.OTHER);
        } else if (json) {
            insert.setString(index, Json.write(value));
        } else if (attribute.type() == AttributeDefinition.AttributeType.DATE) {
            insert.setObject(index, LocalDate.parse((String) value));
        } else if (attribute.type() == AttributeDefinition.AttributeType.DATETIME) {
            insert.setObject(
                    index, isMySql() ? LocalDateTime.parse((String) value) : OffsetDateTime.parse((String) value));
        } else {
            insert.setObject(index, value);
        }
    }
}
