package dev.concord.ledger;

import dev.concord.record.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The rows of runs. Times are kept in UTC. Safe for use by several threads. */
public final class Runs {

    private final JdbcTemplate jdbc;
    private final RunWitness witness;

    public Runs(JdbcTemplate jdbc) {
        this(jdbc, RunWitness.NONE);
    }

    /** @param witness is told in the caller's transaction, if there is one */
    public Runs(JdbcTemplate jdbc, RunWitness witness) {
        this.jdbc = jdbc;
        this.witness = witness;
    }

    /** What a new run is made of; it starts as ACTIVE_INITIALIZED. */
    public record NewRun(
            String id,
            String mapping,
            String linkType,
            RunKind kind,
            boolean analysis,
            Map<String, @Nullable Object> parameters,
            Map<String, String> closure,
            String closureHash,
            long seed,
            Instant started) {}

    public Run create(NewRun run) {
        jdbc.update(
                "insert into recon_run (run_id, mapping, link_type, kind, analysis, parameters, closure, closure_hash, seed, state,"
                        + " stage, facts, started_at) values (?,?,?,?,?,?,?,?,?,?,?,?,?)",
                run.id(),
                run.mapping(),
                run.linkType(),
                run.kind().name(),
                run.analysis(),
                Json.write(run.parameters()),
                Json.write(run.closure()),
                run.closureHash(),
                run.seed(),
                RunState.ACTIVE.name(),
                Stage.ACTIVE_INITIALIZED.name(),
                Json.write(Run.Facts.UNKNOWN),
                RunRow.utc(run.started()));
        Run created = find(run.id()).orElseThrow();
        witness.opened(created, false);
        return created;
    }

    /** The next stage of a run; one that was asked to stop shows that and nothing else. */
    public void enter(String runId, Stage stage) {
        jdbc.update(
                "update recon_run set stage = ? where run_id = ? and stage <> ?",
                stage.name(),
                runId,
                Stage.ACTIVE_CANCELING.name());
    }

    /** Asks a run to stop, whichever process works on it; answers whether it is active. */
    public boolean askToStop(String runId) {
        return jdbc.update(
                        "update recon_run set stage = ? where run_id = ? and state = ?",
                        Stage.ACTIVE_CANCELING.name(),
                        runId,
                        RunState.ACTIVE.name())
                > 0;
    }

    public boolean isAskedToStop(String runId) {
        return jdbc.queryForList(
                                "select run_id from recon_run where run_id = ? and stage = ?",
                                runId,
                                Stage.ACTIVE_CANCELING.name())
                        .size()
                > 0;
    }

    public void measure(String runId, Run.Facts facts) {
        jdbc.update("update recon_run set facts = ? where run_id = ?", Json.write(facts), runId);
    }

    /** How a run ended. */
    public record Ending(
            RunState state,
            Stage stage,
            @Nullable RunCondition condition,
            @Nullable String message,
            Counts totals,
            Instant ended) {

        /** The same ending with more to say. */
        public Ending saying(String more) {
            return new Ending(state, stage, condition, message == null ? more : message + " " + more, totals, ended);
        }
    }

    /** Closes a run that there is, and returns it as it ended. */
    public Run close(String runId, Ending ending) {
        jdbc.update(
                "update recon_run set state = ?, stage = ?, run_condition = ?, message = ?, totals = ?, ended_at = ? where run_id = ?",
                ending.state().name(),
                ending.stage().name(),
                ending.condition() == null ? null : ending.condition().name(),
                ending.message(),
                ending.totals().toJson(),
                RunRow.utc(ending.ended()),
                runId);
        Run closed = find(runId).orElseThrow();
        witness.closed(closed);
        return closed;
    }

    /**
     * Makes an ended run active again, to be continued.
     *
     * @param now up to when it had been ended
     * @throws IllegalStateException when its entries were dropped, and with them what it would go on from
     */
    public void reopen(String runId, Instant now) {
        long pause = find(runId)
                .map(Run::ended)
                .map(ended -> Math.max(0, Duration.between(ended, now).toMillis()))
                .orElse(0L);
        int rows = jdbc.update(
                "update recon_run set state = ?, stage = ?, run_condition = null, message = null, totals = null, ended_at = null,"
                        + " breaks_ms = breaks_ms + ?"
                        + " where run_id = ? and entries_dropped_at is null",
                RunState.ACTIVE.name(),
                Stage.ACTIVE_INITIALIZED.name(),
                pause,
                runId);
        if (rows == 0 && find(runId).isPresent()) {
            throw new IllegalStateException("The ledger of run " + runId + " was dropped; it cannot be continued.");
        }
        find(runId).ifPresent(run -> witness.opened(run, true));
    }

    /** Says of runs that they never go on. */
    public FinalRuns finals() {
        return new FinalRuns(jdbc, this, witness);
    }

    /** Tells the witness that a run may go on that waited for approval. */
    public void tellOfApproval(Run run) {
        witness.approved(run);
    }

    /**
     * The state of a run, which nobody changes before the transaction that is bound to the calling thread has ended.
     */
    public RunState lock(String runId) {
        return RunState.valueOf(String.valueOf(
                jdbc.queryForObject("select state from recon_run where run_id = ? for update", String.class, runId)));
    }

    /** Whether a run was about to write to a target elsewhere when it ended, and nobody has looked after that yet. */
    public boolean hasIntents(String runId) {
        return !jdbc.queryForList("select run_id from intent where run_id = ? limit 1", runId)
                .isEmpty();
    }

    /**
     * Since when the entries of a run are gone; empty while they are there. A run that reads another one asks again
     * once its own row is committed: from then on they stay.
     */
    public Optional<Instant> entriesDropped(String runId) {
        return find(runId).map(Run::entriesDropped);
    }

    /** Removes a run and its ledger. */
    public void forget(String runId) {
        for (String table : List.of("segment_entries", "segment", "guard_trip", "target_call", "recon_run")) {
            jdbc.update("delete from " + table + " where run_id = ?", runId);
        }
    }

    /** A run by its id, or by the beginning of its id when only one run begins so. */
    public Optional<Run> find(String id) {
        List<Run> exact = jdbc.query("select " + RunRow.COLUMNS + " from recon_run where run_id = ?", RunRow::of, id);
        if (!exact.isEmpty()
                || id.length() < 4
                || !id.chars().allMatch(c -> c == '-' || Character.isLetterOrDigit(c))) {
            return exact.stream().findFirst();
        }
        List<Run> begun =
                jdbc.query("select " + RunRow.COLUMNS + " from recon_run where run_id like ?", RunRow::of, id + "%");
        return begun.size() == 1 ? Optional.of(begun.getFirst()) : Optional.empty();
    }

    /** The newest runs first. {@code mapping} null means of all mappings. */
    public List<Run> newest(@Nullable String mapping, int limit) {
        return mapping == null
                ? jdbc.query(
                        "select " + RunRow.COLUMNS + " from recon_run order by run_number desc limit ?",
                        RunRow::of,
                        limit)
                : jdbc.query(
                        "select " + RunRow.COLUMNS
                                + " from recon_run where mapping = ? order by run_number desc limit ?",
                        RunRow::of,
                        mapping,
                        limit);
    }

    /** Full runs of a mapping that acted and ended so, the newest first. */
    public List<Run> lastFull(String mapping, RunState state, int limit) {
        return jdbc.query(
                "select " + RunRow.COLUMNS
                        + " from recon_run where mapping = ? and kind = ? and analysis = false and state = ?"
                        + " order by run_number desc limit ?",
                RunRow::of,
                mapping,
                RunKind.FULL.name(),
                state.name(),
                limit);
    }

    /** The newest run of a mapping that is not of this kind. */
    public Optional<Run> lastBut(RunKind kind, String mapping) {
        return jdbc
                .query(
                        "select " + RunRow.COLUMNS
                                + " from recon_run where mapping = ? and kind <> ? order by run_number desc limit 1",
                        RunRow::of,
                        mapping,
                        kind.name())
                .stream()
                .findFirst();
    }

    /** Runs of a link type that were never closed. */
    public List<Run> active(String linkType) {
        return jdbc.query(
                "select " + RunRow.COLUMNS + " from recon_run where link_type = ? and state = ? order by run_number",
                RunRow::of,
                linkType,
                RunState.ACTIVE.name());
    }

    /** The definitions that a run froze: text by path. */
    public Map<String, String> closure(String runId) {
        String text = jdbc.queryForObject("select closure from recon_run where run_id = ?", String.class, runId);
        Map<String, String> closure = new LinkedHashMap<>();
        Json.readObject(text == null ? "{}" : text)
                .forEach((path, content) -> closure.put(path, String.valueOf(content)));
        return closure;
    }
}
