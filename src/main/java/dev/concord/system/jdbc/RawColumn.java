package dev.concord.system.jdbc;

import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A column as the driver describes it. */
record RawColumn(
        String name,
        int sqlType,
        String typeName,
        int size,
        int digits,
        boolean nullable,
        boolean defaulted,
        boolean generated,
        boolean autoIncrement) {

    private static final int LONG_TEXT = 1 << 20;
    private static final int MOST_DIGITS = 1000;

    static List<RawColumn> of(DatabaseMetaData metadata, TableName table) throws SQLException {
        List<RawColumn> columns = new ArrayList<>();
        Set<String> always = alwaysCounted(metadata, table);
        try (ResultSet rows = metadata.getColumns(
                table.catalog(),
                TableName.literal(metadata, table.schema()),
                TableName.literal(metadata, table.table()),
                null)) {
            while (rows.next()) {
                if (table.table().equals(rows.getString("TABLE_NAME"))) {
                    String defaultValue = rows.getString("COLUMN_DEF");
                    columns.add(new RawColumn(
                            rows.getString("COLUMN_NAME"),
                            rows.getInt("DATA_TYPE"),
                            rows.getString("TYPE_NAME").toUpperCase(Locale.ROOT),
                            rows.getInt("COLUMN_SIZE"),
                            rows.getInt("DECIMAL_DIGITS"),
                            rows.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls,
                            defaultValue != null
                                    && !defaultValue.toUpperCase(Locale.ROOT).startsWith("NULL"),
                            "YES".equals(rows.getString("IS_GENERATEDCOLUMN"))
                                    || always.contains(rows.getString("COLUMN_NAME")),
                            "YES".equals(rows.getString("IS_AUTOINCREMENT"))));
                }
            }
        }
        return columns;
    }

    /** Columns that are counted up whatever a statement says, which drivers do not tell from the others. */
    private static Set<String> alwaysCounted(DatabaseMetaData metadata, TableName table) throws SQLException {
        Dialect dialect = Dialect.of(metadata);
        if (dialect != Dialect.H2 && dialect != Dialect.POSTGRESQL) {
            return Set.of();
        }
        Set<String> names = new HashSet<>();
        try (PreparedStatement statement = metadata.getConnection()
                .prepareStatement("select column_name from information_schema.columns where table_schema = ?"
                        + " and table_name = ? and identity_generation = 'ALWAYS'")) {
            statement.setString(1, table.schema());
            statement.setString(2, table.table());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
        }
        return names;
    }

    /** The kind of values in the column; null when records cannot hold them. */
    @Nullable
    ColumnType type(Dialect dialect) {
        if (typeName.equals("JSON") || typeName.equals("JSONB")) {
            return ColumnType.JSON;
        }
        if (typeName.equals("UUID")) {
            return ColumnType.UUID;
        }
        return switch (sqlType) {
            case Types.CHAR, Types.NCHAR -> ColumnType.CHARACTER;
            case Types.VARCHAR, Types.NVARCHAR, Types.LONGVARCHAR, Types.LONGNVARCHAR, Types.CLOB, Types.NCLOB ->
                ColumnType.TEXT;
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER -> ColumnType.INTEGER;
            case Types.BIGINT -> typeName.contains("UNSIGNED") ? ColumnType.DECIMAL : ColumnType.INTEGER;
            case Types.DECIMAL, Types.NUMERIC -> ColumnType.DECIMAL;
            case Types.REAL -> ColumnType.FLOAT;
            case Types.FLOAT -> dialect.isMySqlFamily() ? ColumnType.FLOAT : ColumnType.DOUBLE;
            case Types.DOUBLE -> typeName.equals("MONEY") ? null : ColumnType.DOUBLE;
            case Types.BOOLEAN -> ColumnType.BOOLEAN;
            case Types.BIT -> isOneBit(dialect) ? ColumnType.BOOLEAN : null;
            case Types.DATE -> typeName.equals("YEAR") ? ColumnType.INTEGER : ColumnType.DATE;
            case Types.TIME -> typeName.equals("TIMETZ") ? null : ColumnType.TIME;
            case Types.TIMESTAMP -> typeName.equals("TIMESTAMPTZ") ? ColumnType.INSTANT : ColumnType.TIMESTAMP;
            case Types.TIMESTAMP_WITH_TIMEZONE -> ColumnType.INSTANT;
            // Enumerations and, on PostgreSQL, the many types that are written as text.
            case Types.OTHER -> typeName.startsWith("ENUM") || dialect == Dialect.POSTGRESQL ? ColumnType.TEXT : null;
            default -> null;
        };
    }

    /** The type to bind values as. */
    int bindingType(Dialect dialect) {
        boolean ownTextType = dialect == Dialect.POSTGRESQL
                && sqlType == Types.VARCHAR
                && !List.of("VARCHAR", "TEXT", "NAME").contains(typeName);
        return ownTextType ? Types.OTHER : sqlType;
    }

    /** How many characters or digits fit; 0 when there is no limit, or the database counts otherwise. */
    int limit() {
        boolean unlimited = switch (sqlType) {
            case Types.LONGVARCHAR, Types.LONGNVARCHAR, Types.CLOB, Types.NCLOB, Types.OTHER -> true;
            case Types.DECIMAL, Types.NUMERIC -> size > MOST_DIGITS || typeName.equals("DECFLOAT");
            default -> size >= LONG_TEXT;
        };
        return unlimited ? 0 : size;
    }

    /** The whole numbers that fit. Databases refuse even to compare with others. */
    Column.Range range() {
        boolean signed = !typeName.contains("UNSIGNED");
        return switch (sqlType) {
            case Types.TINYINT -> Column.Range.of(Byte.SIZE, signed);
            case Types.SMALLINT -> Column.Range.of(Short.SIZE, signed);
            case Types.INTEGER -> Column.Range.of(Integer.SIZE, signed);
            default -> Column.Range.LONG;
        };
    }

    /** How many digits behind the point fit, also of seconds. */
    int scale(Dialect dialect) {
        boolean seconds = sqlType == Types.TIME || sqlType == Types.TIMESTAMP;
        if (seconds && dialect.isMySqlFamily()) {
            int withoutFraction = sqlType == Types.TIME ? "00:00:00".length() : "2000-01-01 00:00:00".length();
            return Math.max(0, size - withoutFraction - 1);
        }
        return digits;
    }

    private boolean isOneBit(Dialect dialect) {
        return switch (dialect) {
            case POSTGRESQL -> typeName.equals("BOOL");
            case H2, MYSQL, MARIADB, OTHER -> size <= 1 || typeName.startsWith("TINYINT");
        };
    }
}
