package dev.concord.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.record.Json;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProofsTest {

    private final Proofs proofs = new Proofs();

    @Test
    void aRunThatDidWhatItShouldHasNoFaults() {
        proofs.expectRun(run("SUCCESS", 0, 1, 99), 0, Map.of("updated", 1L, "unchanged", 99L));
        proofs.expect("rows", 5, 5);
        assertThat(proofs.faults()).isEmpty();
    }

    @Test
    void anUpdateTooManyIsAFault() {
        proofs.expectRun(run("SUCCESS", 0, 2, 98), 0, Map.of("updated", 1L, "unchanged", 99L));
        assertThat(proofs.faults()).containsExactly("updated: 2 where 1 should be", "unchanged: 98 where 99 should be");
    }

    @Test
    void anEffectThatNobodyExpectsIsAFault() {
        proofs.expectRun(run("SUCCESS", 0, 1, 99), 0, Map.of("unchanged", 99L));
        assertThat(proofs.faults()).containsExactly("updated: 1 where 0 should be");
    }

    @Test
    void failuresThatNobodyExpectsAndABadEndAreFaults() {
        proofs.expectRun(run("FAILED", 3, 1, 99), 0, Map.of("updated", 1L, "unchanged", 99L));
        assertThat(proofs.faults())
                .containsExactly("the run ended as FAILED: it broke", "failures: 3 where 0 should be");
    }

    private static RunOutcome run(String state, int failures, int updated, int unchanged) {
        return new RunOutcome(Json.readObject("""
                        {"run": {"state": "%s", "message": "it broke", "statusSummary": {"FAILURE": %d},
                                 "effects": {"created": 0, "updated": %d, "unchanged": %d, "deleted": 0,
                                             "linksCreated": 0, "linksRepointed": 0, "linksRemoved": 0}}}
                        """.formatted(state, failures, updated, unchanged)), Duration.ZERO);
    }
}
