package dev.concord.filter;

import dev.concord.filter.Filter.Comparison;
import dev.concord.filter.Filter.In;
import dev.concord.filter.Filter.NormalizedEquality;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What filters have in common that differ in their values only: {@code mail eq "a"} and {@code mail eq "b"} are of one
 * shape, {@code mail eq 5} is of another, because its value belongs to another type family. The number of values of an
 * {@code in} does not matter. Shapes of equal structure are equal, so that they can be keys of a map. Immutable.
 *
 * @param pattern a filter of this shape with neutral values
 */
public record FilterShape(Filter pattern) {

    public FilterShape {
        pattern = FilterValues.replace(pattern, FilterShape::neutral);
    }

    public static FilterShape of(Filter filter) {
        return new FilterShape(filter);
    }

    /**
     * The values of a filter from left to right: a string, number or boolean for each comparison, a list of them for
     * each {@code in}.
     */
    public static List<Object> valuesOf(Filter filter) {
        List<Object> values = new ArrayList<>();
        FilterValues.replace(filter, leaf -> {
            values.add(
                    switch (leaf) {
                        case Comparison comparison -> comparison.value();
                        case In in -> in.values();
                        case NormalizedEquality equality -> equality.value();
                        default -> throw new IllegalStateException("Only comparisons have values.");
                    });
            return leaf;
        });
        return List.copyOf(values);
    }

    /**
     * The filter of this shape that has these values. Throws {@link IllegalArgumentException} when there are too few or
     * too many, or of another kind.
     */
    public Filter with(List<?> values) {
        Iterator<?> rest = values.iterator();
        Filter filter = FilterValues.replace(pattern, leaf -> {
            Object value = rest.hasNext() ? rest.next() : null;
            if (leaf instanceof Comparison comparison && value != null) {
                return new Comparison(comparison.pointer(), comparison.operator(), value);
            }
            if (leaf instanceof In in && value instanceof List<?> list) {
                return new In(in.pointer(), List.copyOf(list));
            }
            if (leaf instanceof NormalizedEquality equality && value instanceof String text) {
                return new NormalizedEquality(equality.pointer(), equality.normalizations(), text);
            }
            throw new IllegalArgumentException("These values do not fit the filter " + this + ".");
        });
        if (rest.hasNext() || !of(filter).equals(this)) {
            throw new IllegalArgumentException("These values do not fit the filter " + this + ".");
        }
        return filter;
    }

    /** The filter with a question mark for every value: fit for logs and reports. */
    @Override
    public String toString() {
        return FilterText.withoutValues(pattern);
    }

    private static Filter neutral(Filter leaf) {
        return switch (leaf) {
            case Comparison comparison ->
                new Comparison(comparison.pointer(), comparison.operator(), neutral(comparison.value()));
            case In in ->
                new In(
                        in.pointer(),
                        Stream.<Object>of("", 0L, false)
                                .filter(family -> in.values().stream()
                                        .anyMatch(value -> neutral(value).equals(family)))
                                .toList());
            case NormalizedEquality equality ->
                new NormalizedEquality(equality.pointer(), equality.normalizations(), "");
            default -> leaf;
        };
    }

    private static Object neutral(Object value) {
        return switch (value) {
            case Long number -> 0L;
            case BigDecimal number -> 0L;
            case Boolean truth -> false;
            default -> "";
        };
    }
}
