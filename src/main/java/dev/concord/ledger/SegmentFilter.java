package dev.concord.ledger;

import dev.concord.filter.Filter;
import dev.concord.record.Pointer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells from the counts of a segment whether an entry of it can match a filter, so that whoever looks for a few
 * failures does not read everything.
 */
public final class SegmentFilter implements Predicate<Counts> {

    /** What counts tell of an entry. */
    private static final Set<String> COUNTED = Set.of("situation", "action", "status", "errorKind");

    private final List<Filter> needed;

    public SegmentFilter(Filter filter) {
        needed = conjuncts(filter).stream().filter(SegmentFilter::isCounted).toList();
    }

    @Override
    public boolean test(Counts counts) {
        return needed.isEmpty() || counts.ops().keySet().stream().anyMatch(this::canMatch);
    }

    private boolean canMatch(Counts.OpKind op) {
        Map<String, @Nullable Object> json = json(op);
        return needed.stream().allMatch(filter -> filter.matches(json));
    }

    /** The one text that a pointer must be equal to, where the filter says so. */
    public static Optional<String> only(Filter filter, String name) {
        for (Filter part : conjuncts(filter)) {
            if (part instanceof Filter.Comparison(Pointer pointer, Filter.Operator operator, String value)
                    && operator == Filter.Operator.EQ
                    && pointer.equals(Pointer.of(name))) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    static List<Filter> conjuncts(Filter filter) {
        return filter instanceof Filter.And and
                ? and.operands().stream()
                        .flatMap(one -> conjuncts(one).stream())
                        .toList()
                : List.of(filter);
    }

    /** Whether counts tell all that a filter asks for. */
    static boolean isCounted(Filter filter) {
        return switch (filter) {
            case Filter.And and -> and.operands().stream().allMatch(SegmentFilter::isCounted);
            case Filter.Or or -> or.operands().stream().allMatch(SegmentFilter::isCounted);
            case Filter.Not not -> isCounted(not.operand());
            case Filter.Comparison comparison -> isCounted(comparison.pointer());
            case Filter.In in -> isCounted(in.pointer());
            case Filter.NormalizedEquality equality -> isCounted(equality.pointer());
            case Filter.Present present -> isCounted(present.pointer());
            case Filter.Element element -> false;
            case Filter.Literal literal -> true;
        };
    }

    private static boolean isCounted(Pointer pointer) {
        return pointer.tokens().size() == 1 && COUNTED.contains(pointer.attribute());
    }

    /** What an entry of such an op says where counts tell it. */
    static Map<String, @Nullable Object> json(Counts.OpKind op) {
        Map<String, @Nullable Object> json = new HashMap<>();
        json.put("situation", op.situation() == null ? null : op.situation().name());
        json.put("action", op.action() == null ? null : op.action().name());
        json.put("status", Status.of(op.outcome()).name());
        json.put("errorKind", op.outcome().isFailure() ? op.outcome().name() : null);
        return json;
    }
}
