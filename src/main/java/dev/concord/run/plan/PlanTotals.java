package dev.concord.run.plan;

import dev.concord.guard.Excess;
import dev.concord.guard.Guards;
import dev.concord.ledger.Counts;
import dev.concord.ledger.Entry;
import dev.concord.ledger.EntryView;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.RunView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a plan comes to. Numbers are of targets, links and ops; the last two are of ops that would fail, by a rule that
 * says EXCEPTION or for another reason.
 *
 * @param guards what would stop a run that does this, in sentences
 */
public record PlanTotals(
        long creates,
        long updates,
        long deletes,
        long newLinks,
        long movedLinks,
        long removedLinks,
        long exceptions,
        long failures,
        List<String> guards) {

    public static PlanTotals of(RunView plan) {
        Counts counts = plan.counts();
        long exceptions = counts.ops(kind -> kind.outcome() == Outcome.RULE);
        return new PlanTotals(
                counts.get(Measure.CREATED),
                counts.get(Measure.UPDATED),
                counts.get(Measure.DELETED),
                counts.get(Measure.LINKS_CREATED),
                counts.get(Measure.LINKS_REPOINTED),
                counts.get(Measure.LINKS_REMOVED),
                exceptions,
                counts.failures() - exceptions,
                Guards.wouldTrip(plan).stream().map(Excess::told).toList());
    }

    /** Whether a run would change anything. */
    public boolean hasChanges() {
        return creates + updates + deletes + newLinks + movedLinks + removedLinks > 0;
    }

    /** One line: {@code 412 to create, 37 to update, …}; what there is none of is left out. */
    public String words() {
        List<String> words = new ArrayList<>();
        add(words, creates, "to create", "to create");
        add(words, updates, "to update", "to update");
        add(words, deletes, "to delete", "to delete");
        add(words, newLinks, "link to make", "links to make");
        add(words, movedLinks, "link to move", "links to move");
        add(words, removedLinks, "link to remove", "links to remove");
        if (words.isEmpty()) {
            words.add("nothing to change");
        }
        add(words, exceptions, "exception by a rule", "exceptions by rules");
        add(words, failures, "would fail", "would fail");
        return String.join(", ", words);
    }

    private static void add(List<String> words, long number, String one, String many) {
        if (number > 0) {
            words.add(String.format(Locale.ROOT, "%,d", number) + " " + (number == 1 ? one : many));
        }
    }

    public Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("creates", creates);
        json.put("updates", updates);
        json.put("deletes", deletes);
        json.put("newLinks", newLinks);
        json.put("movedLinks", movedLinks);
        json.put("removedLinks", removedLinks);
        json.put("exceptions", exceptions);
        json.put("failures", failures);
        json.put("guards", guards);
        return json;
    }

    /** Whether somebody who reviews a plan wants to see an entry: something would change, or fail. */
    public static boolean isWorthShowing(Entry entry) {
        return entry.outcome().isFailure()
                || entry.trace().effects().stream().anyMatch(effect -> effect != Measure.UNCHANGED);
    }

    /** Whether applying would refuse an entry whatever happens, because nothing is known of values it withholds. */
    public static boolean isIncomparable(Entry entry) {
        return entry.trace().fingerprint() == null
                && isWorthShowing(entry)
                && entry.differences().stream()
                        .anyMatch(change ->
                                EntryView.isWithheld(change.before()) || EntryView.isWithheld(change.after()));
    }
}
