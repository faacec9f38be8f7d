package dev.concord.system.jdbc;

import dev.concord.filter.Filter.Operator;
import dev.concord.record.JsonValues;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Conditions on columns of numbers. */
final class NumberSql {

    /** More digits than any column has behind the point, and few enough for every database. */
    private static final int MOST_DIGITS = 30;

    private NumberSql() {}

    static Predicate compared(Column column, List<Object> values, Operator operator) {
        List<BigDecimal> numbers = values.stream()
                .filter(Number.class::isInstance)
                .map(value -> decimal((Number) value))
                .toList();
        if (numbers.isEmpty() || operator == Operator.CO || operator == Operator.SW || operator == Operator.EW) {
            return Predicate.NONE;
        }
        if (!column.comparison().isUsable()) {
            return Predicate.ANY;
        }
        return switch (column.type()) {
            case INTEGER ->
                operator == Operator.EQ
                        ? FilterSql.in(column, whole(column, numbers))
                        : wholeOrdered(column, operator, numbers.getFirst());
            case DECIMAL -> decimal(column, operator, numbers);
            case DOUBLE -> binary(column, operator, numbers);
            default -> Predicate.ANY;
        };
    }

    private static List<Object> whole(Column column, List<BigDecimal> numbers) {
        List<Object> whole = new ArrayList<>();
        for (BigDecimal number : numbers) {
            if (JsonValues.canonical(number) instanceof Long value
                    && column.range().contains(value)) {
                whole.add(value);
            }
        }
        return whole;
    }

    /** Whole numbers less than 5.5 are those up to 5. */
    private static Predicate wholeOrdered(Column column, Operator operator, BigDecimal number) {
        boolean less = operator == Operator.LT || operator == Operator.LE;
        if (number.compareTo(BigDecimal.valueOf(column.range().least())) < 0) {
            return less ? Predicate.NONE : Predicate.ALL;
        }
        if (number.compareTo(BigDecimal.valueOf(column.range().most())) > 0) {
            return less ? Predicate.ALL : Predicate.NONE;
        }
        long bound = number.setScale(0, less ? RoundingMode.FLOOR : RoundingMode.CEILING)
                .longValueExact();
        boolean whole = JsonValues.canonical(number) instanceof Long;
        String sign = switch (operator) {
            case LT -> whole ? "<" : "<=";
            case LE -> "<=";
            case GT -> whole ? ">" : ">=";
            default -> ">=";
        };
        return Predicate.of(column.quoted() + " " + sign + " ?", true, new ColumnValue(column, bound, bound));
    }

    private static Predicate decimal(Column column, Operator operator, List<BigDecimal> numbers) {
        boolean tooLong =
                numbers.stream().anyMatch(n -> n.scale() > MOST_DIGITS || n.precision() - n.scale() > MOST_DIGITS);
        if (tooLong) {
            return Predicate.ANY;
        }
        if (operator == Operator.EQ) {
            return FilterSql.in(column, numbers);
        }
        return Predicate.of(
                column.quoted() + " " + sign(operator) + " ?", true, new ColumnValue(column, numbers.getFirst(), null));
    }

    /**
     * Numbers between two neighbours of a floating point column are taken for the neighbour, so Java has to look at the
     * border.
     */
    private static Predicate binary(Column column, Operator operator, List<BigDecimal> numbers) {
        List<Object> doubles = new ArrayList<>();
        for (BigDecimal number : numbers) {
            double value = number.doubleValue();
            if (!Double.isFinite(value)) {
                return Predicate.ANY;
            }
            doubles.add(value);
        }
        if (operator == Operator.EQ) {
            return FilterSql.in(column, doubles).inexact();
        }
        boolean less = operator == Operator.LT || operator == Operator.LE;
        return Predicate.of(
                column.quoted() + (less ? " <= ?" : " >= ?"), false, new ColumnValue(column, doubles.getFirst(), null));
    }

    private static String sign(Operator operator) {
        return switch (operator) {
            case LT -> "<";
            case LE -> "<=";
            case GT -> ">";
            case GE -> ">=";
            case EQ, CO, SW, EW -> "=";
        };
    }

    private static BigDecimal decimal(Number number) {
        BigDecimal decimal = number instanceof BigDecimal big ? big : BigDecimal.valueOf(number.longValue());
        return decimal.scale() < 0 && decimal.scale() > -MOST_DIGITS ? decimal.setScale(0) : decimal;
    }
}
