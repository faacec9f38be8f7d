package dev.concord.chaos;

import dev.concord.ledger.Phase;
import dev.concord.oracle.Verdict;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a marathon has come to so far. Not for use by several threads at once. */
final class Tally {

    /** Kills of one phase, or of the way there. */
    private static final class Row {
        private int fromOutside;
        private int byItself;
        private long pagesBegunAgain;
        private long mostAtOnce;
    }

    private final Map<Phase, Row> phases = new EnumMap<>(Phase.class);
    private final Row starting = new Row();
    private int rounds;
    private int looks;
    private @Nullable Verdict verdict;

    Tally() {
        for (Phase phase : Phase.values()) {
            phases.put(phase, new Row());
        }
    }

    /**
     * @param phase null when the process was still on its way to the first page it would have worked on
     * @param again pages that were begun and not committed
     */
    void kill(@Nullable Phase phase, boolean fromOutside, long again) {
        Row row = phase == null ? starting : Objects.requireNonNull(phases.get(phase));
        if (fromOutside) {
            row.fromOutside++;
        } else {
            row.byItself++;
        }
        row.pagesBegunAgain += again;
        row.mostAtOnce = Math.max(row.mostAtOnce, again);
    }

    /** A look at a run that is not done yet. */
    void look(Verdict look) {
        looks++;
        verdict = verdict == null ? look : verdict.and(look);
    }

    /** A round that came to its end. */
    void round(Verdict end) {
        rounds++;
        verdict = verdict == null ? end : verdict.and(end);
    }

    int kills() {
        return phases.values().stream().mapToInt(Tally::kills).sum() + kills(starting);
    }

    int kills(Phase phase) {
        return kills(Objects.requireNonNull(phases.get(phase)));
    }

    Verdict verdict() {
        return Objects.requireNonNull(verdict);
    }

    private static int kills(Row row) {
        return row.fromOutside + row.byItself;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append("%-10s %8s %10s %6s %18s %14s%n"
                .formatted("killed in", "outside", "by itself", "kills", "pages begun again", "most at once"));
        phases.forEach((phase, row) -> append(text, phase.toString(), row));
        append(text, "(start)", starting);
        text.append("%d kills in %d runs that came to their end, %d looks between; %s"
                .formatted(kills(), rounds, looks, verdict == null ? "not judged" : verdict.counts()));
        return text.toString();
    }

    private static void append(StringBuilder text, String name, Row row) {
        text.append("%-10s %8d %10d %6d %18d %14d%n"
                .formatted(name, row.fromOutside, row.byItself, kills(row), row.pagesBegunAgain, row.mostAtOnce));
    }
}
