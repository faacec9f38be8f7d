package dev.concord.recon;

import dev.concord.ledger.Outcome;
import dev.concord.mapping.Situation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.TransactionStatus;

/**
 * Does pages record by record: each op from fresh look-ups and under a savepoint of its own, so that what fails takes
 * nothing else with it. Belongs to one thread.
 */
final class SingleRecords {

    /**
     * How long the transaction of a page stays open while others may wait for what it has written; then it commits what
     * is done.
     */
    private static final Duration A_WHILE = Duration.ofSeconds(2);

    /** How long others get to finish what they do to a record. */
    private static final Duration MOMENT = Duration.ofMillis(30);

    private final RunContext context;
    private final Accounting accounting;

    SingleRecords(RunContext context, Accounting accounting) {
        this.context = context;
        this.accounting = accounting;
    }

    /**
     * Does a page record by record, and what earlier attempts left open of records that it does not hold any more.
     *
     * @return what was done: the page, or, when it takes long or the run is ending, the first of its records
     * @throws PageLeft when the run is ending and the page can only be done as a whole
     */
    Page workAll(
            Page page, @Nullable Elsewhere elsewhere, TransactionStatus status, List<Op> ops, List<long[]> handled) {
        List<Page> singles = page.single();
        long start = System.nanoTime();
        for (int done = 0; done < singles.size(); done++) {
            Page part = isEnough(start) ? part(page, done, elsewhere) : null;
            if (part != null) {
                return part;
            }
            context.memory().leaveIfEnding();
            work(singles.get(done), elsewhere, status, ops, handled);
        }
        if (page instanceof UndoPage) {
            tryAgain(singles, elsewhere, status, ops, handled);
        }
        if (elsewhere != null) {
            for (Page gone : elsewhere.rest(page).single()) {
                context.memory().leaveIfEnding();
                work(gone, elsewhere, status, ops, handled);
            }
        }
        return page;
    }

    private boolean isEnough(long start) {
        return context.memory().isEnding() || System.nanoTime() - start > A_WHILE.toNanos();
    }

    /**
     * What the page can commit when only so many of its records are done. What an earlier attempt decided must be done
     * first, because the segment closes the intents.
     */
    private static @Nullable Page part(Page page, int done, @Nullable Elsewhere elsewhere) {
        return done == 0 || (elsewhere != null && !elsewhere.isSettled()) ? null : page.first(done);
    }

    /**
     * What a page wrote at once need not be possible backwards one by one: a unique value may still be held by an
     * object that is only taken back later in the page. Each of these pages has one op.
     */
    private void tryAgain(
            List<Page> singles,
            @Nullable Elsewhere elsewhere,
            TransactionStatus status,
            List<Op> ops,
            List<long[]> handled) {
        boolean progress = true;
        while (progress) {
            progress = false;
            for (int i = 0; i < singles.size(); i++) {
                if (ops.get(i).outcome == Outcome.PLANNED) {
                    context.memory().leaveIfEnding();
                    List<Op> again = new ArrayList<>(1);
                    List<long[]> handledAgain = new ArrayList<>(1);
                    work(singles.get(i), elsewhere, status, again, handledAgain);
                    progress |= again.getFirst().outcome != Outcome.PLANNED;
                    ops.set(i, again.getFirst());
                    handled.set(i, handledAgain.getFirst());
                }
            }
        }
        for (Op op : ops) {
            if (op.outcome == Outcome.PLANNED) {
                op.fail(Outcome.TARGET, String.valueOf(op.message), null);
            }
        }
    }

    /**
     * Does the ops of a page of one record one after the other, each from fresh look-ups, because each may change what
     * the next one sees.
     */
    void work(
            Page single, @Nullable Elsewhere elsewhere, TransactionStatus status, List<Op> ops, List<long[]> handled) {
        int index = 0;
        int count = 1;
        int overtaken = 0;
        Op refused = null;
        while (index < count) {
            PageView view = new PageView(context.target(), context.links());
            if (elsewhere != null) {
                elsewhere.hideFrom(view);
            }
            if (refused != null) {
                view.noteTargets();
            }
            ScriptObjects objects = new ScriptObjects(context, false);
            Verdicts verdicts = new Verdicts(context, objects);
            OpDecider decider = new OpDecider(context, verdicts);
            List<Op> found = single.lookInto(view, verdicts);
            objects.rethrow();
            count = found.size();
            if (index >= count) {
                return;
            }
            Op op = found.get(index);
            if (refused != null && !isFound(op, refused, view)) {
                ops.add(refused);
                handled.add(accounting.handled(refused, view));
                refused = null;
                index++;
                continue;
            }
            try {
                boolean reported = underSavepoint(op, view, decider, objects, elsewhere, status);
                if (reported && refused == null && mayHaveBeenOvertaken(op)) {
                    refused = op;
                    continue;
                }
                if (reported) {
                    showWritten(op, view);
                    ops.add(op);
                    handled.add(accounting.handled(op, view));
                }
            } catch (PageRepeat repeat) {
                if (elsewhere == null) {
                    throw repeat;
                }
                if (++overtaken <= PageEngine.REPEATS) {
                    LockSupport.parkNanos(MOMENT.toNanos());
                    continue;
                }
                op.fail(
                        Outcome.TARGET,
                        "Each of " + overtaken + " times that it was to be written, others had changed it.",
                        null);
                decider.tellFailure(op, objects);
                ops.add(op);
                handled.add(accounting.handled(op, view));
            }
            index++;
            overtaken = 0;
            refused = null;
        }
    }

    /**
     * A unique value was taken: by an object that was there before, or by one that somebody has just made. An own
     * object of this run would be linked.
     */
    private boolean mayHaveBeenOvertaken(Op op) {
        return context.mapping().enableLinking()
                && op.outcome == Outcome.PLANNED
                && op.undone == null
                && op.planned == null
                && op.intent == null
                && op.action != null
                && !op.action.isPlanned();
    }

    /** Whether fresh look-ups find a target that nobody is linked to, for an op that had none when it was refused. */
    private static boolean isFound(Op op, Op refused, PageView view) {
        return !op.failed()
                && op.facts != null
                && refused.assessment != null
                && refused.assessment.situation() != Situation.FOUND
                && Assessor.assess(op, view)
                        .filter(now -> now.situation() == Situation.FOUND)
                        .isPresent();
    }

    private boolean underSavepoint(
            Op op,
            PageView view,
            OpDecider decider,
            ScriptObjects objects,
            @Nullable Elsewhere elsewhere,
            TransactionStatus status) {
        context.memory().checkLease();
        Object savepoint = status.createSavepoint();
        Effects effects = effects(op, elsewhere);
        op.intent = elsewhere == null ? null : elsewhere.of(op);
        boolean reported;
        try {
            reported = decider.decide(op, view, effects);
            objects.rethrow();
        } catch (ImmediateEffects.UniqueTaken taken) {
            reported = true;
            secondTryOrFail(op, String.valueOf(taken.getMessage()));
        } catch (PageRepeat | DuplicateKeyException conflict) {
            if (elsewhere == null) {
                throw conflict;
            }
            status.rollbackToSavepoint(savepoint);
            if (op.intent == null) {
                throw conflict;
            }
            // To decide again is no way out: the target may be written.
            reported = true;
            op.fail(
                    Outcome.TARGET,
                    "What was decided before the run was interrupted could not be finished: the record or its target"
                            + " got another link in the meantime. A new run decides anew.",
                    null);
        }
        if (op.outcome != Outcome.SUCCESS && !op.stands) {
            status.rollbackToSavepoint(savepoint);
        }
        status.releaseSavepoint(savepoint);
        if (elsewhere != null) {
            elsewhere.done(op);
        }
        decider.tellFailure(op, objects);
        return reported;
    }

    /** What an op wrote is seen to be there, or not to be there any more. */
    private void showWritten(Op op, PageView view) {
        boolean wrote = op.write != null && op.targetId != null && (!op.failed() || op.stands);
        if (wrote && !context.looking()) {
            view.pretend(Objects.requireNonNull(op.targetId), op.targetWritten);
        }
    }

    private Effects effects(Op op, @Nullable Elsewhere elsewhere) {
        if (context.looking()) {
            return new StagedEffects(true);
        }
        ImmediateEffects.UnaryWrite here =
                write -> context.target().write(List.of(write)).getFirst();
        return new ImmediateEffects(
                op,
                context.target(),
                elsewhere == null ? here : write -> elsewhere.write(op, write),
                context.links(),
                context.mapping().enableLinking() && op.undone == null);
    }

    /**
     * A unique value may be given free by a delete that is only planned so far: the op is tried once more after the
     * deletes, or, when it takes something back, after the others of its page.
     */
    private static void secondTryOrFail(Op op, String message) {
        op.fail(op.planned == null ? Outcome.PLANNED : Outcome.TARGET, message, null);
    }
}
