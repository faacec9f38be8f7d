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

/** Reads values of columns as the JSON values they are in records. */
final class ColumnReader {

    private ColumnReader() {}

    /**
     * The value of a column in the current row. Throws {@link SQLException} or {@link IllegalArgumentException} when it
     * is no value of the column's type; their messages may repeat it.
     */
    static @Nullable Object read(Column column, ResultSet row, int index) throws SQLException {
        return switch (column.type()) {
            case TEXT -> row.getString(index);
            case CHARACTER -> withoutBlanksAtTheEnd(row.getString(index));
            case INTEGER -> {
                long value = row.getLong(index);
                yield row.wasNull() ? null : (Object) value;
            }
            case DECIMAL -> {
                BigDecimal value = row.getBigDecimal(index);
                yield value == null ? null : JsonValues.canonical(value);
            }
            case FLOAT -> {
                float value = row.getFloat(index);
                yield row.wasNull() ? null : finite(Double.parseDouble(Float.toString(value)));
            }
            case DOUBLE -> {
                double value = row.getDouble(index);
                yield row.wasNull() ? null : finite(value);
            }
            case BOOLEAN -> {
                boolean value = row.getBoolean(index);
                yield row.wasNull() ? null : (Object) value;
            }
            case DATE -> {
                LocalDate date = row.getObject(index, LocalDate.class);
                yield date == null ? null : date.toString();
            }
            case TIME -> {
                LocalTime time = row.getObject(index, LocalTime.class);
                yield time == null ? null : Temporals.text(time);
            }
            case TIMESTAMP -> {
                LocalDateTime dateTime = row.getObject(index, LocalDateTime.class);
                yield dateTime == null ? null : Temporals.text(dateTime);
            }
            case UTC -> {
                LocalDateTime dateTime = row.getObject(index, LocalDateTime.class);
                yield dateTime == null ? null : Temporals.text(dateTime.atOffset(ZoneOffset.UTC));
            }
            case INSTANT -> {
                OffsetDateTime moment = row.getObject(index, OffsetDateTime.class);
                yield moment == null ? null : Temporals.text(moment);
            }
            case UUID -> {
                String uuid = row.getString(index);
                yield uuid == null ? null : uuid.toLowerCase(Locale.ROOT);
            }
            case JSON -> {
                String text = row.getString(index);
                yield text == null ? null : Json.read(text);
            }
        };
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
