package dev.concord.run;

import dev.concord.ledger.Run;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The attempts to mend what failed in runs that wait for their time, in the platform database: a server that ends loses
 * none. Takes part in the transaction bound to the calling thread. Times are kept in UTC. Safe for use by several
 * threads and processes.
 */
public final class WaitingRetries {

    private static final String COLUMNS =
            "w.after_run, w.run_id, w.first_run, w.mapping, w.attempt, w.attempts, w.due_at";

    /** A newer run of the mapping has taken the place of an attempt; nobody needs to be told of such a one. */
    private static final String TO_COME = "select " + COLUMNS
            + " from waiting_retry w join recon_run a on a.run_id = w.after_run where not exists"
            + " (select 1 from recon_run n where n.mapping = w.mapping and n.run_number > a.run_number)";

    private final JdbcTemplate jdbc;

    public WaitingRetries(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An attempt that waits.
     *
     * @param afterRun whose failures are visited
     * @param runId of the run that it becomes
     * @param firstRun that all began with
     * @param attempt from 1
     * @param attempts how many there are at the most
     */
    public record Waiting(
            String afterRun, String runId, String firstRun, String mapping, int attempt, int attempts, Instant due) {

        /** For the run whose failures are visited. */
        public Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("attempt", attempt);
            json.put("attempts", attempts);
            json.put("due", due.toString());
            return json;
        }
    }

    /** What waits behind a run, unless a newer one took its place. */
    public Optional<Waiting> behind(Run run) {
        return jdbc.query(TO_COME + " and w.after_run = ?", WaitingRetries::row, run.id()).stream()
                .findFirst();
    }

    /** All that wait and are to come, as they are due. */
    public List<Waiting> toCome() {
        return jdbc.query(TO_COME + " order by w.due_at, w.after_run", WaitingRetries::row);
    }

    void add(Waiting waiting) {
        jdbc.update("delete from waiting_retry where after_run = ?", waiting.afterRun());
        jdbc.update(
                "insert into waiting_retry (after_run, run_id, first_run, mapping, attempt, attempts, due_at)"
                        + " values (?,?,?,?,?,?,?)",
                waiting.afterRun(),
                waiting.runId(),
                waiting.firstRun(),
                waiting.mapping(),
                waiting.attempt(),
                waiting.attempts(),
                utc(waiting.due()));
    }

    /** Those whose time has come. */
    List<Waiting> due(Instant now) {
        return jdbc.query(
                "select " + COLUMNS + " from waiting_retry w where w.due_at <= ? order by w.due_at, w.after_run",
                WaitingRetries::row,
                utc(now));
    }

    /** Puts the next attempt in the place of one that could not begin; answers whether nobody else has settled it. */
    boolean putOff(Waiting waiting, int attempt, Instant due) {
        return jdbc.update(
                        "update waiting_retry set attempt = ?, due_at = ? where after_run = ? and attempt = ?",
                        attempt,
                        utc(due),
                        waiting.afterRun(),
                        waiting.attempt())
                > 0;
    }

    /** An attempt does not wait any longer; answers whether nobody else has settled it. */
    boolean settle(Waiting waiting) {
        return jdbc.update(
                        "delete from waiting_retry where after_run = ? and attempt = ?",
                        waiting.afterRun(),
                        waiting.attempt())
                > 0;
    }

    private static Waiting row(ResultSet row, int number) throws SQLException {
        return new Waiting(
                row.getString("after_run"),
                row.getString("run_id"),
                row.getString("first_run"),
                row.getString("mapping"),
                row.getInt("attempt"),
                row.getInt("attempts"),
                row.getObject("due_at", LocalDateTime.class).toInstant(ZoneOffset.UTC));
    }

    private static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
