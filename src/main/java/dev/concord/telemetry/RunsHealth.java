package dev.concord.telemetry;

import dev.concord.ledger.Leases;
import dev.concord.ledger.RunBoard;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Whether the hearts of all active runs beat, whichever process works on them. A run whose process died does not make
 * this server unhealthy, so that it is only warned of; nobody should be restarted for it.
 */
final class RunsHealth implements HealthIndicator {

    /** Something wants looking at, and this server is not to blame. */
    static final Status WARNING = new Status("WARNING");

    private final RunBoard board;

    RunsHealth(RunBoard board) {
        this.board = board;
    }

    @Override
    public Health health() {
        List<Duration> ages = board.beats().stream().map(RunBoard.Beat::age).toList();
        long silent =
                ages.stream().filter(age -> age.compareTo(Leases.TERM) > 0).count();
        return Health.status(silent == 0 ? Status.UP : WARNING)
                .withDetail("active", ages.size())
                .withDetail("silent", silent)
                .build();
    }
}
