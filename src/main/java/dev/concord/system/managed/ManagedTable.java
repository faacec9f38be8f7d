package dev.concord.system.managed;

import dev.concord.mapping.AttributeDefinition;
import dev.concord.mapping.AttributeDefinition.AttributeType;
import dev.concord.mapping.ManagedType;
import dev.concord.system.UnusableObjectSet;
import dev.concord.system.jdbc.Database;
import dev.concord.system.jdbc.Database.ColumnFacts;
import dev.concord.system.jdbc.Dialect;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The table of a managed type, and the statements that make it what the type's definition says. */
final class ManagedTable {

    static final String ID = "_id";
    static final String REVISION = "_rev";

    private static final Logger log = LoggerFactory.getLogger(ManagedTable.class);

    /** Every database takes names of this form as they are, up to 63 characters. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,49}");

    private final ManagedType type;

    private ManagedTable(ManagedType type) {
        this.type = type;
    }

    /** Throws {@link IllegalArgumentException} when the definition cannot be a table. */
    static ManagedTable of(ManagedType type) {
        checkName("The managed type", type.name());
        Map<String, String> names = new HashMap<>();
        for (AttributeDefinition attribute : type.attributes().values()) {
            checkName("The attribute of managed type " + type.name(), attribute.name());
            String other = names.put(attribute.name().toLowerCase(Locale.ROOT), attribute.name());
            if (other != null) {
                throw new UnusableObjectSet(
                        "The attributes '" + other + "' and '" + attribute.name() + "' of managed type " + type.name()
                                + " differ in case only, which not every database tells apart. Rename one of them.");
            }
            if (attribute.unique() && isStructured(attribute)) {
                throw new UnusableObjectSet("The attribute '" + attribute.name() + "' of managed type " + type.name()
                        + " cannot be unique, because it holds a list or an object. Only single values can be unique.");
            }
        }
        return new ManagedTable(type);
    }

    String name() {
        return "managed_" + type.name();
    }

    /**
     * Makes the table, or adds the columns and indexes that it lacks. Throws a {@code DataAccessException} when the
     * database refuses, also because another node was faster.
     */
    void makeReady(Database database) {
        Dialect dialect = database.apart(connection -> Dialect.of(connection.getMetaData()));
        ManagedColumns columns = new ManagedColumns(dialect);
        List<String> statements = missing(database, columns);
        while (!statements.isEmpty()) {
            log.info("Table {} is made ready for its definition", name());
            execute(database, statements);
            statements = missing(database, columns);
        }
    }

    private List<String> missing(Database database, ManagedColumns columns) {
        List<String> statements = new ArrayList<>();
        Map<String, ColumnFacts> present = database.columns(name());
        Set<String> indexes = present.isEmpty() ? Set.of() : database.indexes(name());
        if (present.isEmpty()) {
            statements.add(columns.createTable(name(), type.attributes().values()));
        }
        for (AttributeDefinition attribute : type.attributes().values()) {
            ColumnFacts facts = present.get(attribute.name());
            if (facts != null) {
                checkType(attribute, facts);
            }
            if (!present.isEmpty() && facts == null) {
                statements.add(columns.addColumn(name(), attribute));
            }
            String index = indexName(attribute);
            if (index != null && !indexes.contains(index)) {
                if (facts != null
                        && facts.type() == AttributeType.STRING
                        && facts.size() != ManagedColumns.INDEXED_LENGTH) {
                    statements.add(columns.shorten(name(), attribute));
                }
                statements.add(columns.createIndex(index, name(), attribute));
            }
        }
        return statements;
    }

    private void checkType(AttributeDefinition attribute, ColumnFacts facts) {
        AttributeType wanted = isStructured(attribute) ? AttributeType.STRING : attribute.type();
        if (facts.type() != wanted) {
            throw new UnusableObjectSet(
                    "The attribute '" + attribute.name() + "' of managed type " + type.name()
                            + " is declared as " + lower(attribute.type())
                            + (attribute.multivalued() ? " (several values)" : "")
                            + ", but its column in table " + name() + " holds " + lower(facts.type())
                            + " values. Types of existing attributes cannot change: use another name, or convert the column yourself.");
        }
    }

    private @Nullable String indexName(AttributeDefinition attribute) {
        if (isStructured(attribute) || !(attribute.unique() || attribute.indexed())) {
            return null;
        }
        String name = (attribute.unique() ? "ux_" : "ix_") + type.name() + "_" + attribute.name();
        int most = 60;
        return name.length() <= most ? name : name.substring(0, most - 9) + "_" + "%08x".formatted(name.hashCode());
    }

    private static void execute(Database database, List<String> statements) {
        database.apart(connection -> {
            try (Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                    execute(statement, sql);
                }
            }
            return statements.size();
        });
    }

    private static void execute(Statement statement, String sql) throws SQLException {
        statement.execute(sql);
    }

    static boolean isStructured(AttributeDefinition attribute) {
        return attribute.multivalued() || attribute.type() == AttributeType.OBJECT;
    }

    private static String lower(AttributeType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    private static void checkName(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new UnusableObjectSet(
                    what + " '" + name + "' cannot be the name of a table or column. It needs a letter first,"
                            + " then letters, digits or underscores, at most 50 of all.");
        }
    }
}
