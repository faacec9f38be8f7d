package dev.concord.ledger;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Follows what one run counts, while it works and over restarts: each segment is read once, so that looking often costs
 * no more than what is new. Not safe for use by several threads.
 */
public final class RunCounts {

    private final JdbcTemplate jdbc;
    private final String runId;
    private final Map<Place, Integer> read = new HashMap<>();
    private final Map<Phase, Counts> told = new EnumMap<>(Phase.class);
    private boolean complete;

    private record Place(Phase phase, int partition) {}

    public RunCounts(JdbcTemplate jdbc, String runId) {
        this.jdbc = jdbc;
        this.runId = runId;
    }

    /**
     * Hands over the counts of each segment that was committed since the last time; of segments that were dropped in
     * between, what they came to together.
     */
    public void follow(BiConsumer<Phase, Counts> taker) {
        BiConsumer<Phase, Counts> reader = (phase, counts) -> {
            told.computeIfAbsent(phase, one -> new Counts()).add(counts);
            taker.accept(phase, counts);
        };
        Map<Place, Integer> newest = last();
        // Segments of a partition are numbered without gaps; seq is not, and transactions do not commit in its order.
        newest.forEach((place, last) -> {
            int seen = read.getOrDefault(place, 0);
            if (last > seen) {
                jdbc.query(
                        "select counts from segment where run_id = ? and phase = ? and partition_no = ?"
                                + " and segment_no > ? and segment_no <= ?",
                        row -> {
                            reader.accept(place.phase(), Counts.fromJson(row.getString("counts")));
                        },
                        runId,
                        place.phase().name(),
                        place.partition(),
                        seen,
                        last);
                read.put(place, last);
            }
        });
        if (!complete && (newest.isEmpty() || !newest.keySet().containsAll(read.keySet()))) {
            rest(reader);
        }
    }

    private void rest(BiConsumer<Phase, Counts> reader) {
        Map<Phase, PhaseTotals> kept = LedgerReader.kept(jdbc, runId);
        if (kept != null) {
            complete = true;
            kept.forEach((phase, totals) -> {
                Counts rest = new Counts();
                rest.add(totals.counts());
                rest.subtract(told.getOrDefault(phase, new Counts()));
                if (!rest.isEmpty()) {
                    reader.accept(phase, rest);
                }
            });
        }
    }

    /** Passes by what is there. */
    public void skip() {
        read.putAll(last());
        // Nobody knows what was passed by once it is gone.
        complete = true;
    }

    private Map<Place, Integer> last() {
        Map<Place, Integer> last = new HashMap<>();
        jdbc.query(
                "select phase, partition_no, max(segment_no) as newest from segment where run_id = ?"
                        + " group by phase, partition_no",
                row -> {
                    last.put(
                            new Place(Phase.valueOf(row.getString("phase")), row.getInt("partition_no")),
                            row.getInt("newest"));
                },
                runId);
        return last;
    }
}
