package dev.concord.oracle;

import dev.concord.ledger.Entry;
import dev.concord.ledger.EntryView;
import dev.concord.ledger.Phase;
import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import dev.concord.record.AttributeChange;
import dev.concord.record.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One op in words that ledgers and the reference model share, with ids as {@link Naming} spells them.
 *
 * @param outcome SUCCESS, PLANNED, or the kind of the failure
 * @param differences null when they are not known
 */
record Told(
        String phase,
        @Nullable String source,
        @Nullable String target,
        String qualifier,
        @Nullable String situation,
        @Nullable String action,
        String outcome,
        List<String> candidates,
        @Nullable String differences) {

    static Told of(Phase phase, Entry entry, Naming naming) {
        return new Told(
                phase.name(),
                naming.source(entry.sourceId()),
                naming.target(entry.targetId()),
                entry.qualifier(),
                name(entry.situation()),
                name(entry.action()),
                entry.outcome().name(),
                naming.targets(entry.candidateIds()),
                Json.write(
                        entry.differences().stream().map(Told::change).sorted().toList()));
    }

    private static String change(AttributeChange change) {
        return change.attribute() + ": " + text(change.before()) + " -> " + text(change.after());
    }

    private static String text(@Nullable Object value) {
        return value instanceof Map<?, ?> map && !EntryView.isWithheld(map)
                ? Json.write(new TreeMap<>(map))
                : Json.write(value);
    }

    private static @Nullable String name(@Nullable Enum<?> word) {
        return word == null ? null : word.name();
    }

    /** What makes it the one op it is, whatever became of it. */
    String key() {
        return phase + " " + (phase.equals(Phase.TARGET.name()) ? "target " + target : "source " + source) + " ("
                + qualifier + ")";
    }

    /** Whether it changed something: an update says so by its differences, or by the link that it made. */
    boolean changed() {
        if (Action.REPORT.name().equals(action)) {
            return false;
        }
        boolean wrote = differences != null && !differences.equals("[]");
        boolean links = Stream.of(Action.CREATE, Action.LINK, Action.UNLINK)
                        .anyMatch(which -> which.name().equals(action))
                || (Action.UPDATE.name().equals(action)
                        && !Situation.CONFIRMED.name().equals(situation))
                || (Action.DELETE.name().equals(action) && wrote);
        return wrote || (outcome.equals("SUCCESS") && links);
    }

    /** Equal as far as both are known. */
    boolean agreesWith(Told other) {
        boolean comparable = differences != null && other.differences != null;
        return withoutDifferences().equals(other.withoutDifferences())
                && (!comparable || Objects.equals(differences, other.differences));
    }

    private Told withoutDifferences() {
        return new Told(phase, source, target, qualifier, situation, action, outcome, candidates, null);
    }
}
