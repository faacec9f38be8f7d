package dev.concord.ledger;

import dev.concord.mapping.Situation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * Reads what runs wrote: the same while they work, after they ended, and from any process. Safe for use by several
 * threads.
 */
public final class LedgerReader {

    /** The number of the part that holds ids by situation; those of entries count from 0. */
    static final int FIRST_IDS = -1;

    private final JdbcTemplate jdbc;
    private final EntryMask mask;

    /** For readers that need, or may see, all that entries hold. */
    public LedgerReader(JdbcTemplate jdbc) {
        this(jdbc, EntryMask.NONE);
    }

    /** @param mask what becomes of entries that are {@link #shown}; others are read as they were written */
    public LedgerReader(JdbcTemplate jdbc, EntryMask mask) {
        this.jdbc = jdbc;
        this.mask = mask;
    }

    /** Makes entries of a run, as they were written, what may be shown of them; for one reading. */
    public UnaryOperator<Entry> shown(Run run) {
        return mask.of(run);
    }

    /** The counts of a run so far; {@code phase} null means of all phases. */
    public Counts counts(String runId, @Nullable Phase phase) {
        return counts(jdbc, runId, phase);
    }

    /** A run with what its segments have come to by now, or had come to before they were dropped. */
    public RunView view(Run run) {
        if (run.entriesDropped() != null) {
            Map<Phase, PhaseTotals> kept = kept(jdbc, run.id());
            if (kept != null) {
                return new RunView(run, kept);
            }
        }
        return new RunView(run, folded(jdbc, run.id()));
    }

    /** What is kept of segments that were, or are being, dropped; null as long as all of them are there. */
    static @Nullable Map<Phase, PhaseTotals> kept(JdbcTemplate jdbc, String runId) {
        return jdbc
                .query(
                        "select phase_totals from recon_run where run_id = ? and phase_totals is not null",
                        (row, number) -> PhaseTotalsJson.read(row.getString(1)),
                        runId)
                .stream()
                .findFirst()
                .orElse(null);
    }

    static Map<Phase, PhaseTotals> folded(JdbcTemplate jdbc, String runId) {
        Map<Phase, PhaseTotals> phases = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) {
            phases.put(phase, PhaseTotals.nothing());
        }
        jdbc.query(
                "select phase, counts from segment where run_id = ? and segment_no > 0",
                row -> {
                    Counts counts = Counts.fromJson(row.getString("counts"));
                    phases.computeIfPresent(
                            Phase.valueOf(row.getString("phase")), (phase, totals) -> totals.plus(counts));
                },
                runId);
        return phases;
    }

    static Counts counts(JdbcTemplate jdbc, String runId, @Nullable Phase phase) {
        Counts sum = new Counts();
        RowCallbackHandler adding = row -> sum.add(Counts.fromJson(row.getString(1)));
        String all = "select counts from segment where run_id = ?";
        if (phase == null) {
            jdbc.query(all, adding, runId);
        } else {
            jdbc.query(all + " and phase = ?", adding, runId, phase.name());
        }
        return sum;
    }

    /** Where an entry stands: the cursor of reports. Ordered as the run wrote it. */
    public record SegmentId(Phase phase, int partition, int number) {}

    /** Receives the entries of a run one by one. */
    public interface EntryConsumer {

        /**
         * @param index of the entry in its segment, from 0
         * @return whether to go on
         */
        boolean accept(SegmentId segment, int index, Entry entry);
    }

    /**
     * Hands the entries of a run to a consumer, in the order in which their segments were written. Only one segment at
     * a time is in memory.
     *
     * @param worthReading says from a segment's counts whether its entries need to be looked at
     */
    public void entries(String runId, Predicate<Counts> worthReading, EntryConsumer consumer) {
        for (SegmentId segment : segmentsWithEntries(runId, worthReading)) {
            int index = 0;
            for (Entry entry : entries(runId, segment)) {
                if (!consumer.accept(segment, index++, entry)) {
                    return;
                }
            }
        }
    }

    /** The segments of a run whose counts are worth reading, in the order in which they were written. */
    public List<SegmentId> segments(String runId, Predicate<Counts> worthReading) {
        return segments("", runId, worthReading);
    }

    /** Likewise, without those that have no entries at all. */
    List<SegmentId> segmentsWithEntries(String runId, Predicate<Counts> worthReading) {
        return segments(
                " and exists (select 1 from segment_entries e where e.run_id = s.run_id and e.phase = s.phase"
                        + " and e.partition_no = s.partition_no and e.segment_no = s.segment_no and e.part_no >= 0)",
                runId,
                worthReading);
    }

    private List<SegmentId> segments(String condition, String runId, Predicate<Counts> worthReading) {
        List<SegmentId> segments = new ArrayList<>();
        jdbc.query(
                "select s.phase, s.partition_no, s.segment_no, s.counts from segment s"
                        + " where s.run_id = ? and s.segment_no > 0" + condition + " order by s.seq",
                row -> {
                    if (worthReading.test(Counts.fromJson(row.getString("counts")))) {
                        segments.add(new SegmentId(
                                Phase.valueOf(row.getString("phase")),
                                row.getInt("partition_no"),
                                row.getInt("segment_no")));
                    }
                },
                runId);
        return segments;
    }

    /** The segments of one partition of a run whose counts are worth reading, in the order of their numbers. */
    public List<SegmentId> segments(String runId, Phase phase, int partition, Predicate<Counts> worthReading) {
        List<SegmentId> segments = new ArrayList<>();
        jdbc.query(
                "select segment_no, counts from segment where run_id = ? and phase = ? and partition_no = ?"
                        + " and segment_no > 0 order by segment_no",
                row -> {
                    if (worthReading.test(Counts.fromJson(row.getString("counts")))) {
                        segments.add(new SegmentId(phase, partition, row.getInt("segment_no")));
                    }
                },
                runId,
                phase.name(),
                partition);
        return segments;
    }

    /** How many partitions a phase of a run was cut into; 0 when it was never opened. */
    public int partitions(String runId, Phase phase) {
        Integer number = jdbc.queryForObject(
                "select count(*) from segment where run_id = ? and phase = ? and segment_no = 0",
                Integer.class,
                runId,
                phase.name());
        return number == null ? 0 : number;
    }

    /** The segments of a run whose counts say that they matter, and whose entries are not there, or no more. */
    public List<SegmentId> segmentsWithoutEntries(String runId, Predicate<Counts> matters) {
        List<SegmentId> segments = new ArrayList<>();
        jdbc.query(
                "select s.phase, s.partition_no, s.segment_no, s.counts from segment s left join segment_entries e"
                        + " on e.run_id = s.run_id and e.phase = s.phase and e.partition_no = s.partition_no"
                        + " and e.segment_no = s.segment_no and e.part_no = 0"
                        + " where s.run_id = ? and s.segment_no > 0 and e.run_id is null order by s.seq",
                row -> {
                    if (matters.test(Counts.fromJson(row.getString("counts")))) {
                        segments.add(new SegmentId(
                                Phase.valueOf(row.getString("phase")),
                                row.getInt("partition_no"),
                                row.getInt("segment_no")));
                    }
                },
                runId);
        return segments;
    }

    /**
     * The first ids of each situation that a phase wrote down, in the order in which its segments were written; empty
     * for runs that write none down.
     *
     * @param most how many of each situation
     */
    public Map<Situation, List<String>> firstIds(String runId, Phase phase, int most) {
        Map<Situation, List<String>> ids = new EnumMap<>(Situation.class);
        jdbc.query(
                "select e.content from segment_entries e join segment s on s.run_id = e.run_id and s.phase = e.phase"
                        + " and s.partition_no = e.partition_no and s.segment_no = e.segment_no"
                        + " where e.run_id = ? and e.phase = ? and e.part_no = ? order by s.seq",
                row -> {
                    FirstIds.addTo(ids, row.getBytes(1), most);
                },
                runId,
                phase.name(),
                FIRST_IDS);
        return ids;
    }

    /** The entries of one segment in their order. */
    public List<Entry> entries(String runId, SegmentId segment) {
        return entries(runId, segment, line -> true).stream().map(Placed::entry).toList();
    }

    /** @param index of the entry in its segment, from 0 */
    record Placed(int index, Entry entry) {}

    /**
     * Those of the entries of a segment whose text is worth decoding.
     *
     * @param worthDecoding is given an entry as the ledger keeps it: one line of JSON
     */
    List<Placed> entries(String runId, SegmentId segment, Predicate<String> worthDecoding) {
        List<Placed> entries = new ArrayList<>();
        int[] index = {0};
        jdbc.query(
                "select content from segment_entries where run_id = ? and phase = ? and partition_no = ? and segment_no = ?"
                        + " and part_no >= 0 order by part_no",
                row -> {
                    for (String line : Parts.decode(row.getBytes(1))) {
                        if (worthDecoding.test(line)) {
                            entries.add(new Placed(index[0], EntryCodec.decode(line)));
                        }
                        index[0]++;
                    }
                },
                runId,
                segment.phase().name(),
                segment.partition(),
                segment.number());
        return entries;
    }
}
