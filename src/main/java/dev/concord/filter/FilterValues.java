package dev.concord.filter;

import dev.concord.filter.Filter.And;
import dev.concord.filter.Filter.Comparison;
import dev.concord.filter.Filter.Element;
import dev.concord.filter.Filter.In;
import dev.concord.filter.Filter.Literal;
import dev.concord.filter.Filter.NormalizedEquality;
import dev.concord.filter.Filter.Not;
import dev.concord.filter.Filter.Or;
import dev.concord.filter.Filter.Present;
import dev.concord.record.JsonValues;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The values that filters compare with. */
final class FilterValues {

    private FilterValues() {}

    /** The form in which a filter keeps a value. */
    static Object checked(@Nullable Object value) {
        return switch (value) {
            case String text -> text;
            case Boolean truth -> truth;
            case Number number when isFinite(JsonValues.canonical(number)) -> JsonValues.canonical(number);
            case null, default ->
                throw new IllegalArgumentException("A filter cannot compare with "
                        + (value == null ? "null" : "a " + value.getClass().getSimpleName())
                        + "; it needs a string, a finite number or a boolean.");
        };
    }

    /**
     * The same filter with other comparisons: {@code change} is given every {@link Comparison}, {@link In} and
     * {@link NormalizedEquality} from left to right.
     */
    static Filter replace(Filter filter, UnaryOperator<Filter> change) {
        return switch (filter) {
            case And and -> new And(replace(and.operands(), change));
            case Or or -> new Or(replace(or.operands(), change));
            case Not not -> new Not(replace(not.operand(), change));
            case Element element -> new Element(element.pointer(), replace(element.filter(), change));
            case Comparison comparison -> change.apply(comparison);
            case In in -> change.apply(in);
            case NormalizedEquality equality -> change.apply(equality);
            case Present present -> present;
            case Literal literal -> literal;
        };
    }

    private static List<Filter> replace(List<Filter> filters, UnaryOperator<Filter> change) {
        return filters.stream().map(filter -> replace(filter, change)).toList();
    }

    private static boolean isFinite(Number canonical) {
        return !(canonical instanceof Double);
    }
}
