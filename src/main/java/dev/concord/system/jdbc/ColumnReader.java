package dev.concord.system.jdbc;

import dev.concord.record.Json;
import dev.concord.record.JsonValues;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads values of a column as the JSON values they are in records. */
@FunctionalInterface
interface ColumnReader {

    /**
     * The value in the current row. Throws {@link SQLException} or {@link IllegalArgumentException} when it is no value
     * of the column's type; their messages may repeat it.
     *
     * @param index which column of the select it is, from 1
     */
    @Nullable
    Object read(ResultSet row, int index) throws SQLException;

    /** The reader of a column, to be asked for once and used for all rows. */
    static ColumnReader of(Column column) {
        return switch (column.type()) {
            case TEXT -> ResultSet::getString;
            case CHARACTER -> (row, index) -> withoutBlanksAtTheEnd(row.getString(index));
            case INTEGER ->
                (row, index) -> {
                    long value = row.getLong(index);
                    return row.wasNull() ? null : (Object) value;
                };
            case DECIMAL ->
                (row, index) -> {
                    BigDecimal value = row.getBigDecimal(index);
                    return value == null ? null : JsonValues.canonical(value);
                };
            case FLOAT ->
                (row, index) -> {
                    float value = row.getFloat(index);
                    return row.wasNull() ? null : finite(Double.parseDouble(Float.toString(value)));
                };
            case DOUBLE ->
                (row, index) -> {
                    double value = row.getDouble(index);
                    return row.wasNull() ? null : finite(value);
                };
            case BOOLEAN ->
                (row, index) -> {
                    boolean value = row.getBoolean(index);
                    return row.wasNull() ? null : (Object) value;
                };
            case DATE ->
                (row, index) -> {
                    LocalDate date = row.getObject(index, LocalDate.class);
                    return date == null ? null : date.toString();
                };
            case TIME ->
                (row, index) -> {
                    LocalTime time = row.getObject(index, LocalTime.class);
                    return time == null ? null : Temporals.text(time);
                };
            case TIMESTAMP ->
                (row, index) -> {
                    LocalDateTime dateTime = row.getObject(index, LocalDateTime.class);
                    return dateTime == null ? null : Temporals.text(dateTime);
                };
            case UTC ->
                (row, index) -> {
                    LocalDateTime dateTime = row.getObject(index, LocalDateTime.class);
                    return dateTime == null ? null : Temporals.text(dateTime.atOffset(ZoneOffset.UTC));
                };
            case INSTANT ->
                (row, index) -> {
                    OffsetDateTime moment = row.getObject(index, OffsetDateTime.class);
                    return moment == null ? null : Temporals.text(moment);
                };
            case UUID ->
                (row, index) -> {
                    String uuid = row.getString(index);
                    return uuid == null ? null : uuid.toLowerCase(Locale.ROOT);
                };
            case JSON ->
                (row, index) -> {
                    String text = row.getString(index);
                    return text == null ? null : sound(Json.read(text));
                };
        };
    }

    private static @Nullable Object sound(@Nullable Object value) {
        if (JsonValues.fault(value) != null) {
            throw new IllegalArgumentException("Not a value that can be kept.");
        }
        return value;
    }

    static @Nullable String withoutBlanksAtTheEnd(@Nullable String text) {
        if (text == null) {
            return null;
        }
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }

    private static Double finite(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("Not a finite number.");
        }
        return value;
    }
}
