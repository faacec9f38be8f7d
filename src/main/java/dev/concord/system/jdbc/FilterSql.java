package dev.concord.system.jdbc;

import dev.concord.filter.Filter;
import dev.concord.filter.Filter.And;
import dev.concord.filter.Filter.Comparison;
import dev.concord.filter.Filter.Element;
import dev.concord.filter.Filter.In;
import dev.concord.filter.Filter.Literal;
import dev.concord.filter.Filter.NormalizedEquality;
import dev.concord.filter.Filter.Not;
import dev.concord.filter.Filter.Operator;
import dev.concord.filter.Filter.Or;
import dev.concord.filter.Filter.Present;
import dev.concord.record.Pointer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Translates filters into conditions on the rows of a table. Values become question marks, whatever they are; what a
 * database cannot decide as Java does is only narrowed.
 */
final class FilterSql {

    private final Table table;

    FilterSql(Table table) {
        this.table = table;
    }

    Predicate of(Filter filter) {
        return switch (filter) {
            case And and -> Predicate.and(and.operands().stream().map(this::of).toList());
            case Or or -> Predicate.or(or.operands().stream().map(this::of).toList());
            case Not not -> of(not.operand()).not();
            case Literal literal -> literal.value() ? Predicate.ALL : Predicate.NONE;
            case Comparison comparison ->
                leaf(comparison.pointer(), List.of(comparison.value()), comparison.operator());
            case NormalizedEquality normalized ->
                leaf(normalized.pointer(), List.of(), null).inexact();
            case In in -> in.values().isEmpty() ? Predicate.NONE : leaf(in.pointer(), in.values(), Operator.EQ);
            case Present present -> leaf(present.pointer(), List.of(), null);
            case Element element -> leaf(element.pointer(), List.of(), null).inexact();
        };
    }

    /**
     * {@code pointer operator value} for any of the values, or the presence of the pointer when there is no operator.
     */
    private Predicate leaf(Pointer pointer, List<Object> values, @Nullable Operator operator) {
        if (pointer.isWhole()) {
            return Predicate.ANY;
        }
        String name = pointer.attribute();
        boolean nested = pointer.tokens().size() > 1;
        if (name.equals("_rev") && !table.attributes().containsKey(name)) {
            return table.revision() == null || nested ? Predicate.NONE : Predicate.ANY;
        }
        if (name.equals(Table.ID)) {
            return nested ? Predicate.NONE : id(values, operator);
        }
        Column column = table.attributes().get(name);
        if (column == null || column.isWriteOnly()) {
            return Predicate.NONE;
        }
        if (column.type() == ColumnType.JSON) {
            return present(column).inexact();
        }
        if (nested) {
            return Predicate.NONE;
        }
        if (operator == null) {
            return present(column);
        }
        return present(column).and(compared(column, values, operator));
    }

    private static Predicate compared(Column column, List<Object> values, Operator operator) {
        return switch (column.type()) {
            case TEXT, CHARACTER -> TextSql.compared(column, values, operator);
            case INTEGER, DECIMAL, FLOAT, DOUBLE -> NumberSql.compared(column, values, operator);
            case BOOLEAN -> truth(column, values, operator);
            case DATE, TIME, TIMESTAMP, INSTANT, UTC -> TemporalSql.compared(column, values, operator);
            case UUID -> operator == Operator.EQ ? spelled(column, values) : anyText(values);
            case JSON -> Predicate.ANY;
        };
    }

    private static Predicate present(Column column) {
        return column.nullable() ? Predicate.of(column.quoted() + " is not null", true) : Predicate.ALL;
    }

    /** Ids are texts for a filter, whatever their column holds. */
    private Predicate id(List<Object> values, @Nullable Operator operator) {
        Column id = table.id();
        if (operator == null) {
            return present(id);
        }
        if (id.type().isText()) {
            return present(id).and(TextSql.compared(id, values, operator));
        }
        if (operator != Operator.EQ) {
            return anyText(values);
        }
        List<ColumnValue> ids = new ArrayList<>();
        for (Object value : values) {
            ColumnValue columnValue = value instanceof String text ? table.idValue(text) : null;
            if (columnValue != null) {
                ids.add(columnValue);
            }
        }
        return present(id).and(Predicate.in(id.quoted(), ids, true));
    }

    private static Predicate truth(Column column, List<Object> values, Operator operator) {
        List<ColumnValue> matching = new ArrayList<>();
        for (boolean truth : new boolean[] {false, true}) {
            if (values.stream().anyMatch(value -> value instanceof Boolean wanted && holds(truth, operator, wanted))) {
                matching.add(new ColumnValue(column, truth, truth));
            }
        }
        return matching.size() == 2 ? Predicate.ALL : Predicate.in(column.quoted(), matching, true);
    }

    private static boolean holds(boolean truth, Operator operator, boolean wanted) {
        int order = Boolean.compare(truth, wanted);
        return switch (operator) {
            case EQ -> order == 0;
            case LT -> order < 0;
            case LE -> order <= 0;
            case GT -> order > 0;
            case GE -> order >= 0;
            case CO, SW, EW -> false;
        };
    }

    /** Equality with the one spelling that a value has in records. */
    static Predicate spelled(Column column, List<Object> values) {
        List<ColumnValue> fitting = new ArrayList<>();
        for (Object value : values) {
            try {
                ColumnValue columnValue = ColumnValue.of(column, value);
                if (value.equals(columnValue.json())) {
                    fitting.add(columnValue);
                }
            } catch (Unfit e) {
                // No row has this value.
            }
        }
        return Predicate.in(column.quoted(), fitting, true);
    }

    static Predicate in(Column column, List<?> values) {
        return Predicate.in(
                column.quoted(),
                values.stream()
                        .map(value -> new ColumnValue(column, value, null))
                        .toList(),
                true);
    }

    /** For comparisons that are left to Java. */
    static Predicate anyText(List<Object> values) {
        return values.stream().anyMatch(String.class::isInstance) ? Predicate.ANY : Predicate.NONE;
    }
}
