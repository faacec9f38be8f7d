package dev.concord.ledger;

import dev.concord.ledger.Counts.OpKind;
import dev.concord.ledger.EntryGroups.Group;
import dev.concord.ledger.EntryGroups.Kind;
import dev.concord.ledger.EntryStates.State;
import dev.concord.ledger.RecordComparison.Change;
import dev.concord.mapping.ClosureChanges;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two ended runs of a mapping: what they counted, how long they took, what they were told to do,
 * which failures are new, and which records they decided differently. Records are compared as far as entries were kept.
 * Uses temporary files until it is closed. Belongs to one thread.
 */
public final class RunComparison implements AutoCloseable {

    private final RunView before;
    private final RunView after;
    private final List<String> definitionChanges;
    private final @Nullable RecordComparison records;

    private RunComparison(
            RunView before, RunView after, List<String> definitionChanges, @Nullable RecordComparison records) {
        this.before = before;
        this.after = after;
        this.definitionChanges = definitionChanges;
        this.records = records;
    }

    /**
     * Compares two runs, which takes reading all of their entries.
     *
     * @throws IllegalArgumentException when they are no two ended runs of one mapping
     */
    public static RunComparison of(LedgerReader ledger, Runs runs, Run before, Run after) {
        for (Run run : List.of(before, after)) {
            if (run.state() == RunState.ACTIVE) {
                throw new IllegalArgumentException("Run " + run.id() + " has not ended; compare it when it has.");
            }
        }
        if (!before.mapping().equals(after.mapping())) {
            throw new IllegalArgumentException("Run " + before.id() + " is of the mapping " + before.mapping()
                    + ", run " + after.id() + " of " + after.mapping() + "; only runs of one mapping can be compared.");
        }
        List<String> changes = before.closureHash().equals(after.closureHash())
                ? List.of()
                : ClosureChanges.between(runs.closure(before.id()), runs.closure(after.id()));
        RecordComparison records = null;
        if (before.entriesDropped() == null && after.entriesDropped() == null) {
            records = new RecordComparison(ledger, before, after);
            try {
                records.read();
            } catch (RuntimeException | Error e) {
                records.close();
                throw e;
            }
        }
        return new RunComparison(ledger.view(before), ledger.view(after), changes, records);
    }

    public RunView before() {
        return before;
    }

    public RunView after() {
        return after;
    }

    /** One line a difference, without values; empty when both runs had the same definition. */
    public List<String> definitionChanges() {
        return definitionChanges;
    }

    /** Ops by kind in both runs: the one before, the one after. */
    public Map<OpKind, long[]> ops() {
        Map<OpKind, long[]> ops = new TreeMap<>(OpKind.ORDER);
        before.counts().ops().forEach((kind, number) -> ops.computeIfAbsent(kind, one -> new long[2])[0] = number);
        after.counts().ops().forEach((kind, number) -> ops.computeIfAbsent(kind, one -> new long[2])[1] = number);
        return ops;
    }

    /** Nanoseconds by task in both runs, of all threads together. */
    public Map<Task, long[]> times() {
        Map<Task, long[]> times = new EnumMap<>(Task.class);
        before.counts().times().forEach((task, time) -> times.computeIfAbsent(task, one -> new long[2])[0] = time);
        after.counts().times().forEach((task, time) -> times.computeIfAbsent(task, one -> new long[2])[1] = time);
        return times;
    }

    /** Whether records could be compared; not when the entries of one of the runs are gone. */
    public boolean knowsRecords() {
        return records != null;
    }

    /** How many records fail in the later run only, as far as is known. */
    public long failsNow() {
        return number(Change.FAILS_NOW);
    }

    public long failedBefore() {
        return number(Change.FAILED_BEFORE);
    }

    /** How many records are in both reports with another situation or action. */
    public long differs() {
        return number(Change.DIFFERS);
    }

    public long same() {
        return number(Change.SAME);
    }

    /** How many records that did not fail are in the report of one run only. */
    public long onlyBefore() {
        return number(Change.ONLY_BEFORE);
    }

    public long onlyAfter() {
        return number(Change.ONLY_AFTER);
    }

    private long number(Change change) {
        return records == null ? 0 : records.number(change);
    }

    /** What cannot be told of records, in words; empty when both runs kept an entry of everything. */
    public List<String> unknown() {
        List<String> unknown = new ArrayList<>();
        for (RunView view : List.of(before, after)) {
            Instant gone = view.run().entriesDropped();
            if (gone != null) {
                unknown.add("The entries of run " + view.run().id() + " are gone since " + gone
                        + ": which records differ is not known.");
            }
        }
        if (records != null) {
            addIncomplete(unknown, before, records::entriesBefore);
            addIncomplete(unknown, after, records::entriesAfter);
        }
        return unknown;
    }

    private static void addIncomplete(List<String> unknown, RunView view, LongSupplier entries) {
        long ops = view.counts().get(Measure.OPS);
        if (entries.getAsLong() < ops) {
            unknown.add("Run " + view.run().id() + " kept entries of what changed or failed, " + entries.getAsLong()
                    + " of " + ops + ": a record that is not among them was in order, or not visited."
                    + " persistAssociations keeps them all.");
        }
    }

    /** Failures that are alike, and how many there were in each run; the largest changes first. */
    public List<GroupChange> groups() {
        if (records == null) {
            return List.of();
        }
        Map<Kind, Group> old = new LinkedHashMap<>();
        records.groupsBefore().largest().forEach(group -> old.put(group.kind(), group));
        List<GroupChange> changes = new ArrayList<>();
        for (Group group : records.groupsAfter().largest()) {
            Group was = old.remove(group.kind());
            changes.add(new GroupChange(group, was == null ? 0 : was.count(), group.count()));
        }
        old.values().forEach(group -> changes.add(new GroupChange(group, group.count(), 0)));
        changes.sort((a, b) -> Long.compare(Math.abs(b.after - b.before), Math.abs(a.after - a.before)));
        return changes;
    }

    /** @param group as it is in the later run, or was in the earlier one when there is none any more */
    public record GroupChange(Group group, long before, long after) {

        public Map<String, @Nullable Object> json(boolean details) {
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("before", before);
            json.put("after", after);
            json.putAll(group.json(details));
            json.remove("count");
            return json;
        }
    }

    /** Is given records one by one, and says whether to go on. */
    public interface Taker<E extends Exception> {
        boolean take(RecordDifference difference) throws E;
    }

    /** Tells of each record that differs: first those in the order of the later run, then those of the earlier one. */
    public <E extends Exception> void each(Taker<E> taker) throws E {
        if (records != null) {
            records.each(taker);
        }
    }

    /**
     * All but the single records.
     *
     * @param details whether to tell what scripts and systems said, which may hold personal values
     */
    public Map<String, @Nullable Object> json(boolean details) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("mapping", after.run().mapping());
        json.put("before", head(before));
        json.put("after", head(after));
        json.put("definitionChanges", definitionChanges);
        List<Map<String, @Nullable Object>> ops = new ArrayList<>();
        ops().forEach((kind, numbers) -> {
            Map<String, @Nullable Object> one =
                    new LinkedHashMap<>(new State(kind.situation(), kind.action(), kind.outcome()).json());
            one.put("before", numbers[0]);
            one.put("after", numbers[1]);
            ops.add(one);
        });
        json.put("ops", ops);
        Map<String, @Nullable Object> times = new LinkedHashMap<>();
        times().forEach((task, nanoseconds) -> times.put(
                task.key(), Map.of("before", nanoseconds[0] / 1_000_000, "after", nanoseconds[1] / 1_000_000)));
        json.put("milliseconds", times);
        json.put("failures", groups().stream().map(group -> group.json(details)).toList());
        Map<String, @Nullable Object> numbers = new LinkedHashMap<>();
        numbers.put("known", knowsRecords());
        numbers.put("failsNow", failsNow());
        numbers.put("failedBefore", failedBefore());
        numbers.put("differs", differs());
        numbers.put("same", same());
        numbers.put("onlyBefore", onlyBefore());
        numbers.put("onlyAfter", onlyAfter());
        numbers.put("unknown", unknown());
        json.put("records", numbers);
        return json;
    }

    private static Map<String, @Nullable Object> head(RunView view) {
        Map<String, @Nullable Object> whole = view.json(
                view.run().ended() == null ? view.run().started() : view.run().ended());
        Map<String, @Nullable Object> head = new LinkedHashMap<>();
        for (String name : List.of("_id", "kind", "analysis", "state", "started", "ended", "duration", "effects")) {
            head.put(name, whole.get(name));
        }
        return head;
    }

    @Override
    public void close() {
        if (records != null) {
            records.close();
        }
    }
}
