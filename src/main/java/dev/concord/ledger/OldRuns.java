package dev.concord.ledger;

import dev.concord.record.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes the ledgers of old runs away, and at last the runs themselves, in small transactions. Whoever is interrupted
 * goes on later, from where he was; several at once do no harm. Safe for use by several threads.
 */
public final class OldRuns {

    /** The parameters in which a run names another one that it reads. */
    public static final List<String> READS = List.of("plan", "failedOf", "undo");

    /** Rows in one statement: a row holds up to a megabyte of entries. */
    private static final int ENTRY_PARTS = 50;

    private static final int SEGMENTS = 500;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    /** @param transaction makes a new one each time */
    public OldRuns(JdbcTemplate jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /**
     * The little of a run that says whether it may go.
     *
     * @param dropped whether its entries were given up
     * @param ledgerGone whether all of its ledger is gone
     */
    public record Old(
            String id,
            RunKind kind,
            boolean analysis,
            RunState state,
            @Nullable RunCondition condition,
            @Nullable Instant ended,
            boolean dropped,
            boolean ledgerGone) {

        /** Whether somebody may still go on with it, unless a newer one took its place. */
        public boolean isOpen() {
            return state == RunState.ACTIVE || condition == RunCondition.WAITING_FOR_APPROVAL;
        }
    }

    /** The mappings that were ever run. */
    public List<String> mappings() {
        return jdbc.queryForList("select distinct mapping from recon_run order by mapping", String.class);
    }

    /** The runs of a mapping, the newest first. */
    public List<Old> of(String mapping) {
        return jdbc.query(
                "select run_id, kind, analysis, state, run_condition, ended_at, entries_dropped_at, segments_dropped_at"
                        + " from recon_run where mapping = ? order by run_number desc",
                OldRuns::row,
                mapping);
    }

    private static Old row(ResultSet row, int number) throws SQLException {
        String condition = row.getString("run_condition");
        return new Old(
                row.getString("run_id"),
                RunKind.valueOf(row.getString("kind")),
                row.getBoolean("analysis"),
                RunState.valueOf(row.getString("state")),
                condition == null ? null : RunCondition.valueOf(condition),
                RunRow.instant(row, "ended_at"),
                RunRow.instant(row, "entries_dropped_at") != null,
                RunRow.instant(row, "segments_dropped_at") != null);
    }

    /** The runs that runs which did not end well read: these may be continued, and then read them again. */
    public Set<String> readByUnfinished() {
        Set<String> read = new HashSet<>();
        jdbc.query(
                "select parameters from recon_run where state in (?, ?, ?) and entries_dropped_at is null",
                row -> {
                    addReads(read, row.getString("parameters"));
                },
                RunState.ACTIVE.name(),
                RunState.FAILED.name(),
                RunState.CANCELED.name());
        return read;
    }

    private static void addReads(Set<String> read, String parameters) {
        // Most runs read no other one, and a text is quickly looked through.
        if (READS.stream().anyMatch(parameters::contains)) {
            Map<String, @Nullable Object> json = Json.readObject(parameters);
            READS.forEach(name -> {
                if (json.get(name) instanceof String run) {
                    read.add(run);
                }
            });
        }
    }

    /**
     * Gives the entries of a run up, unless it has become active, or somebody else needs it. From now on nobody may
     * begin to read them, whether or not they are there.
     *
     * @return whether the run's ledger may be taken away
     */
    public boolean giveUp(String runId, Instant now) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            List<Boolean> given = jdbc.query(
                    "select state, run_condition, entries_dropped_at from recon_run where run_id = ? for update",
                    (row, number) -> RunState.valueOf(row.getString("state")) != RunState.ACTIVE
                            && !RunCondition.WAITING_FOR_APPROVAL.name().equals(row.getString("run_condition")),
                    runId);
            if (!given.contains(true) || hasIntents(runId) || readByUnfinished().contains(runId)) {
                return false;
            }
            jdbc.update(
                    "update recon_run set entries_dropped_at = ? where run_id = ? and entries_dropped_at is null",
                    RunRow.utc(now),
                    runId);
            return true;
        }));
    }

    /** Whether a run is there and nobody has given its entries up. */
    public boolean hasEntries(String runId) {
        return !jdbc.queryForList("select run_id from recon_run where run_id = ? and entries_dropped_at is null", runId)
                .isEmpty();
    }

    /** Whether there is such a run, and it may still be continued, or is at work. */
    public boolean mayGoOn(String runId) {
        return jdbc.query(
                        "select state, run_condition from recon_run where run_id = ? and entries_dropped_at is null",
                        (row, number) -> {
                            String condition = row.getString("run_condition");
                            return RunState.valueOf(row.getString("state")) != RunState.SUCCESS
                                    && (condition == null
                                            || !RunCondition.valueOf(condition).isFinal());
                        },
                        runId)
                .contains(true);
    }

    private boolean hasIntents(String runId) {
        return !jdbc.queryForList("select run_id from intent where run_id = ? limit 1", runId)
                .isEmpty();
    }

    /**
     * Takes away one small piece of the ledger of a run that was given up.
     *
     * @return whether there may be more
     */
    public boolean takeAway(String runId) {
        if (delete("segment_entries", runId, ENTRY_PARTS) == ENTRY_PARTS) {
            return true;
        }
        transaction.executeWithoutResult(status -> keepTotals(runId));
        return delete("segment", runId, SEGMENTS) == SEGMENTS;
    }

    private int delete(String table, String runId, int rows) {
        Integer deleted = transaction.execute(
                status -> jdbc.update("delete from " + table + " where run_id = ? limit " + rows, runId));
        return deleted == null ? 0 : deleted;
    }

    /** What the segments came to is kept with the run before the first of them goes. */
    private void keepTotals(String runId) {
        List<Boolean> missing = jdbc.query(
                "select phase_totals from recon_run where run_id = ? for update",
                (row, number) -> row.getString(1) == null,
                runId);
        if (missing.contains(true)) {
            jdbc.update(
                    "update recon_run set phase_totals = ? where run_id = ?",
                    PhaseTotalsJson.write(LedgerReader.folded(jdbc, runId)),
                    runId);
        }
    }

    /** Notes that nothing of a run's ledger is left. */
    public void tookAll(String runId, Instant now) {
        jdbc.update("update recon_run set segments_dropped_at = ? where run_id = ?", RunRow.utc(now), runId);
    }

    /** Forgets a run of whose ledger nothing is left. */
    public void forget(String runId) {
        transaction.executeWithoutResult(status -> {
            if (jdbc.update("delete from recon_run where run_id = ? and segments_dropped_at is not null", runId) > 0) {
                jdbc.update("delete from guard_trip where run_id = ?", runId);
                jdbc.update("delete from target_call where run_id = ?", runId);
            }
        });
    }
}
