package dev.concord.ledger;

import dev.concord.filter.Filter;
import dev.concord.record.Json;
import dev.concord.record.Pointer;
import java.util.Arrays;
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

    /** Members that are one of a few words. */
    private static final Set<Pointer> WORDS =
            Set.of(Pointer.of("situation"), Pointer.of("action"), Pointer.of("status"), Pointer.of("errorKind"));

    private EntryNeedles() {}

    /** Whether a line may be that of an entry which matches. */
    static Predicate<String> of(Filter filter) {
        Predicate<String> needed = needed(filter, false);
        return needed == null ? line -> true : needed;
    }

    /** What holds for every line that matches; null when nothing is known. */
    private static @Nullable Predicate<String> needed(Filter filter, boolean inside) {
        return switch (filter) {
            case Filter.And and -> all(and.operands(), inside);
            case Filter.Or or -> any(or.operands(), inside);
            case Filter.Comparison(Pointer pointer, Filter.Operator operator, String text)
            when !inside && operator == Filter.Operator.EQ && WORDS.contains(pointer) -> word(pointer, text);
            case Filter.Comparison(Pointer pointer, Filter.Operator operator, String text)
            when isKept(pointer, inside) -> text(operator, text);
            case Filter.In in
            when isKept(in.pointer(), inside) && in.values().stream().allMatch(String.class::isInstance) ->
                anyOf(in.values().stream().map(Json::write).toList());
            case Filter.Element element when isKept(element.pointer(), inside) -> needed(element.filter(), true);
            case Filter.Comparison _,
                    Filter.In _,
                    Filter.Element _,
                    Filter.Not _,
                    Filter.NormalizedEquality _,
                    Filter.Present _,
                    Filter.Literal _ -> null;
        };
    }

    private static @Nullable Predicate<String> all(List<Filter> operands, boolean inside) {
        Predicate<String> all = null;
        for (Filter operand : operands) {
            Predicate<String> needed = needed(operand, inside);
            if (needed != null) {
                all = all == null ? needed : all.and(needed);
            }
        }
        return all;
    }

    private static @Nullable Predicate<String> any(List<Filter> operands, boolean inside) {
        Predicate<String> any = line -> false;
        for (Filter operand : operands) {
            Predicate<String> needed = needed(operand, inside);
            if (needed == null) {
                return null;
            }
            any = any.or(needed);
        }
        return any;
    }

    private static Predicate<String> anyOf(List<String> needles) {
        return line -> needles.stream().anyMatch(line::contains);
    }

    private static @Nullable Predicate<String> text(Filter.Operator operator, String text) {
        String json = Json.write(text);
        return switch (operator) {
            case EQ -> anyOf(List.of(json));
            case CO -> anyOf(List.of(json.substring(1, json.length() - 1)));
            case SW -> anyOf(List.of(json.substring(0, json.length() - 1)));
            case EW -> anyOf(List.of(json.substring(1)));
            case LT, LE, GT, GE -> null;
        };
    }

    /** Status and kind of a failure both follow from the outcome, which is what the line has. */
    private static Predicate<String> word(Pointer pointer, String text) {
        return switch (pointer.attribute()) {
            case "status" ->
                anyOf(Arrays.stream(Outcome.values())
                        .filter(outcome -> Status.of(outcome).name().equals(text))
                        .map(outcome -> member("outcome", outcome.name()))
                        .toList());
            case "errorKind" -> anyOf(List.of(member("outcome", text)));
            default -> anyOf(List.of(member(pointer.attribute(), text)));
        };
    }

    private static String member(String name, String text) {
        return Json.write(name) + ":" + Json.write(text);
    }

    private static boolean isKept(Pointer pointer, boolean inside) {
        return inside || (!pointer.isWhole() && KEPT.contains(pointer.attribute()));
    }
}
