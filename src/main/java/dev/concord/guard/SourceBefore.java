package dev.concord.guard;

import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunState;
import dev.concord.ledger.Runs;
import java.util.Objects;
import java.util.Optional;

/** Knows how many records a source had when a full run last ended well. Safe for use by several threads. */
public final class SourceBefore {

    /** Runs with other queries are rare. */
    private static final int LOOKED_AT = 50;

    private final Runs runs;
    private final LedgerReader ledger;

    public SourceBefore(Runs runs, LedgerReader ledger) {
        this.runs = runs;
        this.ledger = ledger;
    }

    /**
     * How many source records the last full run visited that asked the same source the same, acted on it and ended
     * well; -1 when there is none.
     */
    public long of(Run run) {
        Optional<Run> last = runs.lastFull(run.mapping(), RunState.SUCCESS, LOOKED_AT).stream()
                .filter(earlier -> earlier.number() < run.number())
                .filter(earlier -> Objects.equals(
                        earlier.parameters().get("sourceQuery"),
                        run.parameters().get("sourceQuery")))
                .findFirst();
        return last.map(this::visited).orElse(-1L);
    }

    /** Where the segments are gone, what was counted when it began is close enough. */
    private long visited(Run run) {
        long visited = ledger.counts(run.id(), Phase.SOURCE).get(Measure.RECORDS);
        return visited > 0 ? visited : run.facts().sources();
    }
}
