package dev.concord.telemetry;

import dev.concord.ledger.Leases;
import dev.concord.ledger.RunBoard;
import dev.concord.ledger.RunBoard.Beat;
import dev.concord.ledger.RunBoard.Line;
import dev.concord.ledger.RunState;
import dev.concord.run.Holder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Whether the hearts of all active runs beat, whichever process works on them. A run whose process died does not make
 * this server unhealthy, so that it is only warned of; nobody should be restarted for it. The lease that such a process
 * leaves behind is known as that at once on its own machine, elsewhere when it has run out.
 */
final class RunsHealth implements HealthIndicator {

    /** Something wants looking at, and this server is not to blame. */
    static final Status WARNING = new Status("WARNING");

    private static final String GONE =
            "The process of its run is gone. Restart the run to go on, or recover it to close"
                    + " it; a recoverable schedule does by itself.";
    private static final String SILENT =
            "The process of its run has not shown that it is alive for longer than its lease"
                    + " lasts: it is gone, paused, or cut off from the database.";

    private final RunBoard board;

    RunsHealth(RunBoard board) {
        this.board = board;
    }

    @Override
    public Health health() {
        Map<String, Beat> beats =
                board.beats().stream().collect(Collectors.toMap(Beat::runId, beat -> beat, (a, b) -> a));
        // What a process left behind that had done its run is in nobody's way.
        List<Line> active = board.find(beats.keySet()).stream()
                .filter(run -> run.state() == RunState.ACTIVE)
                .toList();
        Map<String, String> abandoned = new TreeMap<>();
        for (Line run : active) {
            Beat beat = beats.get(run.id());
            if (beat != null && Holder.isGone(beat.process())) {
                abandoned.put(run.mapping(), GONE);
            } else if (beat != null && beat.age().compareTo(Leases.TERM) > 0) {
                abandoned.put(run.mapping(), SILENT);
            }
        }
        Health.Builder health = Health.status(abandoned.isEmpty() ? Status.UP : WARNING)
                .withDetail("active", active.size())
                .withDetail("silent", abandoned.size());
        if (!abandoned.isEmpty()) {
            health.withDetail("mappings", abandoned);
        }
        return health.build();
    }
}
