package dev.concord.ledger;

import dev.concord.ledger.TargetCalls.Call;
import dev.concord.ledger.TargetCalls.CallOutcome;
import dev.concord.ledger.TargetCalls.Operation;
import dev.concord.ledger.TargetCalls.Sum;
import dev.concord.record.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What somebody who watches runs asks every few seconds. Every question is answered from an index, however many runs
 * there were; nothing long is read. Safe for use by several threads.
 */
public final class RunBoard {

    private static final String SHORT = "select run_id, run_number, mapping, kind, analysis, state, facts, started_at,"
            + " ended_at, breaks_ms from recon_run where ";

    /** Ids in one question. */
    private static final int TOGETHER = 500;

    private final JdbcTemplate jdbc;
    private final LedgerDialect dialect;

    public RunBoard(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.dialect = LedgerDialect.of(jdbc);
    }

    /**
     * The little of a run that changes.
     *
     * @param sources how many source records it visits, or -1
     * @param breaks how long it had been ended before it was continued
     */
    public record Line(
            String id,
            long number,
            String mapping,
            RunKind kind,
            boolean analysis,
            RunState state,
            long sources,
            long targets,
            long links,
            Instant started,
            @Nullable Instant ended,
            Duration breaks) {

        /** Whether it visits everything and acts on it: a run that a mapping is kept up to date by. */
        public boolean isFull() {
            return kind == RunKind.FULL && !analysis;
        }
    }

    /**
     * The lease of a run.
     *
     * @param age the time since the last heartbeat, by the database's clock
     * @param process who took it, as it gave itself to {@link Leases#acquire}
     */
    public record Beat(String runId, Duration age, String process) {}

    /** The number of the newest run, by mapping. */
    public Map<String, Long> newest() {
        Map<String, Long> newest = new TreeMap<>();
        jdbc.query("select mapping, max(run_number) as newest from recon_run group by mapping", row -> {
            newest.put(row.getString("mapping"), row.getLong("newest"));
        });
        return newest;
    }

    /** The runs of a mapping that are newer than a number, oldest first. */
    public List<Line> after(String mapping, long number) {
        return jdbc.query(
                SHORT + "mapping = ? and run_number > ? order by run_number", RunBoard::line, mapping, number);
    }

    /** Those of the runs that are there, in no order. */
    public List<Line> find(Collection<String> ids) {
        List<Line> found = new ArrayList<>();
        List<String> all = List.copyOf(ids);
        for (int from = 0; from < all.size(); from += TOGETHER) {
            List<String> some = all.subList(from, Math.min(all.size(), from + TOGETHER));
            String marks = "?,".repeat(some.size() - 1) + "?";
            found.addAll(jdbc.query(SHORT + "run_id in (" + marks + ")", RunBoard::line, some.toArray()));
        }
        return found;
    }

    /** What runs called of their targets up to now, by their ids; runs that called nothing are missing. */
    public Map<String, Map<Call, Sum>> calls(Collection<String> ids) {
        Map<String, Map<Call, Sum>> calls = new HashMap<>();
        List<String> all = List.copyOf(ids);
        for (int from = 0; from < all.size(); from += TOGETHER) {
            List<String> some = all.subList(from, Math.min(all.size(), from + TOGETHER));
            String marks = "?,".repeat(some.size() - 1) + "?";
            jdbc.query(
                    "select run_id, target, operation, outcome, calls, nanoseconds from target_call where run_id in ("
                            + marks + ")",
                    row -> {
                        Call call = new Call(
                                row.getString("target"),
                                Operation.valueOf(row.getString("operation")),
                                CallOutcome.valueOf(row.getString("outcome")));
                        calls.computeIfAbsent(row.getString("run_id"), id -> new HashMap<>())
                                .put(call, new Sum(row.getLong("calls"), row.getLong("nanoseconds")));
                    },
                    some.toArray());
        }
        return calls;
    }

    /** The newest run of a mapping. */
    public Optional<Line> last(String mapping) {
        return jdbc.query(SHORT + "mapping = ? order by run_number desc limit 1", RunBoard::line, mapping).stream()
                .findFirst();
    }

    /** The newest full runs of a mapping that acted, newest first; {@code state} null for any. */
    public List<Line> lastFull(String mapping, @Nullable RunState state, int most) {
        String full = "mapping = ? and kind = 'FULL' and analysis = false";
        String newest = " order by run_number desc limit ?";
        return state == null
                ? jdbc.query(SHORT + full + newest, RunBoard::line, mapping, most)
                : jdbc.query(SHORT + full + " and state = ?" + newest, RunBoard::line, mapping, state.name(), most);
    }

    /** The runs that leases were given to, whether or not these have run out. */
    public List<Beat> beats() {
        String now = dialect.now();
        return jdbc.query(
                "select run_id, holder, expires_at, " + now + " as now_at from run_lease where run_id is not null",
                (row, number) -> new Beat(
                        row.getString("run_id"),
                        Duration.between(
                                        row.getObject("expires_at", LocalDateTime.class),
                                        row.getObject("now_at", LocalDateTime.class))
                                .plus(Leases.TERM),
                        row.getString("holder")));
    }

    private static Line line(ResultSet row, int number) throws SQLException {
        LocalDateTime ended = row.getObject("ended_at", LocalDateTime.class);
        Map<String, @Nullable Object> facts = Json.readObject(row.getString("facts"));
        return new Line(
                row.getString("run_id"),
                row.getLong("run_number"),
                row.getString("mapping"),
                RunKind.valueOf(row.getString("kind")),
                row.getBoolean("analysis"),
                RunState.valueOf(row.getString("state")),
                RunRow.number(facts, "sources"),
                RunRow.number(facts, "targets"),
                RunRow.number(facts, "links"),
                row.getObject("started_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                ended == null ? null : ended.toInstant(ZoneOffset.UTC),
                Duration.ofMillis(row.getLong("breaks_ms")));
    }
}
