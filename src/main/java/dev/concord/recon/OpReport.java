package dev.concord.recon;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Entry;
import dev.concord.ledger.EntryView;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Phase;
import dev.concord.ledger.RunKind;
import dev.concord.ledger.Segment;
import dev.concord.mapping.Action;
import dev.concord.mapping.Hook;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Situation;
import dev.concord.record.Pointer;
import dev.concord.record.Resource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Turns the ops of a page into the segment that remembers them. Safe for use by several threads. */
final class OpReport {

    /** Calls of scripts that a message lists at the most. */
    private static final int CALLS = 20;

    private final RunContext context;
    private final Sight sight;

    OpReport(RunContext context) {
        this.context = context;
        this.sight = context.sight();
    }

    /** @param handled the hashes of what each op accounted for */
    Segment segment(Page page, List<Op> ops, List<long[]> handled, long nanoseconds) {
        Counts counts = new Counts();
        List<Entry> entries = new ArrayList<>();
        Map<Situation, List<String>> firstIds = new EnumMap<>(Situation.class);
        counts.add(Measure.RECORDS, page.records());
        counts.add(Measure.PAGES, 1);
        counts.add(Measure.NANOSECONDS, nanoseconds);
        TaskClock.read().forEach(counts::add);
        for (Op op : ops) {
            page.count(op, counts);
            op.effects.forEach(effect -> counts.add(effect, 1));
            if (op.effects.contains(Measure.LINKS_CREATED) && !op.effects.contains(Measure.CREATED)) {
                counts.add(Measure.LINKS_TO_EXISTING, 1);
            }
            counts.add(Measure.UNSEEN, op.targetsUnseen);
            counts.add(Measure.LINKS_ACCOUNTED, op.linksAccounted);
            counts.add(Measure.PRESUMED, op.presumed ? 1 : 0);
            if (op.planned == null) {
                counts.add(Measure.OPS, 1);
                countWhatIsUnknown(op, counts);
                noteId(op, firstIds);
            }
            if (isKept(op)) {
                entries.add(entry(op));
            }
        }
        long[] hashes = handled.stream().flatMapToLong(LongStream::of).toArray();
        return new Segment(page.lastKey(), counts, hashes, entries, firstIds);
    }

    /** The result script is told the first ids of each situation, also of ops that no entry is kept of. */
    private void noteId(Op op, Map<Situation, List<String>> firstIds) {
        if (op.assessment == null || !RunHooks.has(Hook.RESULT, context.run(), context.mapping())) {
            return;
        }
        Situation situation = op.assessment.situation();
        String id = op.phase == Phase.SOURCE ? op.sourceId : op.targetId;
        if (id != null && context.memory().wantsIds(op.phase, situation)) {
            List<String> ids = firstIds.computeIfAbsent(situation, s -> new ArrayList<>());
            if (ids.size() < RunHooks.IDS) {
                ids.add(id);
            }
        }
    }

    private static void countWhatIsUnknown(Op op, Counts counts) {
        switch (op.unknown) {
            case NOTHING -> {}
            case IDENTITY -> counts.add(Measure.UNIDENTIFIED, 1);
            case ASSESSMENT_OF_UNLINKED -> counts.add(Measure.UNASSESSED, 1);
        }
    }

    private boolean isKept(Op op) {
        if (op.outcome != Outcome.SUCCESS
                || op.planned != null
                || context.looking()
                || op.undone != null
                || context.run().kind() == RunKind.ACTION) {
            return true;
        }
        if (op.action == Action.ASYNC || op.action == Action.NOREPORT) {
            return false;
        }
        boolean changed = op.effects.stream().anyMatch(effect -> effect != Measure.UNCHANGED);
        return changed || op.action == Action.REPORT || context.keepsAllEntries();
    }

    private static @Nullable String message(Op op) {
        if (op.leftOut.isEmpty()) {
            return op.message;
        }
        String calls = op.leftOut.stream().distinct().limit(CALLS).collect(Collectors.joining(", "));
        return (op.message == null ? "" : op.message + " ") + "Left out, because nothing may change here: " + calls
                + (op.leftOut.size() > CALLS ? " and others." : ".");
    }

    /** What is told of one op. */
    Entry entry(Op op) {
        List<String> unseen = sight.unseen(op);
        Entry planned = op.planned;
        if (planned != null && !op.became) {
            // The op is counted as it was planned, so that is how it is found.
            return new Entry(
                    planned.situation(),
                    planned.action(),
                    op.outcome,
                    planned.sourceId(),
                    op.effects.contains(Measure.CREATED) ? op.targetId : planned.targetId(),
                    planned.qualifier(),
                    planned.candidateIds(),
                    Redaction.of(message(op), unseen),
                    Redaction.of(op.detail, unseen),
                    display(op, unseen),
                    sight.differences(op.differences, unseen),
                    Traces.of(op));
        }
        return new Entry(
                op.assessment == null ? null : op.assessment.situation(),
                op.action,
                op.outcome,
                // A refused op is found by the source that the plan names.
                op.sourceId == null && op.promised != null ? op.promised.sourceId() : op.sourceId,
                op.targetId,
                op.qualifier,
                op.assessment == null ? List.of() : op.assessment.candidateIds(),
                Redaction.of(message(op), unseen),
                Redaction.of(op.detail, unseen),
                display(op, unseen),
                sight.differences(op.differences, unseen),
                Traces.of(op));
    }

    Map<String, Map<String, @Nullable Object>> display(Op op) {
        return display(op, sight.unseen(op));
    }

    private Map<String, Map<String, @Nullable Object>> display(Op op, List<String> unseen) {
        if (op.intent != null) {
            return op.intent.display();
        }
        if (op.undone != null) {
            return op.undone.display();
        }
        Map<String, Map<String, @Nullable Object>> display = new LinkedHashMap<>();
        put(
                display,
                "source",
                op.source,
                pointers(Mapping.Display::source),
                (name, value) -> sight.ofSource(name, value, unseen));
        putTarget(display, op.targetBefore, unseen);
        return display;
    }

    /** The values of the mapping's display attributes in a target. */
    Map<String, @Nullable Object> display(Resource target) {
        Map<String, Map<String, @Nullable Object>> display = new LinkedHashMap<>();
        putTarget(display, target, Redaction.secrets(target.content(), sight.target()));
        return display.getOrDefault("target", Map.of());
    }

    private void putTarget(
            Map<String, Map<String, @Nullable Object>> display, @Nullable Resource target, List<String> unseen) {
        put(
                display,
                "target",
                target,
                pointers(Mapping.Display::target),
                (name, value) -> sight.ofTarget(name, value, unseen));
    }

    private List<Pointer> pointers(Function<Mapping.Display, @Nullable Pointer> side) {
        return context.mapping().displayAttributes().stream()
                .map(side)
                .filter(Objects::nonNull)
                .map(Pointer.class::cast)
                .toList();
    }

    private static void put(
            Map<String, Map<String, @Nullable Object>> display,
            String side,
            @Nullable Resource resource,
            List<Pointer> attributes,
            BiFunction<String, @Nullable Object, @Nullable Object> shown) {
        if (resource == null || attributes.isEmpty()) {
            return;
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Pointer attribute : attributes) {
            Object value = attribute.get(resource.view());
            if (value != null) {
                values.put(
                        attribute.toString().substring(attribute.isWhole() ? 0 : 1),
                        attribute.isWhole() && isHidden(resource, shown)
                                ? Sight.kept(value, true)
                                : shown.apply(attribute.isWhole() ? "" : attribute.attribute(), value));
            }
        }
        display.put(side, values);
    }

    private static boolean isHidden(Resource resource, BiFunction<String, @Nullable Object, @Nullable Object> shown) {
        return resource.content().entrySet().stream()
                .anyMatch(member -> EntryView.isWithheld(shown.apply(member.getKey(), member.getValue())));
    }
}
