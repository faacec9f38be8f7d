package dev.concord.run.schedule;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/** The rows of firings. Times are kept in UTC. Safe for use by several threads and processes. */
final class Firings {

    private static final String COLUMNS = "run_id, schedule_name, mapping, fire_time, state, reason, recoverable";

    private final JdbcTemplate jdbc;

    Firings(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Notes a firing; answers whether nobody had noted it before. */
    boolean add(Firing firing) {
        try {
            jdbc.update(
                    "insert into schedule_firing (" + COLUMNS + ", interrupted, recoveries) values (?,?,?,?,?,?,?,?,0)",
                    firing.runId(),
                    firing.schedule(),
                    firing.mapping(),
                    utc(firing.fireTime()),
                    firing.state().name(),
                    firing.reason(),
                    firing.recoverable(),
                    false);
            return true;
        } catch (DuplicateKeyException noted) {
            return false;
        }
    }

    /** Those that nobody has started yet, as they were due. */
    List<Firing> waiting() {
        return jdbc.query(
                "select " + COLUMNS + " from schedule_firing where state = ? order by fire_time, run_id",
                Firings::row,
                Firing.State.WAITING.name());
    }

    /** The newest firings of a schedule first. */
    List<Firing> newest(String schedule, int limit) {
        return jdbc.query(
                "select " + COLUMNS
                        + " from schedule_firing where schedule_name = ? order by fire_time desc, run_id limit ?",
                Firings::row,
                schedule,
                limit);
    }

    /** Writes down what became of a waiting firing; answers whether nobody else has. */
    boolean settle(Firing firing) {
        return jdbc.update(
                        "update schedule_firing set state = ?, reason = ? where run_id = ? and state = ?",
                        firing.state().name(),
                        firing.reason(),
                        firing.runId(),
                        Firing.State.WAITING.name())
                > 0;
    }

    /** A run that somebody may have to go on with; {@code recoveries} says how often that was tried. */
    record Unfinished(String runId, String schedule, boolean interrupted, int recoveries) {}

    /** Runs of recoverable schedules that never ended, or that the end of their server stopped. */
    List<Unfinished> unfinished() {
        return jdbc.query(
                "select f.run_id, f.schedule_name, f.interrupted, f.recoveries from schedule_firing f"
                        + " join recon_run r on r.run_id = f.run_id where f.recoverable = ? and f.state = ?"
                        + " and (r.state = ? or (r.state = ? and f.interrupted = ?)) order by r.run_number",
                (row, number) -> new Unfinished(row.getString(1), row.getString(2), row.getBoolean(3), row.getInt(4)),
                true,
                Firing.State.STARTED.name(),
                "ACTIVE",
                "CANCELED",
                true);
    }

    /** Claims one more attempt to go on with a run; answers whether nobody else has. */
    boolean countRecovery(Unfinished run) {
        return jdbc.update(
                        "update schedule_firing set recoveries = recoveries + 1 where run_id = ? and recoveries = ?",
                        run.runId(),
                        run.recoveries())
                > 0;
    }

    /** Notes whether the end of a server is what stops a run. */
    void interrupted(String runId, boolean interrupted) {
        jdbc.update("update schedule_firing set interrupted = ? where run_id = ?", interrupted, runId);
    }

    /** Forgets what became of firings before a time. */
    void forgetBefore(Instant time) {
        jdbc.update(
                "delete from schedule_firing where fire_time < ? and state <> ?",
                utc(time),
                Firing.State.WAITING.name());
    }

    private static Firing row(ResultSet row, int number) throws SQLException {
        return new Firing(
                row.getString("run_id"),
                row.getString("schedule_name"),
                row.getString("mapping"),
                row.getObject("fire_time", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                Firing.State.valueOf(row.getString("state")),
                row.getString("reason"),
                row.getBoolean("recoverable"));
    }

    private static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
