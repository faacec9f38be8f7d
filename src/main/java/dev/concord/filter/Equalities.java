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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The equalities that a filter cannot do without. They let many filters be asked in one query ({@code mail in (…)}) and
 * objects be found through an index; whether an object found that way matches is for {@link Filter#matches} to say.
 */
public final class Equalities {

    private Equalities() {}

    /**
     * Equalities of which every object that matches has at least one; an empty list when no object can match, nothing
     * when the filter needs no equality. Filters of one {@link FilterShape} give equalities over the same comparands,
     * which are normalised where the filter has nothing else.
     */
    public static Optional<List<Equality>> of(Filter filter) {
        return switch (filter) {
            case Comparison(var pointer, var operator, var value)
            when operator == Operator.EQ -> Optional.of(List.of(new Equality(pointer, value)));
            case In in ->
                Optional.of(in.values().stream()
                        .map(value -> new Equality(in.pointer(), value))
                        .distinct()
                        .toList());
            case NormalizedEquality(var pointer, var normalizations, var value) ->
                Optional.of(List.of(new Equality(new Comparand(pointer, normalizations), value)));
            case And and ->
                and.operands().stream()
                        .map(Equalities::of)
                        .flatMap(Optional::stream)
                        .min(Comparator.comparingInt(Equalities::rank));
            case Or or -> ofAll(or.operands());
            case Literal(var value) when !value -> Optional.of(List.of());
            case Comparison _, Literal _, Not _, Present _, Element _ -> Optional.empty();
        };
    }

    /**
     * The equalities that hold for an object's comparand: one for each distinct string, number or boolean there, for
     * each distinct string after the normalizations where there are any.
     */
    public static List<Equality> heldBy(Map<String, @Nullable Object> object, Comparand comparand) {
        Object value = comparand.pointer().get(object);
        Stream<?> values = value instanceof List<?> list ? list.stream() : Stream.ofNullable(value);
        Stream<?> comparable = comparand.isNormalized()
                ? values.filter(String.class::isInstance)
                        .map(text -> Normalization.apply(comparand.normalizations(), (String) text))
                : values.filter(Equalities::isComparable);
        return comparable
                .map(element -> new Equality(comparand, element))
                .distinct()
                .toList();
    }

    private static Optional<List<Equality>> ofAll(List<Filter> operands) {
        List<Equality> union = new ArrayList<>();
        for (Filter operand : operands) {
            Optional<List<Equality>> equalities = of(operand);
            if (equalities.isEmpty()) {
                return Optional.empty();
            }
            union.addAll(equalities.get());
        }
        return Optional.of(union.stream().distinct().toList());
    }

    /**
     * Nothing at all is best, booleans tell objects apart least, and few stores find normalised values. The number of
     * values must not count: it differs within a shape.
     */
    private static int rank(List<Equality> equalities) {
        if (equalities.isEmpty()) {
            return 0;
        }
        boolean booleans = equalities.stream().anyMatch(equality -> equality.value() instanceof Boolean);
        boolean normalized =
                equalities.stream().anyMatch(equality -> equality.comparand().isNormalized());
        long comparands =
                equalities.stream().map(Equality::comparand).distinct().count();
        return (booleans ? 2_000_000 : 0) + (normalized ? 1_000_000 : 0) + (int) Math.min(comparands, 999_999);
    }

    private static boolean isComparable(@Nullable Object value) {
        return value instanceof String
                || value instanceof Boolean
                || (value instanceof Number number && !(JsonValues.canonical(number) instanceof Double));
    }
}
