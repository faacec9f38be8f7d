package dev.concord.review;

import dev.concord.mapping.Action;
import dev.concord.mapping.Condition;
import dev.concord.mapping.LinkQualifiers;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.PropertyRow;
import dev.concord.mapping.Situation;
import dev.concord.record.Pointer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Attributes that two mappings write into the same objects, so that each run undoes the other's. Mappings may well
 * share an object type: nothing is said where each has its own objects, by links, by what it selects or by validTarget.
 */
final class SharedAttributes {

    private final List<Mapping> mappings;
    private final Warnings warnings;

    SharedAttributes(List<Mapping> mappings, Warnings warnings) {
        this.mappings = mappings;
        this.warnings = warnings;
    }

    void look() {
        for (int i = 0; i < mappings.size(); i++) {
            for (Mapping earlier : mappings.subList(0, i)) {
                if (mayMeet(earlier, mappings.get(i))) {
                    compare(earlier, mappings.get(i));
                }
            }
        }
    }

    private void compare(Mapping one, Mapping other) {
        Map<String, PropertyRow> shared = new TreeMap<>();
        for (PropertyRow row : other.properties()) {
            boolean both = writesAlways(row)
                    && one.properties().stream()
                            .anyMatch(each -> each.target().equals(row.target()) && writesAlways(each));
            if (both && !row.target().equals(Pointer.of("_id"))) {
                shared.putIfAbsent(Losses.name(row.target()), row);
            }
        }
        if (shared.isEmpty()) {
            return;
        }
        PropertyRow first = Collections.min(
                shared.values(),
                (a, b) -> Integer.compare(a.place().line(), b.place().line()));
        String how = sameLinks(one, other)
                ? "both use the links of " + one.linkOwner()
                : "an object that both find belongs to both";
        warnings.add(
                first.place(),
                String.join(", ", shared.keySet()) + " of " + other.target()
                        + (shared.size() == 1 ? " is" : " are")
                        + " also written by " + one.name() + " (jobs/"
                        + one.place().file() + "), and " + how
                        + ", so each run undoes the other's; give every attribute to one mapping only"
                        + (sameLinks(one, other) ? "" : ", or say with validTarget which objects are whose"));
    }

    private static boolean writesAlways(PropertyRow row) {
        return row.condition() == null;
    }

    private static boolean sameLinks(Mapping one, Mapping other) {
        return one.enableLinking() && other.enableLinking() && one.linkOwner().equals(other.linkOwner());
    }

    private static boolean mayMeet(Mapping one, Mapping other) {
        if (!one.target().equals(other.target()) || !writes(one) || !writes(other)) {
            return false;
        }
        boolean sameSource = one.source().equals(other.source());
        if (sameSource && selects(one) && selects(other) && !sameSelection(one, other)) {
            return false;
        }
        if (sameLinks(one, other)) {
            return shareQualifier(one, other);
        }
        return !judgesTargets(one) && !judgesTargets(other) && (adopts(one) || adopts(other));
    }

    private static boolean writes(Mapping mapping) {
        return MappingReview.mayDo(mapping, Action.CREATE, Action.UPDATE);
    }

    /** Whether a mapping makes objects its own that were there before. */
    private static boolean adopts(Mapping mapping) {
        return !mapping.correlations().isEmpty()
                && MappingReview.mayDo(mapping, Situation.FOUND, Action.UPDATE, Action.LINK);
    }

    private static boolean judgesTargets(Mapping mapping) {
        return mapping.validTarget() != null || mapping.targetQuery().filter() != null;
    }

    private static boolean selects(Mapping mapping) {
        return mapping.validSource() != null
                || mapping.sourceCondition() != null
                || mapping.sourceQuery().filter() != null;
    }

    private static boolean sameSelection(Mapping one, Mapping other) {
        return Objects.equals(text(one), text(other));
    }

    private static List<Object> text(Mapping mapping) {
        Condition condition = mapping.sourceCondition();
        return List.of(
                mapping.validSource() == null ? "" : mapping.validSource().text(),
                switch (condition) {
                    case Condition.FilterCondition filter -> filter.filter();
                    case Condition.ScriptCondition script -> script.script().text();
                    case null -> "";
                },
                mapping.sourceQuery().filter() == null
                        ? ""
                        : mapping.sourceQuery().filter());
    }

    private static boolean shareQualifier(Mapping one, Mapping other) {
        return !(one.linkQualifiers() instanceof LinkQualifiers.Fixed(List<String> names)
                && other.linkQualifiers() instanceof LinkQualifiers.Fixed(List<String> others)
                && Collections.disjoint(names, others));
    }
}
