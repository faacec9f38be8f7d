package dev.concord.system.jdbc;

import dev.concord.filter.Filter.Operator;
import java.util.List;

/** Conditions on columns of text. */
final class TextSql {

    private TextSql() {}

    static Predicate compared(Column column, List<Object> values, Operator operator) {
        List<String> texts = values.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
        if (texts.isEmpty()) {
            return Predicate.NONE;
        }
        if (!column.comparison().isUsable()) {
            return Predicate.ANY;
        }
        return switch (operator) {
            case EQ -> equal(column, texts);
            case CO -> like(column, "%", texts.getFirst(), "%");
            case SW -> like(column, "", texts.getFirst(), "%");
            case EW -> like(column, "%", texts.getFirst(), "");
            case LT -> ordered(column, "<", texts.getFirst());
            case LE -> ordered(column, "<=", texts.getFirst());
            case GT -> ordered(column, ">", texts.getFirst());
            case GE -> ordered(column, ">=", texts.getFirst());
        };
    }

    private static Predicate equal(Column column, List<String> texts) {
        List<String> storable = texts.stream()
                .filter(text -> ColumnValue.isStorable(column.dialect(), text))
                .toList();
        List<ColumnValue> values = storable.stream()
                .map(text -> new ColumnValue(column, text, text))
                .toList();
        boolean exact = column.comparison().isExact() && column.type() == ColumnType.TEXT;
        Predicate equal = Predicate.in(expression(column, storable), values, exact);
        String bytes = column.type() == ColumnType.TEXT ? column.dialect().utf8(column.quoted()) : null;
        if (exact || bytes == null) {
            return equal;
        }
        Predicate sameBytes =
                Predicate.in(bytes, storable.stream().map(Binder::utf8).toList(), true);
        Predicate both = equal.and(sameBytes);
        return new Predicate(both.sql(), both.binders(), true);
    }

    private static Predicate like(Column column, String before, String text, String after) {
        Dialect dialect = column.dialect();
        boolean padded = column.type() == ColumnType.CHARACTER && (after.isEmpty() || text.endsWith(" "));
        boolean impossible = dialect == Dialect.OTHER
                || (dialect == Dialect.POSTGRESQL && !column.comparison().isExact());
        if (padded || impossible || !ColumnValue.isStorable(dialect, text)) {
            return Predicate.ANY;
        }
        String escaped = text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
        boolean exact = column.comparison().isExact() && column.type() == ColumnType.TEXT;
        return Predicate.of(
                expression(column, List.of(text)) + " like ? escape '!'", exact, Binder.text(before + escaped + after));
    }

    private static Predicate ordered(Column column, String operator, String text) {
        if (column.type() == ColumnType.CHARACTER || !ColumnValue.isStorable(column.dialect(), text)) {
            return Predicate.ANY;
        }
        if (column.comparison() == Column.Comparison.EXACT_IN_ORDER) {
            return Predicate.of(column.quoted() + " " + operator + " ?", true, new ColumnValue(column, text, text));
        }
        String bytes = column.dialect().utf8(column.quoted());
        return bytes == null ? Predicate.ANY : Predicate.of(bytes + " " + operator + " ?", true, Binder.utf8(text));
    }

    /** The column, made comparable with texts that its character set does not have. */
    static String expression(Column column, List<String> texts) {
        boolean ascii = texts.stream().allMatch(text -> text.chars().allMatch(c -> c < 0x80));
        boolean converted = column.comparison() == Column.Comparison.LOOSE_IN_SMALL_CHARSET && !ascii;
        return converted ? "convert(" + column.quoted() + " using utf8mb4)" : column.quoted();
    }
}
