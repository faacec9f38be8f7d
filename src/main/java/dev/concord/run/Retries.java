package dev.concord.run;

import dev.concord.audit.Actor;
import dev.concord.ledger.Counts;
import dev.concord.ledger.LeaseHeld;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunKind;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.RunState;
import dev.concord.ledger.Runs;
import dev.concord.mapping.DefinitionLoader;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.RetryFailed;
import dev.concord.mapping.Sources;
import dev.concord.run.WaitingRetries.Waiting;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Visits what failed in a run again, as often and as far apart as its mapping says. Each attempt is a run of its own
 * over what still failed in the one before, and says which run was the first. Failures that only a change of the
 * mapping or a decision can mend are not tried again, and a newer run of the mapping ends the attempts. Safe for use by
 * several threads.
 */
public final class Retries {

    /** The parameters of an attempt: the run that all began with, and which attempt it is. */
    static final String RETRY_OF = "retryOf";

    static final String ATTEMPT = "attempt";

    private final Plans plans;
    private final Runs runs;
    private final LedgerReader reader;
    private final RunIds runIds;

    public Retries(Plans plans, Runs runs, LedgerReader reader, RunIds runIds) {
        this.plans = plans;
        this.runs = runs;
        this.reader = reader;
        this.runIds = runIds;
    }

    /**
     * An attempt to come.
     *
     * @param first the run that all began with
     * @param after the run whose failures are visited
     * @param number of the attempt, from 1
     * @param most how many there are at the most
     * @param pause how long to wait
     */
    public record Attempt(Run first, Run after, int number, int most, Duration pause) {

        /** The attempt behind one that could not begin. */
        Attempt later(RetryFailed retry) {
            return new Attempt(first, after, number + 1, most, retry.before(number + 1));
        }
    }

    /** The attempt that follows a run that has ended; empty when there is none. */
    public Optional<Attempt> after(Run ended) {
        Run first = first(ended);
        if (first == null || !isWorthwhile(ended)) {
            return Optional.empty();
        }
        RetryFailed retry = retry(first);
        int number = ended.kind() == RunKind.FAILED ? attempt(ended) + 1 : 1;
        return number > retry.attempts()
                ? Optional.empty()
                : Optional.of(new Attempt(first, ended, number, retry.attempts(), retry.before(number)));
    }

    private @Nullable Run first(Run ended) {
        if (ended.state() != RunState.SUCCESS || ended.analysis()) {
            return null;
        }
        return switch (ended.kind()) {
            case FULL, FILTER -> ended;
            case FAILED ->
                ended.parameters().get(RETRY_OF) instanceof String first
                        ? runs.find(first).orElse(null)
                        : null;
            case SINGLE, ACTION, APPLY, UNDO -> null;
        };
    }

    private static int attempt(Run run) {
        return run.parameters().get(ATTEMPT) instanceof Number number ? number.intValue() : 0;
    }

    /** Whether a run failed with records that may fare better another time. */
    private boolean isWorthwhile(Run ended) {
        Counts counts = ended.totals() == null ? reader.counts(ended.id(), null) : ended.totals();
        // What has no id cannot be visited again; a run over such failures does not count them as its own.
        long nameless = counts.get(Measure.UNIDENTIFIED) - counts.get(Measure.UNREPEATABLE);
        return counts.ops(kind -> mayPass(kind.outcome())) > Math.max(0, nameless);
    }

    static boolean mayPass(Outcome outcome) {
        return switch (outcome) {
            case SCRIPT, DATA, TARGET -> true;
            case SUCCESS, PLANNED, OBSOLETE, RULE, WITHHELD, CHANGED -> false;
        };
    }

    /** What the mapping said when the first run began. */
    private RetryFailed retry(Run first) {
        Mapping mapping = DefinitionLoader.load(Sources.of(runs.closure(first.id())))
                .mappings()
                .get(first.mapping());
        return mapping == null ? RetryFailed.NEVER : mapping.retryFailed();
    }

    /**
     * Begins an attempt, after its pause.
     *
     * @param runId of the run to begin
     * @param actor for whom
     * @return the run, or nothing when a newer run of the mapping has ended the attempts
     * @throws LeaseHeld when a run works on the mapping's links
     */
    private Optional<OpenRun> begin(Attempt attempt, String runId, Actor actor) {
        boolean overtaken = runs.newest(attempt.first().mapping(), 1).stream()
                .anyMatch(newest -> newest.number() > attempt.after().number());
        if (overtaken) {
            return Optional.empty();
        }
        return Optional.of(plans.beginFailedOf(
                new Plans.FailedRequest(
                        attempt.first().mapping(), attempt.after().id(), false, false),
                runId,
                Map.of(RETRY_OF, attempt.first().id(), ATTEMPT, attempt.number()),
                actor));
    }

    /** Likewise one that was written down; nothing, too, when the runs that it is about are not kept any more. */
    Optional<OpenRun> begin(Waiting waiting, Actor actor) {
        return attempt(waiting).flatMap(attempt -> begin(attempt, waiting.runId(), actor));
    }

    private Optional<Attempt> attempt(Waiting waiting) {
        Optional<Run> first = runs.find(waiting.firstRun());
        Optional<Run> after = runs.find(waiting.afterRun());
        return first.isEmpty() || after.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Attempt(first.get(), after.get(), waiting.attempt(), waiting.attempts(), Duration.ZERO));
    }

    /** The attempt behind one that found the mapping's links in use; empty when that was the last. */
    private Optional<Attempt> behind(Attempt attempt) {
        return attempt.number() >= attempt.most()
                ? Optional.empty()
                : Optional.of(attempt.later(retry(attempt.first())));
    }

    Optional<Attempt> behind(Waiting waiting) {
        return attempt(waiting).flatMap(this::behind);
    }

    /** How somebody in the foreground follows the attempts. */
    public interface Follower {

        /** An attempt is going to begin after its pause. */
        void waits(Attempt attempt);

        RunListener begins();

        void ended(Run run);
    }

    /**
     * Does all attempts that follow a run, in the calling thread.
     *
     * @return the last run of all
     * @throws InterruptedException when the thread is, while it waits
     */
    public Run follow(Run ended, Actor actor, Follower follower) throws InterruptedException {
        Run last = ended;
        Optional<Attempt> next = after(ended);
        while (next.isPresent()) {
            Attempt attempt = next.get();
            follower.waits(attempt);
            Thread.sleep(attempt.pause());
            try {
                Optional<OpenRun> open = begin(attempt, runIds.next(), actor);
                if (open.isEmpty()) {
                    return last;
                }
                last = open.get().work(follower.begins());
                follower.ended(last);
                next = after(last);
            } catch (LeaseHeld held) {
                next = behind(attempt);
            }
        }
        return last;
    }
}
