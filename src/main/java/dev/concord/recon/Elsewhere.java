package dev.concord.recon;

import dev.concord.ledger.Intents;
import dev.concord.ledger.PartitionPosition;
import dev.concord.ledger.Task;
import dev.concord.record.Resource;
import dev.concord.secret.Keys;
import dev.concord.system.ObjectSet;
import dev.concord.system.Write;
import dev.concord.system.WriteOutcome;
import dev.concord.system.WriteOutcome.Written;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a target that does not take part in the transaction of the page: an intent is committed, then the target is
 * called, then the page commits. What an earlier attempt at the page left open, in this process or in one that died, is
 * finished from its text. Belongs to one attempt at a page.
 */
final class Elsewhere {

    private final RunContext context;
    private final ObjectSet target;
    private final PartitionPosition position;
    private final String token;
    private final Intents intents;
    private final IntentText text;
    private final Standing standing;
    private final Map<Intent.Key, Intent> open = new LinkedHashMap<>();
    private boolean hadOpen;
    private @Nullable AtomicInteger numbers;

    private Elsewhere(RunContext context, PartitionPosition position, String token) {
        this.context = context;
        this.target = context.target();
        this.position = position;
        this.token = token;
        this.intents = context.ledger().intents();
        this.text = new IntentText(context);
        this.standing = new Standing(target, context.links());
    }

    /**
     * Null when the target lies in the platform database, or nothing is written.
     *
     * @param token of the page, the same in each attempt to commit it
     */
    static @Nullable Elsewhere of(RunContext context, PartitionPosition position, String token) {
        return isNeeded(context) ? new Elsewhere(context, position, token) : null;
    }

    static boolean isNeeded(RunContext context) {
        return !context.looking() && !context.target().inPlatformDatabase();
    }

    /** Whether the page behind a position was left open. */
    static boolean isOpen(RunContext context, PartitionPosition position) {
        return isNeeded(context) && !context.ledger().intents().of(position).isEmpty();
    }

    /** Reads what earlier attempts left open, where there is an elsewhere. */
    static void readAll(@Nullable Elsewhere elsewhere) {
        if (elsewhere != null) {
            elsewhere.read();
        }
    }

    private void read() {
        intents.of(position).stream().map(text::read).forEach(intent -> open.put(intent.key(), intent));
        hadOpen = !open.isEmpty();
    }

    /** What was decided about an op before; null when that is to be decided now. */
    @Nullable
    Intent of(Op op) {
        return open.get(Intent.Key.of(op));
    }

    /** An op is at its end. */
    void done(Op op) {
        open.remove(Intent.Key.of(op));
    }

    /** Whether nothing is left of what earlier attempts decided, so that a page can end with what is done. */
    boolean isSettled() {
        return open.isEmpty();
    }

    /** The page of those records whose ops were not done, because the page does not hold them any more. */
    Page rest(Page page) {
        return new IntendedPage(context, page.phase(), List.copyOf(open.values()), page.lastKey());
    }

    /** Shows the targets as they were before what is still open: what was not decided yet must not see it. */
    void hideFrom(PageView view) {
        Set<String> shown = new HashSet<>();
        open.values().forEach(intent -> {
            String id = intent.writtenId();
            if (id != null && shown.add(id)) {
                view.pretend(id, intent.before());
            }
        });
    }

    /** Commits the intents of a page that was decided as a whole, and writes. */
    void write(List<Op> ops, List<Write> writes) {
        if (writes.isEmpty()) {
            return;
        }
        numbers = new AtomicInteger();
        List<Integer> rows = intend(ops.stream()
                .filter(op -> op.write != null && !op.failed())
                .map(op -> intent(op, Objects.requireNonNull(op.write)))
                .toList());
        if (!Traces.note(ops, call(writes))) {
            withdraw(rows);
            throw new PageRepeat("A write of the page was not done.");
        }
    }

    /** Writes for one op: what it decided now, or what was decided before. */
    WriteOutcome write(Op op, Write write) {
        Intent decided = op.intent;
        if (decided != null) {
            return finish(decided, write);
        }
        Intent intent = intent(op, write);
        List<Integer> rows = intend(List.of(intent));
        open.put(intent.key(), intent);
        WriteOutcome outcome = call(List.of(write)).getFirst();
        if (!(outcome instanceof Written)) {
            withdraw(rows);
            open.remove(intent.key());
        }
        return outcome;
    }

    /**
     * A process that was paused since the lease was checked with the intent must not write any more: whoever took over
     * may have finished the page, or decided something else. So the database is asked once more, as late as can be:
     * when the whole machine was paused, its clocks do not tell.
     */
    private List<WriteOutcome> call(List<Write> writes) {
        return target.write(writes, context.memory()::askForLease);
    }

    /** In the transaction that commits the page. */
    void close() {
        if (numbers != null || hadOpen) {
            intents.close(position);
        }
    }

    // What is intended

    private Intent intent(Op op, Write write) {
        return new Intent(
                Intent.Key.of(op),
                op.sourceId,
                op.visitedTargetId,
                Objects.requireNonNull(op.assessment).situation(),
                op.assessment.targetId(),
                op.assessment.candidateIds(),
                Objects.requireNonNull(op.action),
                op.rule == null ? -1 : context.mapping().rules().indexOf(op.rule),
                op.steps,
                op.message,
                write,
                switch (write) {
                    case Write.Create create -> null;
                    case Write.Update update -> update.before();
                    case Write.Delete delete -> Objects.requireNonNull(op.targetBefore);
                },
                context.sight().differences(op.differences, context.sight().unseen(op)),
                op.digests,
                new OpReport(context).display(op),
                Set.of(),
                Set.of(),
                Intent.Planned.of(op.planned));
    }

    private List<Integer> intend(List<Intent> decided) {
        List<Intent> known = withThere(decided);
        List<String> lines = known.stream().map(text::write).toList();
        return TaskClock.time(
                Task.LEDGER,
                () -> Objects.requireNonNull(
                        context.transaction().execute(status -> intents.add(position, token, lines, numbers()))));
    }

    /** Remembers which objects were there before that could be taken for those that are to be created. */
    private List<Intent> withThere(List<Intent> decided) {
        List<String> ids = new ArrayList<>();
        for (Intent intent : decided) {
            if (intent.write() instanceof Write.Create create && create.id() != null) {
                ids.add(create.id());
            }
        }
        Fetched fetched = Fetched.of(target, ids);
        return decided.stream()
                .map(intent -> intent.write() instanceof Write.Create create
                        ? intent.with(
                                create.id() == null
                                        ? idsOf(standing.lookalikes(create))
                                        : fetched.exists(create.id()) ? Set.of(create.id()) : Set.of())
                        : intent)
                .toList();
    }

    private static Set<String> idsOf(List<Resource> objects) {
        Set<String> ids = new HashSet<>();
        objects.forEach(object -> ids.add(object.id()));
        return ids;
    }

    private AtomicInteger numbers() {
        if (numbers == null) {
            numbers = new AtomicInteger(intents.last(position));
        }
        return numbers;
    }

    /** The target refused, so that nothing happened there. */
    private void withdraw(List<Integer> rows) {
        context.transaction().executeWithoutResult(status -> intents.withdraw(position, rows));
    }

    // What is finished

    private WriteOutcome finish(Intent intent, Write write) {
        String id = intent.writtenId();
        Resource now = standing.now(intent, open.values());
        Intent follower = follower(intent);
        return switch (standing.of(intent, follower, now)) {
            case DONE -> new Written(write instanceof Write.Delete ? null : asLeft(now, follower));
            case OPEN -> {
                if (isIncomplete(write)) {
                    throw Standing.unfinished("The value of " + String.join(", ", intent.withheld())
                            + " was not kept, because it is sensitive and there is no key '" + Keys.USUAL
                            + "', and its source cannot be had any more.");
                }
                context.transaction().executeWithoutResult(status -> intents.check(position, token));
                WriteOutcome outcome = call(List.of(standing.onto(now, write))).getFirst();
                if (outcome instanceof WriteOutcome.Stale) {
                    throw Standing.unfinished("Target " + id + " was changed by others. It was left as it is.");
                }
                yield outcome;
            }
            case CHANGED ->
                throw Standing.unfinished(
                        switch (write) {
                            case Write.Create create ->
                                "The new target cannot have the id " + id
                                        + ": another object got it in the meantime. It was left as it is.";
                            case Write.Update update ->
                                "Target " + id + (now == null ? " is gone" : " was changed by others")
                                        + ". It was left as it is.";
                            case Write.Delete delete -> "Target " + id + " was changed by others, and was not deleted.";
                        });
            case REFUSED ->
                throw Standing.unfinished("Target " + id + " refused it, and has got what another record wants since.");
        };
    }

    /** An object with the revision that it had before a later op of the page wrote it. */
    private static @Nullable Resource asLeft(@Nullable Resource now, @Nullable Intent follower) {
        Resource left = follower == null ? null : follower.before();
        return now == null || left == null ? now : new Resource(now.id(), left.revision(), now.content());
    }

    /** A later op of the page that was about to write the same object: that was decided once this one was done. */
    private @Nullable Intent follower(Intent intent) {
        boolean behind = false;
        for (Intent other : open.values()) {
            if (behind && intent.writtenId() != null && intent.writtenId().equals(other.writtenId())) {
                return other;
            }
            behind |= other.key().equals(intent.key());
        }
        return null;
    }

    private static boolean isIncomplete(Write write) {
        return switch (write) {
            case Write.Create create -> create.content().containsValue(IntentText.WITHHELD);
            case Write.Update update ->
                update.content().entrySet().stream()
                        .anyMatch(wanted -> IntentText.WITHHELD.equals(wanted.getValue())
                                && !IntentText.WITHHELD.equals(
                                        update.before().content().get(wanted.getKey())));
            case Write.Delete delete -> false;
        };
    }
}
