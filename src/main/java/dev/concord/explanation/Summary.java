package dev.concord.explanation;

import dev.concord.ledger.Entry;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.mapping.Action;
import dev.concord.record.AttributeChange;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a run would do in the end, in a sentence. */
public final class Summary {

    private static final String NOTHING = "Nothing would be written";

    private Summary() {}

    /** @param targetSet the path of the target's object set */
    public static String of(Decision decision, String targetSet) {
        Entry entry = decision.entry();
        if (decision.failed()) {
            return NOTHING + ", and a run would report a failure"
                    + (entry.outcome() == Outcome.RULE ? ", because the rule says so." : ".");
        }
        if (entry.action() == Action.REPORT) {
            return NOTHING + "; its message would stand in the report.";
        }
        List<String> deeds = decision.effects().stream()
                .map(effect -> deed(effect, decision, targetSet))
                .filter(deed -> deed != null)
                .map(String::valueOf)
                .toList();
        if (deeds.isEmpty()) {
            return NOTHING
                    + (decision.effects().contains(Measure.UNCHANGED)
                            ? ": " + object(targetSet, entry.targetId()) + " is as it should be."
                            : ".");
        }
        boolean last = entry.action() != null && entry.action().isPlanned();
        return "Would " + joined(deeds) + (last ? ", in the deletes step at the end of a run." : ".");
    }

    private static @Nullable String deed(Measure effect, Decision decision, String targetSet) {
        String target = object(targetSet, decision.entry().targetId());
        List<AttributeChange> differences = decision.entry().differences();
        return switch (effect) {
            case CREATED -> "create an object of " + targetSet + " with " + attributes(differences.size());
            case UPDATED ->
                "update " + attributes(differences.size()) + " of " + target + ": "
                        + differences.stream().map(AttributeChange::attribute).collect(Collectors.joining(", "));
            case DELETED -> "delete " + target;
            case LINKS_CREATED ->
                decision.effects().contains(Measure.CREATED)
                        ? "link it to the source"
                        : "link " + target + " to the source";
            case LINKS_REPOINTED -> "make the link lead to it";
            case LINKS_REMOVED -> "remove the link";
            case UNCHANGED,
                    LINKS_TO_EXISTING,
                    RECORDS,
                    OPS,
                    UNIDENTIFIED,
                    UNREPEATABLE,
                    UNASSESSED,
                    UNSEEN,
                    LINKS_ACCOUNTED,
                    PRESUMED,
                    PAGES,
                    RETRIES,
                    NANOSECONDS -> null;
        };
    }

    private static String object(String set, @Nullable String id) {
        return id == null ? "the target" : set + "/" + id;
    }

    private static String attributes(int number) {
        return number + (number == 1 ? " attribute" : " attributes");
    }

    private static String joined(List<String> deeds) {
        List<String> parts = new ArrayList<>(deeds);
        String last = parts.removeLast();
        return parts.isEmpty() ? last : String.join(", ", parts) + " and " + last;
    }
}
