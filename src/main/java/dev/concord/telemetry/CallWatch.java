package dev.concord.telemetry;

import dev.concord.ledger.RunBoard;
import dev.concord.ledger.TargetCalls.Call;
import dev.concord.ledger.TargetCalls.CallOutcome;
import dev.concord.ledger.TargetCalls.Operation;
import dev.concord.ledger.TargetCalls.Sum;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The calls of targets that runs make, whichever process works on them. Not safe for use by several threads. */
final class CallWatch {

    private static final double NANOSECONDS = 1e9;

    private final RunBoard board;
    private final Figures figures;
    private final Map<String, Map<Call, Sum>> told = new HashMap<>();
    private final Set<String> targets = new HashSet<>();

    CallWatch(RunBoard board, Figures figures) {
        this.board = board;
        this.figures = figures;
    }

    /** Passes by what these runs have called so far. */
    void skip(Collection<String> runs) {
        told.putAll(board.calls(runs));
    }

    /** Counts what these runs have called since the last time, and forgets all others. */
    void look(Collection<String> runs) {
        Map<String, Map<Call, Sum>> now = runs.isEmpty() ? Map.of() : board.calls(runs);
        now.forEach((run, calls) -> {
            Map<Call, Sum> before = told.getOrDefault(run, Map.of());
            calls.forEach((call, sum) -> count(call, sum.minus(before.getOrDefault(call, Sum.NONE))));
        });
        told.clear();
        told.putAll(now);
    }

    private void count(Call call, Sum more) {
        know(call.target());
        if (more.calls() > 0) {
            figures.add(Meter.TARGET_REQUESTS, more.calls(), more.nanoseconds() / NANOSECONDS, labels(call));
        }
    }

    /** All that can be counted of a target, at zero: the first step of a counter that was not there is not seen. */
    private void know(String target) {
        if (targets.add(target)) {
            for (Operation operation : Operation.values()) {
                for (CallOutcome outcome : CallOutcome.values()) {
                    figures.know(Meter.TARGET_REQUESTS, labels(new Call(target, operation, outcome)));
                }
            }
        }
    }

    private static String[] labels(Call call) {
        return new String[] {
            call.target(),
            call.operation().name().toLowerCase(Locale.ROOT),
            call.outcome().name()
        };
    }
}
