package dev.concord.filter;

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
import dev.concord.record.JsonValues;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Evaluates filters in memory. What it says is what every store has to answer. */
final class FilterEvaluation {

    private FilterEvaluation() {}

    /** Whether a value matches: an object, or for element filters any element of a list. */
    static boolean matches(Filter filter, @Nullable Object root) {
        return switch (filter) {
            case And and -> and.operands().stream().allMatch(operand -> matches(operand, root));
            case Or or -> or.operands().stream().anyMatch(operand -> matches(operand, root));
            case Not not -> !matches(not.operand(), root);
            case Comparison comparison ->
                any(comparison.pointer().get(root), value -> holds(value, comparison.operator(), comparison.value()));
            case In in ->
                any(
                        in.pointer().get(root),
                        value -> in.values().stream().anyMatch(wanted -> holds(value, Operator.EQ, wanted)));
            case NormalizedEquality equality ->
                any(equality.pointer().get(root), value -> value instanceof String text && holds(text, equality));
            case Present present -> isPresent(present.pointer().get(root));
            case Element element ->
                anyElement(element.filter(), element.pointer().get(root));
            case Literal literal -> literal.value();
        };
    }

    private static boolean any(@Nullable Object value, Predicate<@Nullable Object> condition) {
        return value instanceof List<?> list ? list.stream().anyMatch(condition) : condition.test(value);
    }

    private static boolean anyElement(Filter filter, @Nullable Object value) {
        return switch (value) {
            case List<?> list -> list.stream().anyMatch(element -> matches(filter, element));
            case Map<?, ?> object -> matches(filter, object);
            case null, default -> false;
        };
    }

    private static boolean isPresent(@Nullable Object value) {
        return value != null && !(value instanceof List<?> list && list.isEmpty());
    }

    private static boolean holds(String text, NormalizedEquality equality) {
        return Normalization.apply(equality.normalizations(), text).equals(equality.value());
    }

    private static boolean holds(@Nullable Object value, Operator operator, Object wanted) {
        return switch (operator) {
            case EQ -> value instanceof String ? value.equals(wanted) : ordered(value, wanted, order -> order == 0);
            case LT -> ordered(value, wanted, order -> order < 0);
            case LE -> ordered(value, wanted, order -> order <= 0);
            case GT -> ordered(value, wanted, order -> order > 0);
            case GE -> ordered(value, wanted, order -> order >= 0);
            case CO -> value instanceof String text && wanted instanceof String part && text.contains(part);
            case SW -> value instanceof String text && wanted instanceof String part && text.startsWith(part);
            case EW -> value instanceof String text && wanted instanceof String part && text.endsWith(part);
        };
    }

    private static boolean ordered(@Nullable Object value, Object wanted, IntPredicate order) {
        if (value instanceof String left && wanted instanceof String right) {
            return order.test(JsonValues.compare(left, right));
        }
        if (value instanceof Number left && wanted instanceof Number right) {
            return order.test(JsonValues.compare(left, right));
        }
        return value instanceof Boolean left && wanted instanceof Boolean right && order.test(left.compareTo(right));
    }
}
