package dev.concord.cli;

import dev.concord.ledger.Run;
import dev.concord.ledger.RunCondition;
import dev.concord.ledger.RunKind;
import dev.concord.ledger.RunState;
import dev.concord.ledger.Stage;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs to show. */
final class SampleRuns {

    static final Instant STARTED = Instant.parse("2026-03-01T02:00:00Z");

    private SampleRuns() {}

    static Run active() {
        return run(RunState.ACTIVE, Stage.ACTIVE_RECONCILING_SOURCE, false, null, null);
    }

    static Run done(boolean analysis) {
        return run(RunState.SUCCESS, Stage.COMPLETED_SUCCESS, analysis, null, null);
    }

    static Run failed(@Nullable RunCondition condition, String message) {
        return run(RunState.FAILED, Stage.COMPLETED_FAILED, false, condition, message);
    }

    private static Run run(
            RunState state, Stage stage, boolean analysis, @Nullable RunCondition condition, @Nullable String message) {
        return new Run(
                "3f2a91bc-0000-4000-8000-000000000001",
                1,
                "hr-to-users",
                "hr-to-users",
                RunKind.FULL,
                analysis,
                Map.of("sourceQuery", Map.of("resourceName", "system/hr/employee")),
                "abc",
                1,
                state,
                stage,
                condition,
                message,
                new Run.Facts(1000, -1, 0),
                null,
                STARTED,
                state == RunState.ACTIVE ? null : STARTED.plusMillis(2500));
    }
}
