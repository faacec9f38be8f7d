package dev.concord.recon;

import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.PartitionPosition;
import dev.concord.ledger.RunLedger;
import dev.concord.ledger.Segment;
import dev.concord.ledger.Task;
import dev.concord.system.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.TransactionStatus;

/**
 * Decides pages and commits them. A page is decided as a whole first, and its writes go out in batches; when that
 * cannot be committed, it is done again from fresh look-ups, record by record, each under a savepoint of its own. What
 * a page changes and the segment that remembers it commit together. Belongs to one thread.
 */
final class PageEngine {

    /** How often a page is begun again because of what somebody else did in the meantime. */
    private static final int REPEATS = 20;

    /** How long others get to finish what they do to a record. */
    private static final Duration MOMENT = Duration.ofMillis(30);

    private final RunContext context;
    private final OpReport report;
    private final Accounting accounting;
    private final Attempts attempts;

    PageEngine(RunContext context, Attempts attempts) {
        this.context = context;
        this.attempts = attempts;
        this.report = new OpReport(context);
        this.accounting = new Accounting(context);
    }

    /** A page and what was decided about it as a whole; {@code whole} is null when it must be done record by record. */
    record Decided(Page page, @Nullable Whole whole, long nanoseconds) {}

    /** The ops of a page that was decided as a whole, and the view that holds what they want to write. */
    record Whole(List<Op> ops, List<long[]> handled, PageView view) {}

    /** Looks into a page and decides it as a whole, without writing anything. */
    Decided decide(Page page) {
        context.listener().begun(context.run(), page.phase());
        return attempts.repeat(attempt -> decideOnce(page));
    }

    private Decided decideOnce(Page page) {
        long start = System.nanoTime();
        Whole whole = null;
        if (!context.memory().recordByRecord) {
            try {
                whole = decideWhole(page);
            } catch (PageRepeat repeat) {
                if (repeat.inEveryPage()) {
                    context.memory().recordByRecord = true;
                }
            }
        }
        return new Decided(page, whole, System.nanoTime() - start);
    }

    /**
     * Writes what was decided and commits it with its segment, or does the page again until it can be committed. After
     * trouble the page's token tells first whether the commit happened after all.
     *
     * @return where the partition is then
     * @throws RuntimeException the trouble that remained after several attempts
     */
    PartitionPosition commit(Decided decided, PartitionPosition position) {
        String token = UUID.randomUUID().toString();
        return attempts.repeat(attempt -> {
            if (attempt == 0) {
                return commitOnce(decided, position, token);
            }
            PartitionPosition happened = context.ledger().committed(position, token);
            if (happened != null) {
                return context.guards().heardOf(happened);
            }
            boolean open = Elsewhere.isOpen(context, position);
            return commitOnce(
                    open ? new Decided(decided.page(), null, 0) : decideOnce(decided.page()), position, token);
        });
    }

    private PartitionPosition commitOnce(Decided decided, PartitionPosition position, String token) {
        Decided current = decided;
        int repeats = 0;
        while (true) {
            long start = System.nanoTime();
            Decided attempt = current;
            try {
                Done done = Objects.requireNonNull(TaskClock.time(
                        Task.COMMIT,
                        () -> context.transaction()
                                .execute(status -> TaskClock.time(
                                        Task.DECISION, () -> attempt(attempt, position, token, status, start)))));
                context.memory().note(decided.page().phase(), done.segment());
                attempts.forget();
                return done.position();
            } catch (RunLedger.AlreadyCommitted committed) {
                return context.guards().heardOf(committed.position());
            } catch (PageRepeat | DuplicateKeyException repeat) {
                if (++repeats > REPEATS) {
                    throw repeat;
                }
                attempts.count();
                current = new Decided(decided.page(), null, decided.nanoseconds());
            }
        }
    }

    private record Done(PartitionPosition position, Segment segment) {}

    private Done attempt(
            Decided decided, PartitionPosition position, String token, TransactionStatus status, long start) {
        Page page = decided.page();
        Whole whole = decided.whole();
        List<Op> ops = new ArrayList<>();
        List<long[]> handled = new ArrayList<>();
        Elsewhere elsewhere = Elsewhere.of(context, position);
        if (whole != null) {
            if (!context.looking()) {
                TaskClock.time(Task.WRITE, () -> write(whole, elsewhere));
            }
            ops.addAll(whole.ops());
            handled.addAll(whole.handled());
        } else {
            Elsewhere.readAll(elsewhere);
            for (Page single : page.single()) {
                recordByRecord(single, elsewhere, status, ops, handled);
            }
            if (elsewhere != null) {
                recordByRecord(elsewhere.rest(page), elsewhere, status, ops, handled);
            }
        }
        if (elsewhere != null) {
            elsewhere.close();
        }
        Segment segment = report.segment(page, ops, handled, decided.nanoseconds() + System.nanoTime() - start);
        segment.counts().add(Measure.RETRIES, attempts.soFar());
        PartitionPosition after =
                TaskClock.time(Task.LEDGER, () -> context.ledger().append(position, token, segment));
        context.listener().committed(context.run(), page.phase(), segment.counts());
        return new Done(after, segment);
    }

    private Whole decideWhole(Page page) {
        ScriptObjects objects = new ScriptObjects(context, true);
        Verdicts verdicts = new Verdicts(context, objects);
        OpDecider decider = new OpDecider(context, verdicts);
        PageView view = new PageView(context.target(), context.links());
        List<Op> ops = new ArrayList<>();
        List<long[]> handled = new ArrayList<>();
        List<Op> found = page.lookInto(view, verdicts);
        objects.rethrow();
        for (Op op : found) {
            StagedEffects effects = new StagedEffects(context.looking());
            boolean reported = decider.decide(op, view, effects);
            objects.rethrow();
            tellFailure(op, decider, objects);
            if (reported) {
                // A run that only looks sees none of its own effects, whatever the size of its pages.
                if (!op.failed() && !context.looking()) {
                    effects.applyTo(view);
                }
                ops.add(op);
                handled.add(accounting.handled(op, view));
            }
        }
        return new Whole(ops, handled, view);
    }

    private void write(Whole whole, @Nullable Elsewhere elsewhere) {
        PageView view = whole.view();
        context.links().remove(view.removedLinks());
        if (!context.links().repoint(view.repointedLinks())) {
            throw new PageRepeat("A link changed while it was looked at.");
        }
        // The uncommitted unique keys of the links are the claim to the targets.
        context.links().create(view.createdLinks());
        List<Write> writes = view.writes();
        context.memory().checkLease();
        if (elsewhere != null) {
            elsewhere.write(whole.ops(), writes);
        } else if (!writes.isEmpty()) {
            if (!Traces.note(whole.ops(), context.target().write(writes))) {
                throw new PageRepeat("A write of the page was not done.");
            }
        }
    }

    /**
     * Does the ops of a page of one record one after the other, each from fresh look-ups, because each may change what
     * the next one sees.
     */
    private void recordByRecord(
            Page single, @Nullable Elsewhere elsewhere, TransactionStatus status, List<Op> ops, List<long[]> handled) {
        int index = 0;
        int count = 1;
        int overtaken = 0;
        while (index < count) {
            PageView view = new PageView(context.target(), context.links());
            if (elsewhere != null) {
                elsewhere.hideFrom(view);
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
            try {
                if (underSavepoint(op, view, decider, objects, elsewhere, status)) {
                    showWritten(op, view);
                    ops.add(op);
                    handled.add(accounting.handled(op, view));
                }
            } catch (PageRepeat repeat) {
                if (elsewhere == null) {
                    throw repeat;
                }
                if (++overtaken <= REPEATS) {
                    LockSupport.parkNanos(MOMENT.toNanos());
                    continue;
                }
                op.fail(
                        Outcome.TARGET,
                        "Each of " + overtaken + " times that it was to be written, others had changed it.",
                        null);
                tellFailure(op, decider, objects);
                ops.add(op);
                handled.add(accounting.handled(op, view));
            }
            index++;
            overtaken = 0;
        }
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
        tellFailure(op, decider, objects);
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
                op, context.target(), elsewhere == null ? here : write -> elsewhere.write(op, write), context.links());
    }

    private void tellFailure(Op op, OpDecider decider, ScriptObjects objects) {
        if (op.failed() && !context.looking()) {
            decider.failed(op);
            objects.rethrow();
        }
    }

    /**
     * A unique value may be given free by a delete that is only planned so far: the op is tried once more after the
     * deletes.
     */
    private static void secondTryOrFail(Op op, String message) {
        op.fail(op.planned == null && op.undone == null ? Outcome.PLANNED : Outcome.TARGET, message, null);
    }
}
