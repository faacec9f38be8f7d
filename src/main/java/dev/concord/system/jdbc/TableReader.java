package dev.concord.system.jdbc;

import dev.concord.mapping.AttributeDefinition;
import dev.concord.mapping.AttributeDefinition.AttributeType;
import dev.concord.mapping.Secrecy;
import dev.concord.system.UnusableObjectSet;
import dev.concord.system.jdbc.Column.Comparison;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads from the database what a table looks like, and finds the columns that a layout names. */
final class TableReader {

    private static final Logger log = LoggerFactory.getLogger(TableReader.class);

    private final DatabaseMetaData metadata;
    private final Dialect dialect;
    private final TableLayout layout;
    private final Set<String> columns = new LinkedHashSet<>();

    private TableReader(DatabaseMetaData metadata, TableLayout layout) throws SQLException {
        this.metadata = metadata;
        this.dialect = Dialect.of(metadata);
        this.layout = layout;
    }

    /**
     * The table of a layout. Throws {@link UnusableObjectSet} naming what exists when a table or column does not, and
     * saying what to do when nothing keeps the ids unique or a named column holds what records cannot hold.
     */
    static Table read(Connection connection, TableLayout layout) throws SQLException {
        return new TableReader(connection.getMetaData(), layout).read(connection);
    }

    private Table read(Connection connection) throws SQLException {
        TableName table = TableName.find(connection, layout.table());
        if (table == null) {
            throw wrong("needs the table '" + layout.table() + "', which the database does not have. It has: "
                    + String.join(", ", TableName.all(connection)) + ".");
        }
        List<RawColumn> raw = RawColumn.of(metadata, table);
        raw.forEach(column -> columns.add(column.name()));
        String idName = spelled(layout.id(), "id");
        String revisionName = layout.revision() == null ? null : spelled(layout.revision(), "revision");
        Map<String, String> names = attributeNames(revisionName);
        Map<String, List<String>> indexes = UniqueIndexes.of(metadata, dialect, table);
        if (!indexes.containsValue(List.of(idName))) {
            throw wrong("takes its ids from the column '" + idName
                    + "', but nothing keeps them unique there. Give the column a"
                    + " primary key or a unique index of its own, or choose another one.");
        }
        TextComparisons comparisons = TextComparisons.read(connection, dialect, table);
        Map<String, Column> readable = new LinkedHashMap<>();
        Set<String> leftOut = new TreeSet<>();
        Map<String, String> unread = new TreeMap<>();
        for (RawColumn each : raw) {
            if (layout.managed() && !isDeclared(each.name())) {
                unread.put(each.name(), TableName.quoted(metadata, each.name()));
                continue;
            }
            String attribute = names.getOrDefault(each.name(), each.name());
            Column column =
                    column(each, attribute, comparisons.of(each.name()), indexes.containsValue(List.of(each.name())));
            if (column == null) {
                refuseIfNamed(each, attribute, idName, revisionName);
                leftOut.add(attribute);
                if (!each.generated()) {
                    unread.put(attribute, TableName.quoted(metadata, each.name()));
                }
            } else {
                readable.put(each.name(), column);
            }
        }
        if (!leftOut.isEmpty()) {
            log.warn(
                    "{}: these attributes are left out, because records cannot hold what their columns hold: {}",
                    layout.set(),
                    leftOut);
        }
        Column id = readable.get(idName);
        if (id == null || !id.type().canBeId() || id.comparison() == Comparison.UNKNOWN) {
            throw wrong("takes its ids from the column '" + idName
                    + "', which holds no plain text, whole numbers or UUIDs." + " Choose another one.");
        }
        Column revision = revisionName == null ? null : readable.remove(revisionName);
        if (layout.managed()) {
            readable.remove(idName);
        }
        Map<String, Column> attributes = new LinkedHashMap<>();
        readable.values().forEach(column -> attributes.put(column.attribute(), column));
        Map<String, List<String>> unique = new LinkedHashMap<>();
        indexes.forEach((index, of) -> unique.put(
                index,
                of.stream()
                        .map(column -> column.equals(idName) ? Table.ID : names.getOrDefault(column, column))
                        .toList()));
        IdList ids = IdList.of(metadata, dialect, id, comparisons.collation(idName));
        return new Table(
                layout, dialect, table.quoted(metadata), id, revision, ids, attributes, leftOut, unread, unique);
    }

    /** Columns of attributes that a managed type does not have any more stay in the table, unseen. */
    private boolean isDeclared(String column) {
        return column.equals(layout.id())
                || column.equals(layout.revision())
                || layout.attributes().containsValue(column);
    }

    private UnusableObjectSet wrong(String what) {
        return new UnusableObjectSet("The object set " + layout.set() + " (table '" + layout.table() + "') " + what);
    }

    private void refuseIfNamed(RawColumn column, String attribute, String id, @Nullable String revision) {
        boolean named = column.name().equals(id)
                || column.name().equals(revision)
                || layout.attributes().containsKey(attribute)
                || layout.types().containsKey(attribute);
        if (named) {
            throw wrong("names the column '" + column.name() + "' of type " + column.typeName()
                    + ". Binary objects, arrays and the"
                    + " like cannot be attributes; take the column out of the definition.");
        }
    }

    /** The name of a column as the database spells it. */
    private String spelled(String wanted, String use) {
        if (columns.contains(wanted)) {
            return wanted;
        }
        List<String> similar = columns.stream().filter(wanted::equalsIgnoreCase).toList();
        if (similar.size() == 1) {
            return similar.getFirst();
        }
        throw wrong("names the column '" + wanted + "' as " + use + ", which the table does not have. It has: "
                + String.join(", ", columns) + ".");
    }

    /**
     * Attribute names by column: as declared, else the column's own name, in lower case where the database stores upper
     * case.
     */
    private Map<String, String> attributeNames(@Nullable String revision) throws SQLException {
        Map<String, String> names = new LinkedHashMap<>();
        layout.attributes().forEach((attribute, wanted) -> {
            String column = spelled(wanted, "attribute '" + attribute + "'");
            if (names.put(column, attribute) != null || column.equals(revision)) {
                throw wrong("uses the column '" + column + "' twice. A column can be one attribute, or the revision.");
            }
        });
        Set<String> taken = new HashSet<>(names.values());
        boolean upper = metadata.storesUpperCaseIdentifiers();
        for (String column : columns) {
            if (!names.containsKey(column) && !column.equals(revision)) {
                String lower = column.toLowerCase(Locale.ROOT);
                boolean shouted = upper && column.equals(column.toUpperCase(Locale.ROOT)) && !columns.contains(lower);
                String attribute = shouted ? lower : column;
                if (!taken.add(attribute)) {
                    throw wrong("has an attribute '" + attribute
                            + "' and also a column of that name, which is not listed. List the"
                            + " column under another name.");
                }
                names.put(column, attribute);
            }
        }
        return names;
    }

    private @Nullable Column column(RawColumn raw, String attribute, Comparison comparison, boolean unique)
            throws SQLException {
        ColumnType type = raw.type(dialect);
        if (type == null) {
            return null;
        }
        AttributeDefinition declared = layout.types().get(attribute);
        boolean structured = declared != null && (declared.multivalued() || declared.type() == AttributeType.OBJECT);
        boolean anyJson = type == ColumnType.JSON && !structured;
        if (type == ColumnType.TEXT && structured) {
            type = ColumnType.JSON;
        }
        if (type == ColumnType.TIMESTAMP && layout.managed()) {
            type = ColumnType.UTC;
        }
        return new Column(
                dialect,
                raw.name(),
                TableName.quoted(metadata, raw.name()),
                type,
                raw.bindingType(dialect),
                raw.limit(),
                raw.scale(dialect),
                raw.range(),
                raw.nullable(),
                raw.defaulted(),
                raw.generated(),
                raw.autoIncrement(),
                anyJson,
                comparison(raw, type, comparison),
                definition(raw, type, attribute, declared, unique));
    }

    private Comparison comparison(RawColumn raw, ColumnType type, Comparison comparison) {
        if (!type.isText()) {
            // MySQL takes the number 1 for the year 2001.
            return raw.typeName().equals("YEAR") ? Comparison.UNKNOWN : Comparison.EXACT;
        }
        return switch (dialect) {
            case H2 ->
                switch (raw.typeName()) {
                    case "VARCHAR_IGNORECASE" -> Comparison.LOOSE;
                    case "CHARACTER LARGE OBJECT" -> Comparison.UNKNOWN;
                    default -> raw.sqlType() == Types.OTHER ? Comparison.UNKNOWN : comparison;
                };
            case POSTGRESQL -> {
                boolean own = raw.bindingType(dialect) == Types.OTHER;
                boolean citext = raw.typeName().equals("CITEXT");
                yield citext ? Comparison.LOOSE : own ? Comparison.UNKNOWN : comparison;
            }
            case MYSQL, MARIADB, OTHER -> comparison;
        };
    }

    private AttributeDefinition definition(
            RawColumn raw, ColumnType type, String attribute, @Nullable AttributeDefinition declared, boolean unique) {
        if (declared != null && layout.managed()) {
            return declared;
        }
        boolean filled = raw.defaulted() || raw.generated() || raw.autoIncrement();
        boolean multivalued = declared != null && declared.multivalued();
        return new AttributeDefinition(
                attribute,
                declared != null && declared.multivalued() ? declared.type() : type.attributeType(),
                !raw.nullable() && !filled,
                unique,
                unique,
                multivalued,
                declared != null && declared.unordered(),
                declared != null && declared.sensitive(),
                null,
                declared == null ? Secrecy.NONE : declared.secrecy());
    }
}
