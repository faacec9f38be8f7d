package dev.concord.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who may work on a link type. Time is the database's, so that the clocks of the machines do not matter. Safe for use
 * by several threads and processes.
 */
public final class Leases {

    /** How long a lease outlives its last heartbeat. */
    public static final Duration TERM = Duration.ofSeconds(30);

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final LedgerDialect dialect;

    public Leases(JdbcTemplate jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.dialect = LedgerDialect.of(jdbc);
    }

    /**
     * The holder of a lease that has not expired.
     *
     * @param process as it gave itself to {@link #acquire}
     */
    public record Holder(String runId, String process) {

        /** What people see of the process: {@code host:pid}. */
        public String shown() {
            int end = process.indexOf(' ');
            return end < 0 ? process : process.substring(0, end);
        }
    }

    /**
     * Takes the lease for a run, for a while; see {@link #renew}.
     *
     * @param process who asks: {@code host:pid}, and behind a blank whatever {@code gone} needs to know it by; at most
     *     255 characters
     * @param gone says of a holding process whether it is known to be gone, so that its lease need not expire first
     * @throws LeaseHeld when another run holds it
     */
    public Lease acquire(String linkType, String runId, String process, Duration duration, Predicate<String> gone) {
        makeRow(linkType);
        return transaction.execute(status -> {
            LeaseRow row = lockedRow(linkType);
            if (row.runId != null && row.live && !gone.test(row.holder)) {
                throw new LeaseHeld(linkType, new Holder(row.runId, row.holder));
            }
            jdbc.update(
                    "update run_lease set epoch = ?, run_id = ?, holder = ?, expires_at = " + dialect.fromNow()
                            + " where link_type = ?",
                    row.epoch + 1,
                    runId,
                    process,
                    micros(duration),
                    linkType);
            return new Lease(linkType, runId, row.epoch + 1);
        });
    }

    /**
     * Holds on to a lease for another while. Throws {@link LeaseLost} when somebody else has it, or it was given back.
     */
    public void renew(Lease lease, Duration duration) {
        int rows = jdbc.update(
                "update run_lease set expires_at = " + dialect.fromNow()
                        + " where link_type = ? and epoch = ? and run_id is not null",
                micros(duration),
                lease.linkType(),
                lease.epoch());
        if (rows == 0) {
            throw new LeaseLost(lease);
        }
    }

    /**
     * Whether nobody else can have the lease for as long as {@code duration} says, unless it is given back. Locks
     * nothing.
     */
    public boolean lasts(Lease lease, Duration duration) {
        List<Long> held = jdbc.queryForList(
                "select epoch from run_lease where link_type = ? and epoch = ? and run_id is not null and expires_at > "
                        + dialect.fromNow(),
                Long.class,
                lease.linkType(),
                lease.epoch(),
                micros(duration));
        return !held.isEmpty();
    }

    /**
     * Gives the lease back.
     *
     * @return whether it was held; nothing happens when it was lost, or given back before
     */
    public boolean release(Lease lease) {
        return jdbc.update(
                        "update run_lease set run_id = null, holder = null, expires_at = null"
                                + " where link_type = ? and epoch = ? and run_id is not null",
                        lease.linkType(),
                        lease.epoch())
                > 0;
    }

    /** Who holds the lease of a link type right now. */
    public Optional<Holder> holder(String linkType) {
        List<Holder> holders = jdbc.query(
                "select run_id, holder from run_lease where link_type = ? and run_id is not null and expires_at > "
                        + dialect.now(),
                (row, n) -> new Holder(row.getString("run_id"), row.getString("holder")),
                linkType);
        return holders.stream().findFirst();
    }

    /** Who holds leases right now, by link type. */
    public Map<String, Holder> holders() {
        Map<String, Holder> holders = new TreeMap<>();
        jdbc.query(
                "select link_type, run_id, holder from run_lease where run_id is not null and expires_at > "
                        + dialect.now(),
                row -> {
                    holders.put(
                            row.getString("link_type"), new Holder(row.getString("run_id"), row.getString("holder")));
                });
        return holders;
    }

    /**
     * The last statement before a commit: makes sure that the lease is still held, and that nobody takes it before the
     * commit is done.
     */
    public void check(Lease lease) {
        List<Boolean> held = jdbc.query(
                "select epoch, run_id from run_lease where link_type = ? " + dialect.sharedLock(),
                (row, n) -> row.getLong("epoch") == lease.epoch() && row.getString("run_id") != null,
                lease.linkType());
        if (!held.contains(true)) {
            throw new LeaseLost(lease);
        }
    }

    /** What a query ends with that locks what it finds against changes, and waits for those under way. */
    String sharedLock() {
        return dialect.sharedLock();
    }

    /**
     * Sees to it that nobody takes the lease of a link type before the caller's transaction ends. Whoever tries waits.
     *
     * @param gone says of a holding process whether it is known to be gone
     * @throws LeaseHeld when somebody holds it
     */
    public void keepFree(String linkType, Predicate<String> gone) {
        makeRow(linkType);
        LeaseRow row = lockedRow(linkType);
        if (row.runId != null && row.live && !gone.test(row.holder)) {
            throw new LeaseHeld(linkType, new Holder(row.runId, row.holder));
        }
    }

    private LeaseRow lockedRow(String linkType) {
        return jdbc.queryForObject(
                "select epoch, run_id, holder, case when expires_at > " + dialect.now() + " then 1 else 0 end as live"
                        + " from run_lease where link_type = ? for update",
                (r, n) -> new LeaseRow(
                        r.getLong("epoch"), r.getString("run_id"), r.getString("holder"), r.getInt("live") == 1),
                linkType);
    }

    private static long micros(Duration duration) {
        return TimeUnit.MICROSECONDS.convert(duration);
    }

    private void makeRow(String linkType) {
        Long rows = jdbc.queryForObject("select count(*) from run_lease where link_type = ?", Long.class, linkType);
        if (rows == null || rows == 0) {
            try {
                jdbc.update("insert into run_lease (link_type, epoch) values (?, 0)", linkType);
            } catch (DuplicateKeyException somebodyElseWasFaster) {
                // The row is there, which is all that is needed.
            }
        }
    }

    private record LeaseRow(long epoch, @Nullable String runId, String holder, boolean live) {}
}
