package dev.concord.ledger;

import dev.concord.record.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The segments of one run, for the process that holds its lease. Takes part in the transaction bound to the calling
 * thread. Safe for use by several threads, each working on partitions of its own.
 */
public final class RunLedger {

    private static final int SEGMENTS_AT_ONCE = 256;

    private final JdbcTemplate jdbc;
    private final Leases leases;
    private final Lease lease;

    public RunLedger(JdbcTemplate jdbc, Leases leases, Lease lease) {
        this.jdbc = jdbc;
        this.leases = leases;
        this.lease = lease;
    }

    /**
     * Opens a phase: writes segment 0 of each partition, unless that happened before this run was interrupted; then the
     * partitions are the ones of the first start, whatever the arguments say.
     *
     * @return the partitions in the order of their numbers
     * @throws LeaseLost when somebody else has the lease
     */
    public List<Partition> open(Phase phase, List<Partition> partitions) {
        List<Partition> existing = partitions(phase);
        if (!existing.isEmpty()) {
            return existing;
        }
        try {
            for (Partition partition : partitions) {
                insert(partition, 0, "open", new Segment(null, new Counts(), new long[0], List.of()), true);
            }
        } catch (DuplicateKeyException openedByAnother) {
            leases.check(lease);
            throw openedByAnother;
        }
        leases.check(lease);
        return partitions;
    }

    /** The partitions of a phase in the order of their numbers; empty when the phase was never opened. */
    public List<Partition> partitions(Phase phase) {
        return jdbc.query(
                "select partition_no, opening from segment where run_id = ? and phase = ? and segment_no = 0 order by partition_no",
                (row, n) -> {
                    Map<String, @Nullable Object> range = Json.readObject(row.getString("opening"));
                    return new Partition(
                            phase, row.getInt("partition_no"), (String) range.get("from"), (String) range.get("to"));
                },
                lease.runId(),
                phase.name());
    }

    /** How far a partition is. The partition must have been opened. */
    public PartitionPosition position(Partition partition) {
        return jdbc.queryForObject(
                "select segment_no, last_key from segment where run_id = ? and phase = ? and partition_no = ?"
                        + " order by segment_no desc limit 1",
                (row, n) -> new PartitionPosition(partition, row.getInt("segment_no"), row.getString("last_key")),
                lease.runId(),
                partition.phase().name(),
                partition.number());
    }

    /**
     * Appends a segment behind a position, as the last thing before the commit.
     *
     * @param token of the page, the same in each attempt to commit it
     * @return the new position
     * @throws AlreadyCommitted when the segment with this token is there: an earlier commit of this page did happen
     * @throws LeaseLost when somebody else has the lease, or wrote this segment in another epoch
     * @throws IllegalStateException when this run itself wrote another page in this place
     */
    public PartitionPosition append(PartitionPosition position, String token, Segment segment) {
        int number = position.segmentNumber() + 1;
        Partition partition = position.partition();
        try {
            insert(partition, number, token, segment, false);
        } catch (DuplicateKeyException e) {
            throw whoWrote(partition, number, token, "").orElse(e);
        }
        leases.check(lease);
        return new PartitionPosition(partition, number, segment.lastKey());
    }

    /**
     * Where a partition is if an earlier attempt to append behind this position did commit, although nobody heard of
     * it; null if it did not, or is not visible yet.
     */
    public @Nullable PartitionPosition committed(PartitionPosition position, String token) {
        Partition partition = position.partition();
        int number = position.segmentNumber() + 1;
        return jdbc
                .query(
                        "select last_key from segment"
                                + " where run_id = ? and phase = ? and partition_no = ? and segment_no = ? and token = ?",
                        (row, n) -> new PartitionPosition(partition, number, row.getString("last_key")),
                        lease.runId(),
                        partition.phase().name(),
                        partition.number(),
                        number,
                        token)
                .stream()
                .findFirst()
                .orElse(null);
    }

    /**
     * Makes sure that nothing stands behind a position, before something happens that only the page's segment tells of:
     * a commit that nobody heard of may have happened since {@link #committed} was asked. One that is under way is
     * waited for.
     *
     * @throws AlreadyCommitted when an earlier commit of this page did happen
     * @throws LeaseLost when somebody else has the lease, or wrote this segment in another epoch
     * @throws IllegalStateException when this run itself wrote another page in this place
     */
    void checkUncommitted(PartitionPosition position, String token) {
        // In H2 it is the lease that a commit under way keeps locked; the lock on a row that nobody sees yet is none.
        leases.check(lease);
        whoWrote(position.partition(), position.segmentNumber() + 1, token, leases.sharedLock())
                .ifPresent(written -> {
                    throw written;
                });
    }

    /** What an earlier commit of the same page did; the caller continues from there. */
    public static final class AlreadyCommitted extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient PartitionPosition position;

        AlreadyCommitted(PartitionPosition position) {
            super("The page was committed by an earlier attempt.", null, false, false);
            this.position = position;
        }

        public PartitionPosition position() {
            return position;
        }
    }

    /** The ledger of another run on the same links, for the holder of their lease. */
    public RunLedger of(String runId) {
        return new RunLedger(jdbc, leases, new Lease(lease.linkType(), runId, lease.epoch()));
    }

    /** What the run was about to write elsewhere when it was last heard of. */
    public Intents intents() {
        return new Intents(jdbc, leases, lease, this);
    }

    /** The counts of the run so far; {@code phase} null means of all phases. */
    public Counts counts(@Nullable Phase phase) {
        return LedgerReader.counts(jdbc, lease.runId(), phase);
    }

    /** The counts of the segment that put a partition where it is. */
    public Counts countsOf(PartitionPosition position) {
        return Counts.fromJson(String.valueOf(jdbc.queryForObject(
                "select counts from segment where run_id = ? and phase = ? and partition_no = ? and segment_no = ?",
                String.class,
                lease.runId(),
                position.partition().phase().name(),
                position.partition().number(),
                position.segmentNumber())));
    }

    /**
     * All that the ops of the run accounted for so far. Nothing is held twice: there are as many of them as there are
     * targets, and the segments are read a few at a time, because drivers like to fetch whole answers.
     */
    public Handled handled() {
        Long bytes = jdbc.queryForObject(
                "select sum(octet_length(handled)) from segment where run_id = ?", Long.class, lease.runId());
        Handled.Collector collector = new Handled.Collector(bytes == null ? 0 : bytes);
        for (Phase phase : Phase.values()) {
            for (Partition partition : partitions(phase)) {
                int last = 0;
                int next = collect(partition, last, collector);
                while (next > last) {
                    last = next;
                    next = collect(partition, last, collector);
                }
            }
        }
        return collector.handled();
    }

    /**
     * Adds the hashes of the next segments of a partition; answers the number of the last one, or {@code after} when
     * there is none.
     */
    private int collect(Partition partition, int after, Handled.Collector collector) {
        return jdbc
                .query(
                        "select segment_no, handled from segment where run_id = ? and phase = ? and partition_no = ?"
                                + " and segment_no > ? order by segment_no limit " + SEGMENTS_AT_ONCE,
                        (row, n) -> {
                            byte[] hashes = row.getBytes("handled");
                            if (hashes != null) {
                                collector.add(hashes);
                            }
                            return row.getInt("segment_no");
                        },
                        lease.runId(),
                        partition.phase().name(),
                        partition.number(),
                        after)
                .stream()
                .reduce(after, Math::max);
    }

    /** @param lock what is to follow the query */
    private Optional<RuntimeException> whoWrote(Partition partition, int number, String token, String lock) {
        return jdbc
                .query(
                        "select epoch, token, last_key from segment"
                                + " where run_id = ? and phase = ? and partition_no = ? and segment_no = ? " + lock,
                        (row, n) -> {
                            if (token.equals(row.getString("token"))) {
                                return new AlreadyCommitted(
                                        new PartitionPosition(partition, number, row.getString("last_key")));
                            }
                            return row.getLong("epoch") == lease.epoch()
                                    ? writtenTwice(partition)
                                    : new LeaseLost(lease);
                        },
                        lease.runId(),
                        partition.phase().name(),
                        partition.number(),
                        number)
                .stream()
                .findFirst();
    }

    private IllegalStateException writtenTwice(Partition partition) {
        return new IllegalStateException(
                "Partition " + partition.number() + " of phase " + partition.phase() + " of run " + lease.runId()
                        + " was worked on twice at the same time. Continue the run; it goes on behind what is committed.");
    }

    private void insert(Partition partition, int number, String token, Segment segment, boolean opening) {
        String range = opening ? Json.write(range(partition)) : null;
        jdbc.update(
                "insert into segment (run_id, phase, partition_no, segment_no, epoch, token, opening, last_key, counts, handled)"
                        + " values (?,?,?,?,?,?,?,?,?,?)",
                lease.runId(),
                partition.phase().name(),
                partition.number(),
                number,
                lease.epoch(),
                token,
                range,
                segment.lastKey(),
                segment.counts().toJson(),
                segment.handled().length == 0 ? null : Handled.toBytes(segment.handled()));
        int part = 0;
        for (byte[] content : EntryCodec.encode(segment.entries())) {
            insertPart(partition, number, part++, content);
        }
        if (!segment.firstIds().isEmpty()) {
            insertPart(partition, number, LedgerReader.FIRST_IDS, FirstIds.toBytes(segment.firstIds()));
        }
    }

    private void insertPart(Partition partition, int number, int part, byte[] content) {
        jdbc.update(
                "insert into segment_entries (run_id, phase, partition_no, segment_no, part_no, content) values (?,?,?,?,?,?)",
                lease.runId(),
                partition.phase().name(),
                partition.number(),
                number,
                part,
                content);
    }

    private static Map<String, @Nullable Object> range(Partition partition) {
        Map<String, @Nullable Object> range = new LinkedHashMap<>();
        range.put("from", partition.from());
        range.put("to", partition.to());
        return range;
    }
}
