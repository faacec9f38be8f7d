package dev.concord.model;

import dev.concord.model.World.Link;
import dev.concord.model.World.Match;
import dev.concord.model.World.Run;
import dev.concord.model.World.SourceRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a reconciliation does, record by record: the source phase, the target phase, the link phase and the deletes
 * step, each op seeing what the ones before it did. One thread, no pages, nothing asked in bulk.
 *
 * <p>What the rules leave open, and how it is decided here:
 *
 * <p><b>Visiting</b>
 *
 * <ol>
 *   <li>Source places that cannot be read, and those that hold an id for a second time, are visited whatever the query
 *       says. Each is one failed op, without qualifier. A further place with an id is a duplicate also when the first
 *       one cannot be read.
 *   <li>A source counts as empty when nothing at all is visited. An analysis is refused for it like a real run.
 *   <li>A single id is read whatever sourceQuery says, from the first place that holds it; its duplicates are not
 *       looked at. When that place cannot be read the op fails: it is not gone.
 *   <li>A gone id is assessed under every qualifier of the mapping (what returnAll gives) and those that only its links
 *       have.
 *   <li>An ad-hoc filter takes the place of the mapping's own query; a side without one keeps its own. With the target
 *       phase comes the link phase. That the target set was empty is known then, too.
 *   <li>The target phase takes every qualifier of the mapping and those that only the target's links have, so that
 *       links of a qualifier that was given up are found (UNQUALIFIED, SOURCE_MISSING or TARGET_IGNORED).
 *   <li>A qualifier that a target is not linked under, while it is linked or was accounted for by the source phase
 *       under another one, gives no op: neither UNASSIGNED nor TARGET_IGNORED. A target that is not used at all is
 *       judged under every qualifier.
 *   <li>A record whose qualifiers are an empty list is no op.
 *   <li>A link is in the link phase only if no earlier op of the run accounted for its target.
 * </ol>
 *
 * <p><b>Assessing</b>
 *
 * <ol>
 *   <li>A record whose qualifiers fail, or which cannot be read, accounts for its linked targets under every qualifier.
 *       It counts as unlinked, so that UNASSIGNED is withheld, when it lacks a link under one of the mapping's
 *       qualifiers.
 *   <li>A failing sourceCondition is a failing validity. Records with a situation withhold nothing, whatever fails
 *       later.
 *   <li>FOUND_ALREADY_LINKED accounts for the hit. SOURCE_IGNORED with a hit linked elsewhere has no target and
 *       accounts for nothing. Several hits of an unqualified record are all accounted for.
 *   <li>When correlation is skipped because the target set was empty, its script is not run.
 *   <li>An expression runs the rows of all its leaves, whatever the others give; a row whose condition does not hold
 *       gives no value. Candidates of a correlationScript that do not exist, or come twice, do not count.
 *   <li>In the target phase the qualifiers of the source are looked at before its validity. An op there has the linked
 *       source, if it exists, as its object in every situation, TARGET_IGNORED included.
 *   <li>Existence is by the id as it is spelled in the link; only links, accounting and uniqueness of links go by the
 *       key.
 *   <li>Without linking, links do not exist: FOUND instead of FOUND_ALREADY_LINKED, and every unaccounted target is
 *       unlinked.
 * </ol>
 *
 * <p><b>Acting</b>
 *
 * <ol>
 *   <li>CREATE works wherever there is a source and the single target, if any, does not exist: also in AMBIGUOUS,
 *       SOURCE_IGNORED and UNQUALIFIED with several hits. The re-pointed link keeps its source id as it was spelled.
 *       The op's target is the new one.
 *   <li>UPDATE and LINK need a source, and a target that exists. LINK of what is linked already succeeds and does
 *       nothing. UPDATE and LINK of a hit that is linked to another source fail.
 *   <li>DELETE in FOUND_ALREADY_LINKED deletes the hit and leaves the other source's link. Links of other qualifiers
 *       stay.
 *   <li>Kinds: what a script throws or wrongly returns SCRIPT, also in transforms, conditions and post-actions; a value
 *       or id another target has TARGET; impossible actions, changed ids, unreadable places and duplicates DATA.
 *   <li>REPORT fails when the rows it looks at fail, or would change the id. The table's default action is meant,
 *       whatever the spelling of the file; it looks at ABSENT, CONFIRMED and FOUND.
 *   <li>What a hook before the write does to the target is written; the other hooks belong to changes that really
 *       happen, so not to an analysis or a REPORT. Hooks of links run with links only, onDelete with a target only.
 *   <li>When the op failed there is no post-action, nor when a planned op is not done any more.
 *   <li>An analysis sees no effects of its own ops, whatever the page; it finds neither unique values taken nor the new
 *       target's id linked; planned ops count as done in their phase; withheld ones are withheld.
 * </ol>
 *
 * <p><b>The deletes step</b>
 *
 * <ol>
 *   <li>Planned ops in the order they were planned, then the second tries in the order they failed.
 *   <li>A planned op is done if situation, single target and action are the same as before; otherwise it succeeds and
 *       does nothing. If assessing fails now, it fails. What is reported is the first situation. Withholding is decided
 *       in the phase.
 *   <li>A target that is gone by then keeps the verdict validTarget gave, so that of several qualifiers each loses its
 *       link.
 *   <li>Every CREATE and UPDATE that failed on a value or id another target has is tried once more, whoever had it.
 *       When situation, single target or action are others by then, that is done and reported in its place, unless it
 *       would delete or unlink: nobody has judged that. If it cannot be assessed, or the same fails again, the first
 *       failure stands.
 * </ol>
 */
public final class Reference {

    private final World world;
    private final Run run;
    private final int number;
    private final @Nullable Order order;

    private State state;
    private boolean correlationSkipped;

    private final List<Op> ops = new ArrayList<>();
    private final List<Planned> planned = new ArrayList<>();
    private final List<Planned> refusedValues = new ArrayList<>();

    /** What ops of the source phase accounted for, targets created in this run included. */
    private final Set<Accounted> accounted = new HashSet<>();

    /** Visited source records without readable id. */
    private int nameless;

    /** Visited source records with an unlinked op whose validity, qualifiers or correlation failed. */
    private int unassessed;

    private record Accounted(String targetKey, String qualifier) {}

    /** Puts records into another order than the store's. */
    private interface Order {
        void arrange(List<?> things);
    }

    /** An op to come back to, by its place in the list. */
    private record Planned(int index, Known known, Action action) {}

    private Reference(World world, Run run, int number, @Nullable Order order) {
        this.world = world;
        this.run = run;
        this.number = number;
        this.order = order;
        this.state = new State(world.flags(), world.targets(), world.links());
    }

    /** All runs of the world, one after the other, each on what the one before left. */
    public static List<Outcome> play(World world) {
        return play(world, null);
    }

    /**
     * Whether the order in which records are taken makes no difference, found out by trying some. Only then do several
     * threads have to give the very same result; otherwise which of two claimants won is open.
     */
    public static boolean isOrderFree(World world) {
        List<Object> straight = unordered(play(world, null));
        // Backwards, so that of any two records each came first once.
        if (!unordered(play(world, Collections::reverse)).equals(straight)) {
            return false;
        }
        for (int i = 0; i < 8; i++) {
            Random random = new Random(world.seed() + i);
            if (!unordered(play(world, things -> Collections.shuffle(things, random)))
                    .equals(straight)) {
                return false;
            }
        }
        return true;
    }

    private static List<Outcome> play(World start, @Nullable Order order) {
        List<Outcome> outcomes = new ArrayList<>();
        World world = start;
        for (Run run : start.runs()) {
            Outcome outcome = new Reference(world, run, outcomes.size() + 1, order).outcome();
            outcomes.add(outcome);
            world = world.with(outcome.targets(), outcome.links());
        }
        return outcomes;
    }

    private static List<Object> unordered(List<Outcome> outcomes) {
        List<Object> all = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            all.add(outcome.refused());
            all.add(new TreeSet<>(outcome.ops().stream().map(Op::toString).toList()));
            all.add(outcome.targets());
            all.add(new HashSet<>(outcome.links()));
        }
        return all;
    }

    private Outcome outcome() {
        boolean refused = false;
        switch (run.kind()) {
            case Run.Kind.Full _ -> {
                List<SourceRecord> visited = visited(world.flags().sourceQuery());
                if (visited.isEmpty() && !world.flags().allowEmptySourceSet()) {
                    refused = true;
                } else {
                    phases(visited, world.flags().targetQuery(), world.flags().runTargetPhase());
                }
            }
            case Run.Kind.Where(Match source, Match target, boolean runTargetPhase) ->
                phases(visited(source), target == null ? world.flags().targetQuery() : target, runTargetPhase);
            case Run.Kind.Single(String id) -> {
                SourceRecord source = world.source(id);
                if (source == null) {
                    gone(id);
                } else {
                    source(source);
                }
                deletes();
            }
        }
        return new Outcome(run, refused, List.copyOf(ops), state.targets(), state.links());
    }

    private void phases(List<SourceRecord> visited, @Nullable Match targetQuery, boolean runTargetPhase) {
        correlationSkipped =
                runTargetPhase && state.targets().isEmpty() && !world.flags().correlateEmptyTargetSet();
        visited.forEach(this::source);
        if (runTargetPhase) {
            Set<Accounted> handled = new HashSet<>(accounted);
            targets(targetQuery).forEach(id -> target(id, handled));
            links(handled);
        }
        deletes();
    }

    // Source phase

    /** Places that cannot be read or hold an id for a second time are visited whatever the query says. */
    private List<SourceRecord> visited(@Nullable Match query) {
        return inOrder(world.sources().stream()
                .filter(r -> !r.readable()
                        || isDuplicate(r)
                        || query == null
                        || WorldScripts.matches(query, r.get(query.attribute())))
                .toList());
    }

    // Two places may hold the very same record.
    @SuppressWarnings("ReferenceEquality")
    private boolean isDuplicate(SourceRecord source) {
        return source.id() != null && world.source(source.id()) != source;
    }

    private void source(SourceRecord source) {
        String id = source.id();
        if (id == null) {
            nameless++;
            ops.add(Op.unassessed(Phase.SOURCE, null, null, null, Ending.UNREADABLE_WITHOUT_ID));
            return;
        }
        if (isDuplicate(source)) {
            ops.add(Op.unassessed(Phase.SOURCE, id, null, null, Ending.DUPLICATE));
            return;
        }
        List<String> labels;
        try {
            if (!source.readable()) {
                throw new Failure(Ending.UNREADABLE_WITH_ID);
            }
            labels = WorldScripts.labels(world.labels(), source);
        } catch (Failure failure) {
            state.linksOfSource(id).forEach(link -> account(link.target(), link.qualifier()));
            if (world.labels().all().stream().anyMatch(label -> state.linkOfSource(label, id) == null)) {
                unassessed++;
            }
            ops.add(Op.unassessed(Phase.SOURCE, id, null, null, failure.ending()));
            return;
        }
        boolean assessed = true;
        for (String label : labels) {
            assessed &= source(source, label);
        }
        if (!assessed) {
            unassessed++;
        }
    }

    /** False when it could not be told whether the record, unlinked, belongs to some target. */
    private boolean source(SourceRecord source, String label) {
        Link link = state.linkOfSource(label, source.id());
        Known known;
        try {
            known = assessment().source(source, label);
        } catch (Failure failure) {
            if (link != null) {
                account(link.target(), label);
            }
            ops.add(Op.unassessed(
                    Phase.SOURCE, source.id(), link == null ? null : link.target(), label, failure.ending()));
            return link != null;
        }
        account(known);
        decideAndAct(known);
        return true;
    }

    private void gone(String id) {
        for (String label :
                State.withThoseOf(state.linksOfSource(id), world.labels().all())) {
            Link link = state.linkOfSource(label, id);
            try {
                decideAndAct(assessment().gone(id, label));
            } catch (Failure failure) {
                ops.add(Op.unassessed(Phase.SOURCE, id, link == null ? null : link.target(), label, failure.ending()));
            }
        }
    }

    private void account(Known known) {
        if (known.targetId() != null) {
            account(known.targetId(), known.qualifier());
        }
        known.candidates().forEach(id -> account(id, known.qualifier()));
    }

    private void account(String targetId, String qualifier) {
        accounted.add(new Accounted(state.targetKey(targetId), qualifier));
    }

    // Target phase

    private List<String> targets(@Nullable Match query) {
        return inOrder(state.targets().entrySet().stream()
                .filter(t -> query == null
                        || WorldScripts.matches(query, t.getValue().get(query.attribute())))
                .map(Map.Entry::getKey)
                .toList());
    }

    private void target(String id, Set<Accounted> handled) {
        for (String label :
                State.withThoseOf(state.linksOfTarget(id), world.labels().all())) {
            Accounted pair = new Accounted(state.targetKey(id), label);
            if (handled.contains(pair) || isUnusedUnder(id, label)) {
                continue;
            }
            handled.add(pair);
            Link link = state.linkOfTarget(label, id);
            Known known;
            try {
                known = assessment().target(id, label, true);
            } catch (Failure failure) {
                ops.add(Op.unassessed(Phase.TARGET, link == null ? null : link.source(), id, label, failure.ending()));
                continue;
            }
            decideAndAct(known);
        }
    }

    /** Whether the target is used, but not under this qualifier. */
    private boolean isUnusedUnder(String id, String label) {
        String key = state.targetKey(id);
        return state.linkOfTarget(label, id) == null
                && (!state.linksOfTarget(id).isEmpty()
                        || accounted.stream().anyMatch(a -> a.targetKey().equals(key)));
    }

    // Link phase

    private void links(Set<Accounted> handled) {
        for (Link link : state.ours()) {
            if (world.source(link.source()) == null
                    && !state.hasTarget(link.target())
                    && !handled.contains(new Accounted(state.targetKey(link.target()), link.qualifier()))) {
                decideAndAct(assessment().link(link));
            }
        }
    }

    // Deletes step

    private void deletes() {
        for (Planned op : planned) {
            ops.set(op.index(), settle(op));
        }
        for (Planned op : refusedValues) {
            Op second = secondTry(op);
            if (second != null) {
                ops.set(op.index(), second.asSecondTry());
            }
        }
    }

    /** Does a planned op if it is still what situation and rule give, and nothing otherwise. */
    private Op settle(Planned op) {
        Known now;
        Decision decision;
        try {
            now = again(op.known());
            decision = Decision.of(world, now);
        } catch (Failure failure) {
            return Op.of(op.known(), op.action(), failure.ending(), Set.of());
        }
        if (!isSame(op, now, decision)) {
            Ending ending =
                    op.action() == Action.DELETE ? Ending.DELETE_NO_LONGER_GIVEN : Ending.UNLINK_NO_LONGER_GIVEN;
            return Op.of(op.known(), op.action(), ending, Set.of());
        }
        return act(now, decision, op.known());
    }

    /** Tries again what a unique value prevented; null when the first failure stands. */
    private @Nullable Op secondTry(Planned op) {
        Known now;
        Decision decision;
        try {
            now = again(op.known());
            decision = Decision.of(world, now);
        } catch (Failure failure) {
            return null;
        }
        if (!isSame(op, now, decision)) {
            return decision.action().isPlanned() ? null : act(now, decision, now);
        }
        Op second = act(now, decision, op.known());
        if (second.failed() && second.ending() != Ending.POST_ACTION_THREW) {
            return null;
        }
        if (second.failed()) {
            return second;
        }
        return second.withEnding(
                op.action() == Action.CREATE ? Ending.CREATED_AT_THE_SECOND_TRY : Ending.UPDATED_AT_THE_SECOND_TRY);
    }

    private static boolean isSame(Planned op, Known now, Decision decision) {
        return now.situation() == op.known().situation()
                && Objects.equals(now.targetId(), op.known().targetId())
                && decision.action() == op.action();
    }

    private Known again(Known known) {
        return switch (known.phase()) {
            case SOURCE ->
                known.source() == null
                        ? assessment().gone(known.sourceId(), known.qualifier())
                        : assessment().source(known.source(), known.qualifier());
            case TARGET ->
                assessment().target(known.targetId(), known.qualifier(), known.row() != TableRow.TARGET_NOT_VALID);
            case LINK -> assessment().link(known.link());
        };
    }

    // One op

    private Assessment assessment() {
        return new Assessment(world, state, correlationSkipped);
    }

    private void decideAndAct(Known known) {
        Decision decision;
        try {
            decision = Decision.of(world, known);
        } catch (Failure failure) {
            ops.add(Op.of(known, null, failure.ending(), Set.of()));
            return;
        }
        Action action = decision.action();
        Ending withheld = withheld(known.situation());
        if (action.isPlanned() && withheld != null) {
            ops.add(Op.of(known, action, withheld, Set.of()));
            return;
        }
        Planned op = new Planned(ops.size(), known, action);
        if (action.isPlanned() && !run.analyze()) {
            planned.add(op);
            // Its place in the list; the deletes step puts the real one there.
            ops.add(Op.of(known, action, Ending.LEFT_TO_OTHERS, Set.of()));
            return;
        }
        Op done = act(known, decision, known);
        if (done.ending().isValueTaken()) {
            refusedValues.add(op);
        }
        ops.add(done);
    }

    private @Nullable Ending withheld(Situation situation) {
        return switch (situation) {
            case SOURCE_MISSING -> nameless > 0 ? Ending.WITHHELD_SOURCE_MISSING : null;
            case UNASSIGNED -> nameless + unassessed > 0 ? Ending.WITHHELD_UNASSIGNED : null;
            case CONFIRMED,
                    FOUND,
                    FOUND_ALREADY_LINKED,
                    ABSENT,
                    AMBIGUOUS,
                    MISSING,
                    UNQUALIFIED,
                    SOURCE_IGNORED,
                    TARGET_IGNORED,
                    LINK_ONLY,
                    ALL_GONE -> null;
        };
    }

    /**
     * Does an action wholly or not at all, and its post-action.
     *
     * @param reported what the report says about the record: what was known when the op was first assessed
     */
    private Op act(Known known, Decision decision, Known reported) {
        Action action = decision.action();
        State before = state.copy();
        Performance performance = new Performance(world, state, known, "new" + number + ":", !run.analyze());
        Ending ending;
        try {
            ending = performance.perform(action);
        } catch (Failure failure) {
            state = before;
            return Op.of(reported, action, failure.ending(), Set.of());
        }
        if (run.analyze()) {
            state = before;
        }
        if (ending.kind() == null
                && decision.postAction()
                && action.hasPostAction()
                && !run.analyze()
                && WorldScripts.postActionThrows(known.source())) {
            ending = Ending.POST_ACTION_THREW;
        }
        Op op = Op.of(reported, action, ending, Set.copyOf(performance.effects()));
        String created = performance.createdId();
        if (created == null || run.analyze()) {
            return op;
        }
        account(created, known.qualifier());
        return op.withTarget(created);
    }

    private <T> List<T> inOrder(List<T> things) {
        if (order == null) {
            return things;
        }
        List<T> mixed = new ArrayList<>(things);
        order.arrange(mixed);
        return mixed;
    }
}
