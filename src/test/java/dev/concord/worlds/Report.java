package dev.concord.worlds;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Measure;
import dev.concord.model.Effect;
import dev.concord.model.Op;
import dev.concord.model.Outcome;
import dev.concord.model.World.Link;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a run left behind, in words that engine and model share, so that two of them can be compared.
 *
 * @param lines the report lines, in the order of the ops
 * @param counts of ops by situation, action and outcome, and of effects; what did not happen is missing
 * @param targets attributes by id
 */
record Report(
        boolean refused,
        List<Line> lines,
        Map<String, Long> counts,
        Map<String, Map<String, String>> targets,
        Collection<Link> links) {

    /** One op as the report shows it. {@code outcome} is SUCCESS or the kind of the failure. */
    record Line(
            String phase,
            @Nullable String sourceId,
            @Nullable String targetId,
            @Nullable String qualifier,
            @Nullable String situation,
            @Nullable String action,
            String outcome,
            List<String> candidates) {

        private static Line of(Op op) {
            return new Line(
                    op.phase().name(),
                    op.sourceId(),
                    op.targetId(),
                    op.qualifier(),
                    op.situation() == null ? null : op.situation().name(),
                    op.action() == null ? null : op.action().name(),
                    Report.outcome(op),
                    op.candidates());
        }

        @Override
        public String toString() {
            return phase.toLowerCase(Locale.ROOT) + " " + sourceId + " -> "
                    + (candidates.isEmpty() ? targetId : candidates) + " (" + qualifier + ") " + situation + " "
                    + action + " " + outcome;
        }
    }

    static Report of(Outcome outcome) {
        Map<String, Long> counts = new TreeMap<>();
        outcome.ops().forEach(op -> {
            counts.merge("OPS", 1L, Long::sum);
            counts.merge(
                    (op.situation() == null ? "" : op.situation()) + "/" + (op.action() == null ? "" : op.action())
                            + "/" + outcome(op),
                    1L,
                    Long::sum);
            op.effects().forEach(effect -> counts.merge(measure(effect).name(), 1L, Long::sum));
        });
        return new Report(
                outcome.refused(),
                outcome.ops().stream()
                        .filter(op -> outcome.run().analyze() || op.hasEntry())
                        .map(Line::of)
                        .toList(),
                counts,
                new TreeMap<>(outcome.targets()),
                sorted(outcome.links()));
    }

    /** The same of a run that keeps no entries of what did not change. */
    Report withoutLines() {
        return new Report(refused, List.of(), counts, targets, links);
    }

    /** The counts of the engine that the model knows, too. */
    static Map<String, Long> counts(Counts counts) {
        Map<String, Long> shared = new TreeMap<>();
        counts.ops()
                .forEach((kind, number) -> shared.put(
                        (kind.situation() == null ? "" : kind.situation()) + "/"
                                + (kind.action() == null ? "" : kind.action()) + "/" + kind.outcome(),
                        number));
        shared.put("OPS", counts.get(Measure.OPS));
        for (Effect effect : Effect.values()) {
            shared.put(measure(effect).name(), counts.get(measure(effect)));
        }
        shared.values().removeIf(number -> number == 0);
        return shared;
    }

    static Collection<Link> sorted(Collection<Link> links) {
        return links.stream()
                .collect(Collectors.toCollection(() -> new TreeSet<>(Comparator.comparing(Link::toString))));
    }

    private static String outcome(Op op) {
        return op.outcome();
    }

    static Measure measure(Effect effect) {
        return switch (effect) {
            case CREATED -> Measure.CREATED;
            case UPDATED -> Measure.UPDATED;
            case UNCHANGED -> Measure.UNCHANGED;
            case DELETED -> Measure.DELETED;
            case LINKED -> Measure.LINKS_CREATED;
            case REPOINTED -> Measure.LINKS_REPOINTED;
            case UNLINKED -> Measure.LINKS_REMOVED;
        };
    }

    /**
     * The first thing in which this report, the engine's, differs from the model's.
     *
     * @param inOrder whether the ops have to come in the same order
     */
    Optional<String> differenceFrom(Report model, boolean inOrder) {
        if (refused != model.refused) {
            return Optional.of(
                    "The engine " + (refused ? "refused the source" : "took the source") + ", the model did not.");
        }
        List<Line> ours = inOrder ? lines : byText(lines);
        List<Line> theirs = inOrder ? model.lines : byText(model.lines);
        for (int i = 0; i < Math.max(ours.size(), theirs.size()); i++) {
            Line our = i < ours.size() ? ours.get(i) : null;
            Line their = i < theirs.size() ? theirs.get(i) : null;
            if (!Objects.equals(our, their)) {
                return Optional.of("Op " + i + "\n  engine: " + our + "\n  model:  " + their);
            }
        }
        return difference("Counts", counts, model.counts)
                .or(() -> difference("Targets", targets, model.targets))
                .or(() -> difference("Links", links, model.links));
    }

    /**
     * Whether what is counted is what there is.
     *
     * @param targetsBefore how many there were; likewise {@code linksBefore}
     */
    boolean addsUp(boolean analysis, int targetsBefore, int linksBefore) {
        long ops = counts.entrySet().stream()
                .filter(e -> e.getKey().contains("/"))
                .mapToLong(Map.Entry::getValue)
                .sum();
        boolean settled = counts.keySet().stream().noneMatch(kind -> kind.endsWith("/PLANNED"));
        return settled
                && ops == count("OPS")
                && targets.size() == targetsBefore + (analysis ? 0 : count("CREATED") - count("DELETED"))
                && links.size() == linksBefore + (analysis ? 0 : count("LINKS_CREATED") - count("LINKS_REMOVED"));
    }

    private long count(String what) {
        return counts.getOrDefault(what, 0L);
    }

    private static List<Line> byText(List<Line> lines) {
        List<Line> sorted = new ArrayList<>(lines);
        sorted.sort(Comparator.comparing(Line::toString));
        return sorted;
    }

    private static Optional<String> difference(String what, Object engine, Object model) {
        return engine.equals(model)
                ? Optional.empty()
                : Optional.of(what + "\n  engine: " + engine + "\n  model:  " + model);
    }

    @Override
    public String toString() {
        return (refused ? "refused\n" : "")
                + lines.stream().map(line -> "  " + line + "\n").collect(Collectors.joining()) + "  counts " + counts
                + "\n  targets " + targets + "\n  links " + links;
    }
}
