package dev.concord.recon;

import dev.concord.ledger.Measure;
import dev.concord.ledger.PartitionPosition;
import dev.concord.ledger.RunLedger;
import dev.concord.ledger.Segment;
import dev.concord.ledger.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
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
    static final int REPEATS = 20;

    private final RunContext context;
    private final OpReport report;
    private final WholePages wholePages;
    private final SingleRecords singleRecords;
    private final Attempts attempts;

    PageEngine(RunContext context, Attempts attempts) {
        this.context = context;
        this.attempts = attempts;
        this.report = new OpReport(context);
        Accounting accounting = new Accounting(context);
        this.wholePages = new WholePages(context, accounting);
        this.singleRecords = new SingleRecords(context, accounting);
    }

    /** A page and what was decided about it as a whole; {@code whole} is null when it must be done record by record. */
    record Decided(Page page, WholePages.@Nullable Whole whole, long nanoseconds) {}

    /** Looks into a page and decides it as a whole, without writing anything. */
    Decided decide(Page page) {
        context.listener().begun(context.run(), page.phase());
        return attempts.repeat(attempt -> decideOnce(page));
    }

    private Decided decideOnce(Page page) {
        long start = System.nanoTime();
        WholePages.Whole whole = null;
        if (!context.memory().recordByRecord) {
            try {
                whole = wholePages.decide(page);
            } catch (PageRepeat repeat) {
                if (repeat.inEveryPage()) {
                    context.memory().recordByRecord = true;
                }
            } catch (PageLeft ending) {
                // Whoever commits finds that out, too.
            }
        }
        return new Decided(page, whole, System.nanoTime() - start);
    }

    /**
     * Writes what was decided and commits it with its segment, or does the page again until it can be committed. After
     * trouble the page's token tells first whether the commit happened after all. Of a page that is done record by
     * record this may be the first part; {@link Page#behind} says what is left of it.
     *
     * @return where the partition is then: where it was when the run is ending and the page was left
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
            } catch (PageLeft ending) {
                return position;
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
        Page done = decided.page();
        WholePages.Whole whole = decided.whole();
        List<Op> ops = new ArrayList<>();
        List<long[]> handled = new ArrayList<>();
        Elsewhere elsewhere = Elsewhere.of(context, position, token);
        if (whole != null) {
            if (!context.looking()) {
                TaskClock.time(Task.WRITE, () -> wholePages.write(whole, elsewhere));
            }
            ops.addAll(whole.ops());
            handled.addAll(whole.handled());
        } else {
            Elsewhere.readAll(elsewhere);
            done = singleRecords.workAll(done, elsewhere, status, ops, handled);
        }
        if (elsewhere != null) {
            elsewhere.close();
        }
        Segment segment = report.segment(done, ops, handled, decided.nanoseconds() + System.nanoTime() - start);
        segment.counts().add(Measure.RETRIES, attempts.soFar());
        PartitionPosition after =
                TaskClock.time(Task.LEDGER, () -> context.ledger().append(position, token, segment));
        context.listener().committed(context.run(), done.phase(), segment.counts());
        return new Done(after, segment);
    }
}
