package dev.concord.ledger;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.JdbcTemplate;

/** Says of runs that ended before they were done that they never go on. Safe for use by several threads. */
public final class FinalRuns {

    private final JdbcTemplate jdbc;
    private final Runs runs;
    private final RunWitness witness;

    FinalRuns(JdbcTemplate jdbc, Runs runs, RunWitness witness) {
        this.jdbc = jdbc;
        this.runs = runs;
        this.witness = witness;
    }

    /** Says of a run that waits for approval that it never goes on. */
    public void deny(String runId, String message) {
        jdbc.update(
                "update recon_run set run_condition = ?, message = ? where run_id = ? and run_condition = ?",
                RunCondition.DENIED.name(),
                message,
                runId,
                RunCondition.WAITING_FOR_APPROVAL.name());
        runs.find(runId).ifPresent(witness::denied);
    }

    /**
     * Says of the unfinished runs on the same links that a newer full run took their place: what they read of their
     * sources is older than what it writes, so that going on with them would take that back. Runs that have read
     * nothing yet, that only look, that apply a plan or take a run back are left alone: these decide about each record
     * as it is then.
     *
     * @param kept what stays of the message that such a run had
     */
    public void supersede(String linkType, String by, UnaryOperator<String> kept) {
        Map<String, String> messages = new LinkedHashMap<>();
        jdbc.query(
                "select run_id, message, run_condition from recon_run where link_type = ? and analysis = false"
                        + " and state in (?, ?) and kind not in (?, ?)"
                        + " and (run_condition is null or run_condition not in (?, ?))"
                        + " and (run_condition = ? or exists (select 1 from segment where segment.run_id ="
                        + " recon_run.run_id and segment.phase = ?)) for update",
                row -> {
                    boolean waiting = RunCondition.WAITING_FOR_APPROVAL.name().equals(row.getString(3));
                    messages.put(
                            row.getString(1),
                            (kept.apply(Objects.requireNonNullElse(row.getString(2), "")) + " Superseded by run " + by
                                            + ", which took its place"
                                            + (waiting ? "; what was planned was dropped." : "."))
                                    .strip());
                },
                linkType,
                RunState.FAILED.name(),
                RunState.CANCELED.name(),
                RunKind.APPLY.name(),
                RunKind.UNDO.name(),
                RunCondition.DENIED.name(),
                RunCondition.SUPERSEDED.name(),
                RunCondition.WAITING_FOR_APPROVAL.name(),
                Phase.SOURCE.name());
        messages.forEach((run, message) -> jdbc.update(
                "update recon_run set run_condition = ?, message = ? where run_id = ?",
                RunCondition.SUPERSEDED.name(),
                message,
                run));
    }

    /**
     * Says of a run that did not come to its end that what it had done is being taken back, so that going on with it
     * would leave that out.
     */
    public void takeBack(String runId, String by) {
        jdbc.update(
                "update recon_run set run_condition = ?, message = ? where run_id = ? and state in (?, ?)"
                        + " and (run_condition is null or run_condition not in (?, ?))",
                RunCondition.TAKEN_BACK.name(),
                "Taken back by run " + by + ".",
                runId,
                RunState.FAILED.name(),
                RunState.CANCELED.name(),
                RunCondition.DENIED.name(),
                RunCondition.SUPERSEDED.name());
    }
}
