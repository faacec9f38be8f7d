package dev.concord.ledger;

import dev.concord.ledger.LedgerReader.SegmentId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** What was read of one run's segments so far. Safe for use by several threads; one of them reads at a time. */
final class RunTally {

    private static final String READ =
            "select s.phase, s.partition_no, s.segment_no, s.seq, s.counts, case when exists (select 1 from segment_entries e"
                    + " where e.run_id = s.run_id and e.phase = s.phase and e.partition_no = s.partition_no"
                    + " and e.segment_no = s.segment_no and e.part_no >= 0) then 1 else 0 end as has_entries"
                    + " from segment s where s.run_id = ? and s.segment_no > ";

    private final JdbcTemplate jdbc;
    private final String runId;
    private final Map<Place, Integer> last = new HashMap<>();
    private final Map<Phase, PhaseTotals> totals = new EnumMap<>(Phase.class);
    private final List<Line> lines = new ArrayList<>();
    private final Map<Set<Counts.OpKind>, Counts> kinds = new HashMap<>();
    private State state = new State(Map.of(), List.of());
    private boolean begun;
    private long readAt;
    private @Nullable Instant readUpTo;
    private volatile int size;

    RunTally(JdbcTemplate jdbc, String runId) {
        this.jdbc = jdbc;
        this.runId = runId;
        for (Phase phase : Phase.values()) {
            totals.put(phase, PhaseTotals.nothing());
        }
    }

    private record Place(Phase phase, int partition) {}

    private record Row(long seq, SegmentId segment, Counts counts, boolean entries) {}

    /** @param kinds one op of each kind that the segment has; shared by all that have the same ones */
    private record Line(long seq, SegmentId segment, Counts kinds, boolean entries) {}

    /** What was known at one moment; nobody changes it. */
    record State(Map<Phase, PhaseTotals> totals, List<Line> lines) {

        List<SegmentId> segmentsWithEntries(Predicate<Counts> worthReading) {
            Map<Counts, Boolean> judged = new IdentityHashMap<>();
            List<SegmentId> segments = new ArrayList<>();
            for (Line line : lines) {
                if (line.entries && judged.computeIfAbsent(line.kinds, worthReading::test)) {
                    segments.add(line.segment);
                }
            }
            return segments;
        }
    }

    /** How many segments are kept. */
    int size() {
        return size;
    }

    /** Reads what is new, unless that was done a moment ago or there can be nothing new. */
    synchronized State read(Run run) {
        Instant ended = run.ended();
        boolean known = ended == null
                ? begun && System.nanoTime() - readAt < RunTallies.FRESHNESS.toNanos()
                : ended.equals(readUpTo);
        if (!known) {
            // Added when all are there: a reading that breaks off leaves nothing behind.
            List<Row> rows = begun ? unread() : jdbc.query(READ + "0", RunTally::row, runId);
            if (!rows.isEmpty() || !begun) {
                rows.forEach(this::add);
                lines.sort(Comparator.comparingLong(Line::seq));
                state = new State(copies(), List.copyOf(lines));
                size = lines.size();
            }
            begun = true;
            readAt = System.nanoTime();
            readUpTo = ended;
        }
        return state;
    }

    /** Segments of a partition are numbered without gaps; transactions do not commit in the order of seq. */
    private List<Row> unread() {
        List<Row> rows = new ArrayList<>();
        for (SegmentId newest : newest()) {
            int seen = last.getOrDefault(new Place(newest.phase(), newest.partition()), 0);
            if (newest.number() > seen) {
                rows.addAll(jdbc.query(
                        READ + "? and s.phase = ? and s.partition_no = ?",
                        RunTally::row,
                        runId,
                        seen,
                        newest.phase().name(),
                        newest.partition()));
            }
        }
        return rows;
    }

    private List<SegmentId> newest() {
        return jdbc.query(
                "select phase, partition_no, max(segment_no) as newest from segment where run_id = ?"
                        + " group by phase, partition_no",
                (row, number) -> new SegmentId(
                        Phase.valueOf(row.getString("phase")), row.getInt("partition_no"), row.getInt("newest")),
                runId);
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                row.getLong("seq"),
                new SegmentId(
                        Phase.valueOf(row.getString("phase")), row.getInt("partition_no"), row.getInt("segment_no")),
                Counts.fromJson(row.getString("counts")),
                row.getInt("has_entries") == 1);
    }

    private void add(Row row) {
        SegmentId segment = row.segment;
        totals.computeIfPresent(segment.phase(), (phase, sum) -> sum.plus(row.counts));
        lines.add(new Line(row.seq, segment, kinds(row.counts), row.entries));
        last.merge(new Place(segment.phase(), segment.partition()), segment.number(), Math::max);
    }

    private Counts kinds(Counts counts) {
        return kinds.computeIfAbsent(Set.copyOf(counts.ops().keySet()), these -> {
            Counts one = new Counts();
            these.forEach(kind -> one.addOp(kind, 1));
            return one;
        });
    }

    private Map<Phase, PhaseTotals> copies() {
        Map<Phase, PhaseTotals> copies = new EnumMap<>(Phase.class);
        totals.forEach((phase, sum) -> copies.put(phase, sum.copy()));
        return copies;
    }
}
