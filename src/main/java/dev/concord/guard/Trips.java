package dev.concord.guard;

import dev.concord.guard.Trip.Decision;
import dev.concord.guard.Trip.Verdict;
import dev.concord.mapping.Guard;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The times that guards stopped runs, and what was decided about them; they go with their runs. Takes part in the
 * transaction bound to the calling thread. Safe for use by several threads.
 */
public final class Trips {

    private static final String COLUMNS =
            "t.run_id, trip_no, guard_name, subject, planned, base, limit_text, tripped_at,"
                    + " decision, decided_by, reason, decided_at";

    private final JdbcTemplate jdbc;

    public Trips(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of a run, the oldest first. */
    public List<Trip> of(String runId) {
        return jdbc.query(
                "select " + COLUMNS + " from guard_trip t where t.run_id = ? order by trip_no", Trips::row, runId);
    }

    /** What guards stopped a run for; what they said before and nobody decided about gives way to it. */
    public void add(String runId, List<Excess> excesses, Instant when) {
        jdbc.update("delete from guard_trip where run_id = ? and decision is null", runId);
        Integer last = jdbc.queryForObject(
                "select coalesce(max(trip_no), 0) from guard_trip where run_id = ?", Integer.class, runId);
        int number = last == null ? 0 : last;
        for (Excess excess : excesses) {
            jdbc.update(
                    "insert into guard_trip (run_id, trip_no, guard_name, subject, planned, base, limit_text, tripped_at)"
                            + " values (?,?,?,?,?,?,?,?)",
                    runId,
                    ++number,
                    excess.guard().name(),
                    excess.subject(),
                    excess.number(),
                    excess.base(),
                    excess.limit(),
                    utc(when));
        }
    }

    /** Notes what somebody said of all that a run waits for. */
    public void decide(String runId, Decision decision) {
        jdbc.update(
                "update guard_trip set decision = ?, decided_by = ?, reason = ?, decided_at = ?"
                        + " where run_id = ? and decision is null",
                decision.verdict().name(),
                decision.by(),
                decision.reason(),
                utc(decision.when()),
                runId);
    }

    /** The highest number that somebody approved in a run, by guard. */
    public Map<Guard, Long> approved(String runId) {
        Map<Guard, Long> approved = new EnumMap<>(Guard.class);
        for (Trip trip : of(runId)) {
            if (trip.decision() != null && trip.decision().verdict() == Verdict.APPROVED) {
                approved.merge(trip.excess().guard(), trip.excess().number(), Math::max);
            }
        }
        return approved;
    }

    /**
     * A run that waits for somebody to decide.
     *
     * @param trips what it waits for
     */
    public record Waiting(String runId, String mapping, List<Trip> trips) {}

    /** The runs that wait for approval now, the oldest first. Answered from an index. */
    public List<Waiting> waiting() {
        return jdbc
                .query(
                        "select run_id, mapping from recon_run where run_condition = 'WAITING_FOR_APPROVAL'"
                                + " order by run_number",
                        (row, number) -> new String[] {row.getString("run_id"), row.getString("mapping")})
                .stream()
                .map(run -> new Waiting(
                        run[0],
                        run[1],
                        of(run[0]).stream()
                                .filter(trip -> trip.decision() == null)
                                .toList()))
                .toList();
    }

    /** Tells a trip from all others; one that took the place of an undecided one has its number. */
    public record Key(String runId, int number, Instant when) {}

    /** That a guard stopped a run of a mapping. */
    public record Told(Key key, String mapping, Guard guard, Instant when) {}

    /** Those of a time and later, in no order. */
    public List<Told> since(Instant time) {
        return jdbc.query(
                "select t.run_id, t.trip_no, r.mapping, t.guard_name, t.tripped_at from guard_trip t"
                        + " join recon_run r on r.run_id = t.run_id where t.tripped_at >= ?",
                (row, index) -> {
                    Instant when = time(row.getObject("tripped_at", LocalDateTime.class));
                    return new Told(
                            new Key(row.getString("run_id"), row.getInt("trip_no"), when),
                            row.getString("mapping"),
                            Guard.valueOf(row.getString("guard_name")),
                            when);
                },
                utc(time));
    }

    /** How many runs of each mapping wait for approval now; mappings without one are left out. */
    public Map<String, Long> waitingByMapping() {
        Map<String, Long> waiting = new TreeMap<>();
        jdbc.query(
                "select mapping, count(*) as runs from recon_run where run_condition = 'WAITING_FOR_APPROVAL'"
                        + " group by mapping",
                row -> {
                    waiting.put(row.getString("mapping"), row.getLong("runs"));
                });
        return waiting;
    }

    /** How often each guard stopped runs of each mapping, as far as the runs are still kept. */
    public Map<String, Map<Guard, Long>> totals() {
        Map<String, Map<Guard, Long>> totals = new TreeMap<>();
        jdbc.query(
                "select r.mapping, t.guard_name, count(*) as times from guard_trip t"
                        + " join recon_run r on r.run_id = t.run_id group by r.mapping, t.guard_name",
                row -> {
                    totals.computeIfAbsent(row.getString("mapping"), mapping -> new EnumMap<>(Guard.class))
                            .put(Guard.valueOf(row.getString("guard_name")), row.getLong("times"));
                });
        return totals;
    }

    private static Trip row(ResultSet row, int index) throws SQLException {
        String verdict = row.getString("decision");
        return new Trip(
                row.getString("run_id"),
                row.getInt("trip_no"),
                new Excess(
                        Guard.valueOf(row.getString("guard_name")),
                        row.getString("subject"),
                        row.getLong("planned"),
                        row.getLong("base"),
                        row.getString("limit_text")),
                time(row.getObject("tripped_at", LocalDateTime.class)),
                verdict == null
                        ? null
                        : new Decision(
                                Verdict.valueOf(verdict),
                                row.getString("decided_by"),
                                row.getString("reason"),
                                time(row.getObject("decided_at", LocalDateTime.class))));
    }

    private static Instant time(@Nullable LocalDateTime utc) {
        return utc == null ? Instant.EPOCH : utc.toInstant(ZoneOffset.UTC);
    }

    private static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
