package dev.concord.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far the document of a run says that it is. */
class RunProgressTest {

    private static final Instant STARTED = Instant.parse("2026-03-01T02:00:00Z");

    /** A source may have grown since it was counted. */
    @ParameterizedTest
    @CsvSource({"900,1000,1000", "1000,1000,1000", "1200,1000,1200", "7,-1,?"})
    void nobodyIsToldOfMoreThanAll(long processed, long counted, String total) {
        Counts counts = new Counts();
        counts.add(Measure.RECORDS, processed);
        Map<Phase, PhaseTotals> phases = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) {
            phases.put(phase, PhaseTotals.nothing());
        }
        phases.computeIfPresent(Phase.SOURCE, (phase, nothing) -> nothing.plus(counts));
        Run run = new Run(
                "3f2a91bc-0000-4000-8000-000000000001",
                1,
                "hr-to-users",
                "hr-to-users",
                RunKind.FULL,
                false,
                Map.of(),
                "abc",
                1,
                RunState.ACTIVE,
                Stage.ACTIVE_RECONCILING_SOURCE,
                null,
                null,
                new Run.Facts(counted, -1, -1),
                null,
                STARTED,
                null);
        Map<?, ?> progress = (Map<?, ?>) new RunView(run, phases).json(STARTED).get("progress");
        assertThat(((Map<?, ?>) progress.get("source")).get("existing"))
                .isEqualTo(Map.of("processed", processed, "total", total));
    }
}
