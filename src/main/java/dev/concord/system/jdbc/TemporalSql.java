package dev.concord.system.jdbc;

import dev.concord.filter.Filter.Operator;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Conditions on columns of dates and times. Filters compare their texts, so that a database can only say which seconds
 * may match: texts of whole seconds are in the order of time, but {@code 10:00:00Z} comes behind {@code 10:00:00.5Z}.
 */
final class TemporalSql {

    private static final int FIRST_YEAR = 1000;
    private static final int LAST_YEAR = 9998;

    private TemporalSql() {}

    static Predicate compared(Column column, List<Object> values, Operator operator) {
        return switch (operator) {
            case EQ -> FilterSql.spelled(column, values);
            case CO, SW, EW -> FilterSql.anyText(values);
            case LT, LE -> values.getFirst() instanceof String text ? bound(column, text, false) : Predicate.NONE;
            case GT, GE -> values.getFirst() instanceof String text ? bound(column, text, true) : Predicate.NONE;
        };
    }

    private static Predicate bound(Column column, String text, boolean from) {
        LocalDateTime second = second(text);
        if (second == null || second.getYear() < FIRST_YEAR || second.getYear() > LAST_YEAR) {
            return Predicate.ANY;
        }
        LocalDateTime bound = from ? second : second.plusSeconds(1);
        Object sql = switch (column.type()) {
            case DATE -> from ? second.toLocalDate() : second.toLocalDate().plusDays(1);
            case INSTANT -> bound.atOffset(ZoneOffset.UTC);
            case TIMESTAMP, UTC -> bound;
            default -> null;
        };
        if (sql == null) {
            return Predicate.ANY;
        }
        return Predicate.of(column.quoted() + (from ? " >= ?" : " < ?"), false, new ColumnValue(column, sql, null));
    }

    /** The second that a text begins with: of a date its first. */
    private static @Nullable LocalDateTime second(String text) {
        LocalDate date = Temporals.date(text);
        if (date != null) {
            return date.atStartOfDay();
        }
        LocalDateTime dateTime = Temporals.dateTime(text.endsWith("Z") ? text.substring(0, text.length() - 1) : text);
        return dateTime == null ? null : dateTime.truncatedTo(ChronoUnit.SECONDS);
    }
}
