package dev.concord.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What a run is about to write to a target outside of the platform database: committed before the target is called, and
 * there until the segment of the page is. An intent is a line of text that the ledger does not read. Takes part in the
 * transaction bound to the calling thread. Safe for use by several threads, each working on partitions of its own.
 */
public final class Intents {

    private static final String OF_PAGE = " where run_id = ? and phase = ? and partition_no = ? and segment_no = ?";

    private final JdbcTemplate jdbc;
    private final Leases leases;
    private final Lease lease;
    private final RunLedger ledger;

    Intents(JdbcTemplate jdbc, Leases leases, Lease lease, RunLedger ledger) {
        this.jdbc = jdbc;
        this.leases = leases;
        this.lease = lease;
        this.ledger = ledger;
    }

    /** The open intents of the page behind a position, in the order in which they were added. */
    public List<String> of(PartitionPosition position) {
        List<String> lines = new ArrayList<>();
        jdbc.query(
                "select content from intent" + OF_PAGE + " order by intent_no",
                row -> {
                    lines.addAll(Parts.decode(row.getBytes("content")));
                },
                page(position));
        return lines;
    }

    /**
     * Adds intents of the page behind a position. To be committed before the target is called.
     *
     * @param token of the page, the same in each attempt to commit it
     * @param numbers gives rows of the page their numbers; the caller keeps it for an attempt at the page
     * @return the numbers of the rows that hold them
     * @throws RunLedger.AlreadyCommitted when an earlier commit of the page did happen: nobody would close them
     * @throws LeaseLost when somebody else has the lease
     */
    public List<Integer> add(PartitionPosition position, String token, List<String> lines, AtomicInteger numbers) {
        List<Integer> used = new ArrayList<>();
        for (byte[] content : Parts.encode(lines)) {
            int number = numbers.incrementAndGet();
            jdbc.update(
                    "insert into intent (run_id, phase, partition_no, segment_no, intent_no, epoch, content)"
                            + " values (?,?,?,?,?,?,?)",
                    lease.runId(),
                    position.partition().phase().name(),
                    position.partition().number(),
                    position.segmentNumber() + 1,
                    number,
                    lease.epoch(),
                    content);
            used.add(number);
        }
        check(position, token);
        return used;
    }

    /** A partition of another run on the same links, which left intents and is not worked on. */
    public record Abandoned(String runId, Phase phase, int partition) {}

    /** Where other runs on the same links left intents; with the lease held, nobody works on them. */
    public List<Abandoned> abandoned() {
        return jdbc.query(
                "select distinct i.run_id, i.phase, i.partition_no from intent i"
                        + " join recon_run r on r.run_id = i.run_id where r.link_type = ? and i.run_id <> ?",
                (row, n) -> new Abandoned(
                        row.getString("run_id"), Phase.valueOf(row.getString("phase")), row.getInt("partition_no")),
                lease.linkType(),
                lease.runId());
    }

    /** The highest number of a row of the page behind a position; 0 when it has no open intents. */
    public int last(PartitionPosition position) {
        Integer last =
                jdbc.queryForObject("select max(intent_no) from intent" + OF_PAGE, Integer.class, page(position));
        return last == null ? 0 : last;
    }

    /** Takes back rows of which nothing was done. */
    public void withdraw(PartitionPosition position, List<Integer> numbers) {
        for (int number : numbers) {
            Object[] page = page(position);
            jdbc.update(
                    "delete from intent" + OF_PAGE + " and intent_no = ?", page[0], page[1], page[2], page[3], number);
        }
        leases.check(lease);
    }

    /** Removes the intents of the page behind a position, in the transaction that commits its segment. */
    public void close(PartitionPosition position) {
        jdbc.update("delete from intent" + OF_PAGE, page(position));
    }

    /**
     * Makes sure that the lease is still held and the page is still to be written, before the target is called again.
     *
     * @throws RunLedger.AlreadyCommitted when an earlier commit of the page did happen
     * @throws LeaseLost when somebody else has the lease
     */
    public void check(PartitionPosition position, String token) {
        ledger.checkUncommitted(position, token);
    }

    private Object[] page(PartitionPosition position) {
        return new Object[] {
            lease.runId(),
            position.partition().phase().name(),
            position.partition().number(),
            position.segmentNumber() + 1
        };
    }
}
