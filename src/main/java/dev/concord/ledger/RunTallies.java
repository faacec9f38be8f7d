package dev.concord.ledger;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.concord.ledger.LedgerReader.SegmentId;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What {@link LedgerReader} says of runs, for many who ask again and again: segments never change, so that each is read
 * once, and what a run came to is added up for all of them together. Of an active run everybody sees what was read at
 * most {@link #FRESHNESS} ago, whichever process works on it; of one that has ended, all. Safe for use by several
 * threads.
 */
public final class RunTallies {

    /** How old what is told of an active run may be. */
    public static final Duration FRESHNESS = Duration.ofMillis(500);

    /** A run of ten million records has some ten thousand; each takes less than 100 bytes here. */
    private static final int SEGMENTS = 200_000;

    /** A run without segments takes room, too. */
    private static final int RUN = 20;

    private final JdbcTemplate jdbc;
    private final Cache<String, RunTally> tallies = Caffeine.newBuilder()
            .maximumWeight(SEGMENTS)
            .<String, RunTally>weigher((id, tally) -> RUN + tally.size())
            .build();

    public RunTallies(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** A run with what its segments have come to; it is not to be changed. */
    public RunView view(Run run) {
        return new RunView(run, upToDate(run).totals());
    }

    /**
     * The segments of a run that have entries, and whose kinds of ops are worth reading, in the order in which they
     * were written.
     *
     * @param worthReading sees one op of each kind that a segment has, and no other counts
     */
    List<SegmentId> segmentsWithEntries(Run run, Predicate<Counts> worthReading) {
        return upToDate(run).segmentsWithEntries(worthReading);
    }

    /** Lets go of a run that is deleted. */
    public void forget(String runId) {
        tallies.invalidate(runId);
    }

    private RunTally.State upToDate(Run run) {
        RunTally tally = tallies.get(run.id(), id -> new RunTally(jdbc, id));
        int before = tally.size();
        RunTally.State state = tally.read(run);
        if (tally.size() > before) {
            // Weighed anew.
            tallies.put(run.id(), tally);
        }
        return state;
    }
}
