package dev.concord.ledger;

import dev.concord.filter.Filter;
import dev.concord.record.Json;
import dev.concord.record.Pointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells from the text of an entry, as the ledger keeps it, that it cannot match a filter, so that whoever looks for one
 * id does not have every entry decoded. Texts stand in the line as JSON spells them, whatever member they belong to.
 */
final class EntryNeedles {

    /** Members of an entry's document whose texts stand in the line as they are. */
    private static final Set<String> KEPT = Set.of(
            "sourceObjectId",
            "targetObjectId",
            "ambiguousTargetObjectIds",
            "linkQualifier",
            "message",
            "messageDetail",
            "exception",
            "display",
            "differences");

    private EntryNeedles() {}

    /** Whether a line may be that of an entry which matches. */
    static Predicate<String> of(Filter filter) {
        List<String> needles = needles(filter, false);
        return needles == null ? line -> true : line -> needles.stream().anyMatch(line::contains);
    }

    /** Texts of which one at least stands in every line that matches; null when nothing is known. */
    private static @Nullable List<String> needles(Filter filter, boolean inside) {
        return switch (filter) {
            case Filter.And and ->
                and.operands().stream()
                        .<@Nullable List<String>>map(operand -> needles(operand, inside))
                        .filter(needles -> needles != null)
                        .findFirst()
                        .orElse(null);
            case Filter.Or or -> union(or.operands(), inside);
            case Filter.Comparison(Pointer pointer, Filter.Operator operator, String text)
            when isKept(pointer, inside) -> needle(operator, text);
            case Filter.In in
            when isKept(in.pointer(), inside) && in.values().stream().allMatch(String.class::isInstance) ->
                in.values().stream().map(Json::write).toList();
            case Filter.Element element when isKept(element.pointer(), inside) -> needles(element.filter(), true);
            case Filter.Comparison _,
                    Filter.In _,
                    Filter.Element _,
                    Filter.Not _,
                    Filter.NormalizedEquality _,
                    Filter.Present _,
                    Filter.Literal _ -> null;
        };
    }

    private static @Nullable List<String> union(List<Filter> operands, boolean inside) {
        List<String> all = new ArrayList<>();
        for (Filter operand : operands) {
            List<String> needles = needles(operand, inside);
            if (needles == null) {
                return null;
            }
            all.addAll(needles);
        }
        return all;
    }

    private static @Nullable List<String> needle(Filter.Operator operator, String text) {
        String json = Json.write(text);
        return switch (operator) {
            case EQ -> List.of(json);
            case CO -> List.of(json.substring(1, json.length() - 1));
            case SW -> List.of(json.substring(0, json.length() - 1));
            case EW -> List.of(json.substring(1));
            case LT, LE, GT, GE -> null;
        };
    }

    private static boolean isKept(Pointer pointer, boolean inside) {
        return inside || (!pointer.isWhole() && KEPT.contains(pointer.attribute()));
    }
}
