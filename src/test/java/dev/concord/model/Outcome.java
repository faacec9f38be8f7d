package dev.concord.model;

import dev.concord.model.World.Link;
import dev.concord.model.World.Run;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a run must leave behind.
 *
 * @param refused whether the run failed because the source was empty; nothing was touched then
 * @param ops in the order they were assessed
 * @param targets attributes by id. Targets whose id the system gave are called {@code new<number of the run>:<source
 *     id>/<qualifier>}
 * @param links all, also those of other types
 */
public record Outcome(
        Run run, boolean refused, List<Op> ops, Map<String, Map<String, String>> targets, List<Link> links) {

    /** Every situation with the number of ops in it. */
    public Map<Situation, Integer> situationSummary() {
        Map<Situation, Integer> summary = new EnumMap<>(Situation.class);
        for (Situation situation : Situation.values()) {
            summary.put(situation, (int)
                    ops.stream().filter(op -> op.situation() == situation).count());
        }
        return summary;
    }

    public int count(Effect effect) {
        return (int) ops.stream().filter(op -> op.effects().contains(effect)).count();
    }

    public int failures() {
        return (int) ops.stream().filter(Op::failed).count();
    }

    /** Failures that are not an EXCEPTION rule's. */
    public int recordErrors() {
        return (int) ops.stream()
                .filter(op -> op.failed() && op.errorKind() != ErrorKind.RULE)
                .count();
    }

    public boolean wrote() {
        return !run.analyze()
                && ops.stream().anyMatch(op -> op.effects().stream().anyMatch(Effect::isWrite));
    }
}
