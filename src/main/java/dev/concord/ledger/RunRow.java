package dev.concord.ledger;

import dev.concord.record.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a run stands in its row. Times are kept in UTC. */
final class RunRow {

    static final String COLUMNS =
            "run_id, run_number, mapping, link_type, kind, analysis, parameters, closure_hash, seed,"
                    + " state, stage, run_condition, message, facts, totals, started_at, ended_at, entries_dropped_at, breaks_ms";

    private RunRow() {}

    /** The run of a row that has {@link #COLUMNS}. */
    static Run of(ResultSet row, int number) throws SQLException {
        String condition = row.getString("run_condition");
        String totals = row.getString("totals");
        Map<String, @Nullable Object> facts = Json.readObject(row.getString("facts"));
        return new Run(
                row.getString("run_id"),
                row.getLong("run_number"),
                row.getString("mapping"),
                row.getString("link_type"),
                RunKind.valueOf(row.getString("kind")),
                row.getBoolean("analysis"),
                Json.readObject(row.getString("parameters")),
                row.getString("closure_hash"),
                row.getLong("seed"),
                RunState.valueOf(row.getString("state")),
                Stage.valueOf(row.getString("stage")),
                condition == null ? null : RunCondition.valueOf(condition),
                row.getString("message"),
                new Run.Facts(
                        number(facts, "sources"),
                        number(facts, "targets"),
                        number(facts, "links"),
                        number(facts, "sourcesBefore")),
                totals == null ? null : Counts.fromJson(totals),
                row.getObject("started_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                instant(row, "ended_at"),
                instant(row, "entries_dropped_at"),
                Duration.ofMillis(row.getLong("breaks_ms")));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        LocalDateTime time = row.getObject(column, LocalDateTime.class);
        return time == null ? null : time.toInstant(ZoneOffset.UTC);
    }

    static long number(Map<String, @Nullable Object> json, String name) {
        return json.get(name) instanceof Number number ? number.longValue() : -1;
    }

    static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
