package dev.concord.system.managed;

import dev.concord.mapping.AttributeDefinition;
import dev.concord.system.jdbc.Dialect;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Statements about the tables of managed types. All columns but {@code _id} and {@code _rev} take nulls, so that
 * attributes may become required, or stop being so, without a change of the table; what is required is checked with
 * each write.
 */
final class ManagedColumns {

    /** The longest text that may be unique or indexed: short enough for the index of every database. */
    static final int INDEXED_LENGTH = 255;

    private final Dialect dialect;

    ManagedColumns(Dialect dialect) {
        this.dialect = dialect;
    }

    String createTable(String table, Collection<AttributeDefinition> attributes) {
        String columns = attributes.stream()
                .map(attribute -> ", " + quoted(attribute.name()) + " " + type(attribute))
                .collect(Collectors.joining());
        return "create table " + quoted(table) + " (" + quoted(ManagedTable.ID) + " " + shortText()
                + " not null primary key, " + quoted(ManagedTable.REVISION) + " bigint not null" + columns + ")";
    }

    String addColumn(String table, AttributeDefinition attribute) {
        return "alter table " + quoted(table) + " add column " + quoted(attribute.name()) + " " + type(attribute);
    }

    String createIndex(String index, String table, AttributeDefinition attribute) {
        return "create " + (attribute.unique() ? "unique " : "") + "index " + quoted(index) + " on " + quoted(table)
                + " (" + quoted(attribute.name()) + ")";
    }

    /** Makes a column of long texts one of texts that an index can hold. Fails when it has longer ones. */
    String shorten(String table, AttributeDefinition attribute) {
        String change = switch (dialect) {
            case MYSQL, MARIADB -> " modify column " + quoted(attribute.name()) + " ";
            case POSTGRESQL -> " alter column " + quoted(attribute.name()) + " type ";
            case H2, OTHER -> " alter column " + quoted(attribute.name()) + " set data type ";
        };
        return "alter table " + quoted(table) + change + shortText();
    }

    private String type(AttributeDefinition attribute) {
        if (ManagedTable.isStructured(attribute)) {
            return longText("longtext");
        }
        return switch (attribute.type()) {
            case STRING -> attribute.unique() || attribute.indexed() ? shortText() : longText("mediumtext");
            case INTEGER -> "bigint";
            case NUMBER -> "decimal(38, 10)";
            case BOOLEAN -> "boolean";
            case DATE -> "date";
            case DATETIME -> dialect.isMySqlFamily() ? "datetime(6)" : "timestamp(6) with time zone";
            case OBJECT -> longText("longtext");
        };
    }

    private String shortText() {
        return "varchar(" + INDEXED_LENGTH + ")" + collation();
    }

    private String longText(String mySqlType) {
        return switch (dialect) {
            case MYSQL, MARIADB -> mySqlType + collation();
            case POSTGRESQL -> "text" + collation();
            case H2, OTHER -> "character varying";
        };
    }

    /** Texts compare by character, and blanks at the end count. */
    private String collation() {
        return switch (dialect) {
            case MYSQL -> " character set utf8mb4 collate utf8mb4_0900_bin";
            case MARIADB -> " character set utf8mb4 collate utf8mb4_nopad_bin";
            case POSTGRESQL -> " collate \"C\"";
            case H2, OTHER -> "";
        };
    }

    private String quoted(String name) {
        return dialect.isMySqlFamily() ? "`" + name + "`" : "\"" + name + "\"";
    }
}
