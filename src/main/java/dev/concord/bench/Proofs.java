package dev.concord.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether what was measured also happened. */
final class Proofs {

    private static final List<String> EFFECTS =
            List.of("created", "updated", "unchanged", "deleted", "linksCreated", "linksRepointed", "linksRemoved");

    private final List<String> faults = new ArrayList<>();

    void expect(String what, long expected, long seen) {
        if (expected != seen) {
            faults.add(what + ": " + seen + " where " + expected + " should be");
        }
    }

    /** The run ended well, with these effects and no others. */
    void expectRun(RunOutcome run, long failures, Map<String, Long> effects) {
        if (!run.state().equals("SUCCESS")) {
            faults.add("the run ended as " + run.state() + ": " + run.message());
        }
        expect("failures", failures, run.failures());
        EFFECTS.forEach(effect -> expect(effect, effects.getOrDefault(effect, 0L), run.effect(effect)));
    }

    /** What does not hold; empty when all does. */
    List<String> faults() {
        return List.copyOf(faults);
    }
}
