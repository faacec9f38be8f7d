package dev.concord.review;

import dev.concord.filter.Filter;
import dev.concord.filter.Filter.Operator;
import dev.concord.record.Pointer;
import dev.concord.review.Knowledge.Family;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Proves of filters that no object matches them. The filter is spread out into alternatives, each of which must
 * contradict itself. What cannot be proven this way is not claimed: filters with more alternatives than are looked at,
 * and values of which it is not certain that there is only one.
 */
final class Contradictions {

    private static final int ALTERNATIVES = 128;

    /** A condition of an alternative that cannot be taken apart any further. */
    private record Atom(Filter filter, boolean negated) {

        @Nullable
        Pointer pointer() {
            return switch (filter) {
                case Filter.Comparison comparison -> comparison.pointer();
                case Filter.In in -> in.pointer();
                case Filter.NormalizedEquality equality -> equality.pointer();
                case Filter.Present present -> present.pointer();
                case Filter.Element element -> element.pointer();
                case Filter.Literal _, Filter.And _, Filter.Or _, Filter.Not _ -> null;
            };
        }

        /** The values of which one must be there; none when that is not said. */
        List<Object> values() {
            return switch (filter) {
                case Filter.Comparison(Pointer pointer, Operator operator, Object value)
                when operator == Operator.EQ && !negated -> List.of(value);
                case Filter.In in when !negated -> in.values();
                default -> List.of();
            };
        }

        String text() {
            return negated ? "!(" + filter.text() + ")" : filter.text();
        }
    }

    private final Function<Pointer, Knowledge> about;

    /** @param about what is certain of the values at a pointer */
    Contradictions(Function<Pointer, Knowledge> about) {
        this.about = about;
    }

    /** Why a filter can never match, in words that follow "because"; empty when that is not proven. */
    Optional<String> proof(Filter filter) {
        List<List<Atom>> alternatives = spread(filter, false);
        if (alternatives == null) {
            return Optional.empty();
        }
        String first = "it is always false";
        for (int i = alternatives.size() - 1; i >= 0; i--) {
            String reason = contradiction(alternatives.get(i));
            if (reason == null) {
                return Optional.empty();
            }
            first = reason;
        }
        return Optional.of(first);
    }

    /** The alternatives of a filter; null when there are too many. */
    private static @Nullable List<List<Atom>> spread(Filter filter, boolean negated) {
        return switch (filter) {
            case Filter.Not(Filter operand) -> spread(operand, !negated);
            case Filter.Literal(boolean value) -> value == negated ? List.of() : List.of(List.of());
            case Filter.And(List<Filter> operands) -> negated ? either(operands, true) : all(operands, false);
            case Filter.Or(List<Filter> operands) -> negated ? all(operands, true) : either(operands, false);
            case Filter.Comparison _, Filter.In _, Filter.NormalizedEquality _, Filter.Present _, Filter.Element _ ->
                List.of(List.of(new Atom(filter, negated)));
        };
    }

    private static @Nullable List<List<Atom>> either(List<Filter> operands, boolean negated) {
        List<List<Atom>> together = new ArrayList<>();
        for (Filter operand : operands) {
            List<List<Atom>> own = spread(operand, negated);
            if (own == null || together.size() + own.size() > ALTERNATIVES) {
                return null;
            }
            together.addAll(own);
        }
        return together;
    }

    private static @Nullable List<List<Atom>> all(List<Filter> operands, boolean negated) {
        List<List<Atom>> together = List.of(List.of());
        for (Filter operand : operands) {
            List<List<Atom>> own = spread(operand, negated);
            if (own == null || together.size() * own.size() > ALTERNATIVES) {
                return null;
            }
            List<List<Atom>> next = new ArrayList<>();
            for (List<Atom> head : together) {
                for (List<Atom> tail : own) {
                    List<Atom> joined = new ArrayList<>(head);
                    joined.addAll(tail);
                    next.add(joined);
                }
            }
            together = next;
        }
        return together;
    }

    private @Nullable String contradiction(List<Atom> atoms) {
        for (int i = 0; i < atoms.size(); i++) {
            Atom one = atoms.get(i);
            String alone = alone(one);
            if (alone != null) {
                return alone;
            }
            for (Atom other : atoms.subList(0, i)) {
                if (one.pointer() != null
                        && one.pointer().equals(other.pointer())
                        && (exclude(one, other) || exclude(other, one))) {
                    return other.text() + " and " + one.text() + " exclude each other";
                }
            }
        }
        return null;
    }

    private @Nullable String alone(Atom atom) {
        if (atom.negated()) {
            return null;
        }
        if (atom.filter() instanceof Filter.In in && in.values().isEmpty()) {
            return atom.text() + " names no value";
        }
        Pointer pointer = atom.pointer();
        Family family = pointer == null ? null : about.apply(pointer).family();
        Family wanted = family == null ? null : family(atom.filter(), family);
        return wanted == null || wanted == family || family == null
                ? null
                : Losses.name(pointer == null ? Pointer.WHOLE : pointer) + " is " + family.words()
                        + ", which never matches " + wanted.words() + ", as in " + atom.text();
    }

    /** The family of values that an atom matches; where there are several, that of the values there may be. */
    private static @Nullable Family family(Filter filter, @Nullable Family expected) {
        return switch (filter) {
            case Filter.Comparison comparison ->
                switch (comparison.operator()) {
                    case CO, SW, EW -> Family.TEXT;
                    case EQ, LT, LE, GT, GE -> Family.of(comparison.value());
                };
            case Filter.In in -> {
                List<Family> families =
                        in.values().stream().map(Family::of).distinct().toList();
                yield families.isEmpty()
                        ? null
                        : families.contains(expected) ? expected : families.size() == 1 ? families.getFirst() : null;
            }
            case Filter.NormalizedEquality _ -> Family.TEXT;
            case Filter.Present _, Filter.Element _, Filter.Literal _, Filter.And _, Filter.Or _, Filter.Not _ -> null;
        };
    }

    /** Whether no value satisfies both conditions of one place. */
    private boolean exclude(Atom one, Atom other) {
        if (one.filter().equals(other.filter())) {
            return one.negated() != other.negated();
        }
        if (!one.negated() && other.negated() && other.filter() instanceof Filter.Present) {
            return true;
        }
        Pointer pointer = one.pointer();
        if (pointer == null || pointer.isWhole() || !about.apply(pointer).single()) {
            return false;
        }
        if (!one.values().isEmpty()) {
            return one.values().stream().noneMatch(value -> holds(other, pointer, value));
        }
        if (one.negated() || other.negated()) {
            return false;
        }
        Family first = family(one.filter(), null);
        Family second = family(other.filter(), null);
        if (first != null && second != null && first != second) {
            return true;
        }
        return one.filter() instanceof Filter.Comparison low
                && other.filter() instanceof Filter.Comparison high
                && isEmptyRange(low, high);
    }

    private static boolean holds(Atom atom, Pointer pointer, Object value) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        pointer.put(object, value);
        return atom.filter().matches(object) != atom.negated();
    }

    /** Whether the least value that is left is above the greatest one. */
    private static boolean isEmptyRange(Filter.Comparison low, Filter.Comparison high) {
        boolean least = low.operator() == Operator.GT || low.operator() == Operator.GE;
        boolean most = high.operator() == Operator.LT || high.operator() == Operator.LE;
        if (!least || !most) {
            return false;
        }
        boolean open = low.operator() == Operator.GT || high.operator() == Operator.LT;
        Filter outside = new Filter.Comparison(high.pointer(), open ? Operator.GE : Operator.GT, high.value());
        return holds(new Atom(outside, false), low.pointer(), low.value());
    }
}
