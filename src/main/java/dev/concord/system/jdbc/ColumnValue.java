package dev.concord.system.jdbc;

import dev.concord.record.Json;
import dev.concord.record.JsonValues;
import dev.concord.system.WriteOutcome.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A value that fits its column.
 *
 * @param sql the value as the driver takes it
 * @param json the value as a read gives it back
 */
record ColumnValue(
        Column column, @Nullable Object sql, @Nullable Object json) implements Binder {

    private static final int MOST_DIGITS = 1000;

    /**
     * What a record's value becomes in a column. Only spelling changes on the way; what would lose something does not
     * fit.
     */
    static ColumnValue of(Column column, @Nullable Object value) throws Unfit {
        if (value == null) {
            return new ColumnValue(column, null, null);
        }
        return switch (column.type()) {
            case TEXT, CHARACTER -> text(column, value);
            case INTEGER, DECIMAL, FLOAT, DOUBLE -> number(column, value);
            case BOOLEAN -> {
                if (!(value instanceof Boolean)) {
                    throw unfit(column, "true or false");
                }
                yield new ColumnValue(column, value, value);
            }
            case DATE, TIME, TIMESTAMP, UTC, INSTANT -> temporal(column, value);
            case UUID -> uuid(column, value);
            case JSON -> json(column, value);
        };
    }

    /** About how long values are in a statement. */
    static long characters(Collection<ColumnValue> values) {
        long characters = 0;
        for (ColumnValue value : values) {
            characters += value.sql instanceof String text ? text.length() : 20;
        }
        return characters;
    }

    @Override
    public void bind(PreparedStatement statement, int index) throws SQLException {
        Dialect dialect = column.dialect();
        switch (sql) {
            case null -> statement.setNull(index, column.sqlType());
            case String text
            when column.type() == ColumnType.JSON && dialect == Dialect.H2 && column.sqlType() == Types.OTHER ->
                statement.setBytes(index, text.getBytes(StandardCharsets.UTF_8));
            case String text
            when dialect == Dialect.POSTGRESQL && column.sqlType() == Types.OTHER ->
                statement.setObject(index, text, Types.OTHER);
            case String text
            when column.type() == ColumnType.CHARACTER && dialect == Dialect.POSTGRESQL ->
                statement.setObject(index, text, Types.CHAR);
            // H2 takes padding into account in IN lists, though not in comparisons.
            case String text
            when column.type() == ColumnType.CHARACTER && dialect == Dialect.H2 ->
                statement.setString(index, text + " ".repeat(Math.max(0, column.size() - text.length())));
            case String text -> statement.setString(index, text);
            case UUID uuid when dialect.isMySqlFamily() -> statement.setString(index, uuid.toString());
            default -> statement.setObject(index, sql);
        }
    }

    private static ColumnValue text(Column column, Object value) throws Unfit {
        if (!(value instanceof String text)) {
            throw unfit(column, "text");
        }
        if (column.size() > 0 && text.codePointCount(0, text.length()) > column.size()) {
            throw unfit(column, "text of at most " + column.size() + " characters");
        }
        if (column.type() == ColumnType.CHARACTER && text.endsWith(" ")) {
            throw unfit(
                    column,
                    "text without blanks at the end, because its column has a fixed length and does not keep them");
        }
        if (!isStorable(column.dialect(), text)) {
            throw unfit(column, "text without half characters and, on PostgreSQL, without the character 0");
        }
        return new ColumnValue(column, text, text);
    }

    /** Whether a database can hold a text at all. */
    static boolean isStorable(Dialect dialect, String text) {
        if (dialect == Dialect.H2) {
            return true;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 && dialect == Dialect.POSTGRESQL) {
                return false;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    private static ColumnValue number(Column column, Object value) throws Unfit {
        if (!(value instanceof Number number)) {
            throw unfit(column, column.type() == ColumnType.INTEGER ? "a whole number" : "a number");
        }
        Number canonical = JsonValues.canonical(number);
        return switch (canonical) {
            case Long whole
            when column.type() == ColumnType.INTEGER && column.range().contains(whole) ->
                new ColumnValue(column, whole, whole);
            case Long whole when column.type() == ColumnType.DECIMAL -> decimal(column, BigDecimal.valueOf(whole));
            case BigDecimal decimal when column.type() == ColumnType.DECIMAL -> decimal(column, decimal);
            case Double infinite -> throw unfit(column, "a finite number");
            default -> {
                if (column.type() == ColumnType.INTEGER) {
                    throw unfit(
                            column,
                            "a whole number from " + column.range().least() + " to "
                                    + column.range().most());
                }
                yield binary(column, canonical);
            }
        };
    }

    private static ColumnValue decimal(Column column, BigDecimal value) throws Unfit {
        boolean unlimited = column.size() == 0;
        if (value.precision() > MOST_DIGITS || Math.abs((long) value.scale()) > MOST_DIGITS) {
            throw unfit(column, "a number of at most " + MOST_DIGITS + " digits");
        }
        if (!unlimited && value.scale() > column.scale()) {
            throw unfit(column, "a number with at most " + column.scale() + " digits behind the point");
        }
        if (!unlimited && value.precision() - value.scale() > column.size() - column.scale()) {
            throw unfit(
                    column, "a number with at most " + (column.size() - column.scale()) + " digits before the point");
        }
        BigDecimal plain = value.scale() < 0 ? value.setScale(0) : value;
        return new ColumnValue(column, plain, JsonValues.canonical(plain));
    }

    private static ColumnValue binary(Column column, Number value) throws Unfit {
        double number = column.type() == ColumnType.FLOAT
                ? Double.parseDouble(Float.toString(value.floatValue()))
                : value.doubleValue();
        if (!Double.isFinite(number) || JsonValues.compare(number, value) != 0) {
            throw unfit(column, "a number that a floating point column keeps without rounding it");
        }
        return new ColumnValue(
                column, column.type() == ColumnType.FLOAT ? (Object) value.floatValue() : number, number);
    }

    private static ColumnValue temporal(Column column, Object value) throws Unfit {
        if (!(value instanceof String text)) {
            throw unfit(column, required(column));
        }
        switch (column.type()) {
            case DATE -> {
                LocalDate date = Temporals.date(text);
                if (date != null) {
                    return new ColumnValue(column, date, date.toString());
                }
            }
            case TIME -> {
                LocalTime time = Temporals.time(text);
                if (time != null) {
                    checkDigits(column, time.getNano());
                    return new ColumnValue(column, time, Temporals.text(time));
                }
            }
            case TIMESTAMP -> {
                LocalDateTime dateTime = Temporals.dateTime(text);
                if (dateTime != null) {
                    checkDigits(column, dateTime.getNano());
                    return new ColumnValue(column, dateTime, Temporals.text(dateTime));
                }
            }
            case UTC, INSTANT -> {
                OffsetDateTime moment = Temporals.moment(text);
                if (moment != null) {
                    checkDigits(column, moment.getNano());
                    Object sql = column.type() == ColumnType.UTC
                            ? moment.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
                            : moment;
                    return new ColumnValue(column, sql, Temporals.text(moment));
                }
            }
            case TEXT, CHARACTER, INTEGER, DECIMAL, FLOAT, DOUBLE, BOOLEAN, UUID, JSON -> {}
        }
        throw unfit(column, required(column));
    }

    private static void checkDigits(Column column, int nanos) throws Unfit {
        if (Temporals.digits(nanos) > column.scale()) {
            throw unfit(column, required(column) + ", with at most " + column.scale() + " digits behind the second");
        }
    }

    private static String required(Column column) {
        return switch (column.type()) {
            case DATE -> "a date such as 2026-01-31";
            case TIME -> "a time such as 08:00:00";
            case TIMESTAMP -> "a date and time without a zone, such as 2026-01-31T08:00:00";
            case UTC, INSTANT -> "a date and time such as 2026-01-31T08:00:00Z";
            case TEXT, CHARACTER, INTEGER, DECIMAL, FLOAT, DOUBLE, BOOLEAN, UUID, JSON -> "something else";
        };
    }

    private static ColumnValue uuid(Column column, Object value) throws Unfit {
        if (value instanceof String text && text.length() == 36) {
            try {
                UUID uuid = UUID.fromString(text);
                if (uuid.toString().equals(text.toLowerCase(Locale.ROOT))) {
                    return new ColumnValue(column, uuid, uuid.toString());
                }
            } catch (IllegalArgumentException e) {
                // Said below.
            }
        }
        throw unfit(column, "a UUID");
    }

    private static ColumnValue json(Column column, Object value) throws Unfit {
        boolean multivalued = column.definition().multivalued();
        if (multivalued && !(value instanceof List<?>)) {
            throw unfit(column, "a list");
        }
        if (!column.anyJson() && !multivalued && !(value instanceof Map<?, ?>)) {
            throw unfit(column, "an object");
        }
        if (multivalued
                && value instanceof List<?> list
                && !list.stream().allMatch(element -> isOfType(column, element))) {
            throw unfit(
                    column,
                    "a list of values of type "
                            + column.definition().type().name().toLowerCase(Locale.ROOT));
        }
        String text = Json.write(value);
        if (column.size() > 0 && text.length() > column.size()) {
            throw unfit(column, "at most " + column.size() + " characters long as JSON");
        }
        if (text.contains("\\u0000") && column.dialect() == Dialect.POSTGRESQL) {
            throw unfit(column, "without the character 0 on PostgreSQL");
        }
        return new ColumnValue(column, text, value);
    }

    private static boolean isOfType(Column column, @Nullable Object element) {
        return switch (column.definition().type()) {
            case STRING, DATE, DATETIME -> element instanceof String;
            case INTEGER ->
                element instanceof Number number
                        && (JsonValues.canonical(number) instanceof Long
                                || (JsonValues.canonical(number) instanceof BigDecimal decimal && decimal.scale() <= 0)
                                || number instanceof BigInteger);
            case NUMBER -> element instanceof Number;
            case BOOLEAN -> element instanceof Boolean;
            case OBJECT -> element instanceof Map<?, ?>;
        };
    }

    private static Unfit unfit(Column column, String required) {
        return new Unfit(
                Kind.TYPE, column.attribute(), "Attribute '" + column.attribute() + "' must be " + required + ".");
    }
}
