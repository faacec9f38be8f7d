package dev.concord.model;

import dev.concord.model.World.Link;
import dev.concord.model.World.SourceRecord;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The effects of one op's action on the state, in their order. Whoever calls it puts the state back when it throws. */
final class Performance {

    private final World world;
    private final State state;
    private final Known known;
    private final String newIdPrefix;
    private final boolean targetIsAsked;
    private final Set<Effect> effects = EnumSet.noneOf(Effect.class);
    private @Nullable String createdId;

    /**
     * @param newIdPrefix what the ids start with that the target system gives
     * @param targetIsAsked whether the target system sees the writes, so that it can refuse them; not in an analysis
     */
    Performance(World world, State state, Known known, String newIdPrefix, boolean targetIsAsked) {
        this.world = world;
        this.state = state;
        this.known = known;
        this.newIdPrefix = newIdPrefix;
        this.targetIsAsked = targetIsAsked;
    }

    Set<Effect> effects() {
        return effects;
    }

    @Nullable
    String createdId() {
        return createdId;
    }

    Ending perform(Action action) {
        return switch (action) {
            case CREATE -> create();
            case UPDATE -> update();
            case LINK -> linkOnly();
            case DELETE -> delete();
            case UNLINK -> unlink() ? Ending.UNLINKED : Ending.UNLINK_NOTHING_TO_DO;
            case EXCEPTION -> Ending.RAISED;
            case IGNORE -> Ending.IGNORED;
            case REPORT -> report();
            case NOREPORT -> Ending.NOT_REPORTED;
            case ASYNC -> Ending.LEFT_TO_OTHERS;
        };
    }

    private Ending create() {
        SourceRecord source = known.source();
        if (source == null) {
            throw new Failure(Ending.CREATE_WITHOUT_SOURCE);
        }
        if (state.hasTarget(known.targetId())) {
            throw new Failure(Ending.CREATE_ON_EXISTING_TARGET);
        }
        Map<String, String> wanted = projected(source, Map.of(), Hook.ON_CREATE);
        String chosen = wanted.remove("_id");
        String id = chosen != null ? chosen : newIdPrefix + known.sourceId() + "/" + known.qualifier();
        if (targetIsAsked && (state.hasTarget(id) || state.isTaken(world.unique(), wanted, null))) {
            throw new Failure(Ending.CREATE_VALUE_TAKEN);
        }
        state.putTarget(id, wanted);
        effects.add(Effect.CREATED);
        createdId = id;
        Link link = known.link();
        if (link != null) {
            state.removeLink(link);
            checkThatNobodyIsLinkedTo(id);
            state.addLink(new Link(link.type(), link.qualifier(), link.source(), id));
            effects.add(Effect.REPOINTED);
            follow(Hook.POST_MAPPING);
            return Ending.CREATED_AND_LINK_REPOINTED;
        }
        boolean linked = linkTo(id);
        follow(Hook.POST_MAPPING);
        return linked ? Ending.CREATED_AND_LINKED : Ending.CREATED_WITHOUT_LINKS;
    }

    /** The rows' result, and what the hooks before the write make of it. */
    private Map<String, String> projected(SourceRecord source, Map<String, String> current, Hook last) {
        Map<String, String> wanted = new HashMap<>(Rows.apply(world.rows(), source, current, known.qualifier()));
        if (world.hooks()) {
            WorldScripts.run(Hook.ON_MAPPING, source, wanted);
            WorldScripts.run(last, source, wanted);
        }
        return wanted;
    }

    /** A hook that belongs to a change that really happens. */
    private void follow(Hook hook) {
        if (world.hooks() && targetIsAsked) {
            WorldScripts.run(hook, known.source(), Map.of());
        }
    }

    private Ending update() {
        String id = known.targetId();
        SourceRecord source = known.source();
        if (id == null) {
            throw new Failure(Ending.UPDATE_WITHOUT_TARGET);
        }
        if (source == null) {
            throw new Failure(Ending.UPDATE_WITHOUT_SOURCE);
        }
        Map<String, String> current = state.target(id);
        if (current == null) {
            throw new Failure(Ending.UPDATE_OF_GONE_TARGET);
        }
        boolean linked = known.link() == null && linkTo(id);
        Map<String, String> wanted = updated(source, id, current);
        if (wanted.equals(current)) {
            effects.add(Effect.UNCHANGED);
            follow(Hook.POST_MAPPING);
            return linked ? Ending.LINKED_AND_UNCHANGED : Ending.UNCHANGED;
        }
        if (targetIsAsked && state.isTaken(world.unique(), wanted, id)) {
            throw new Failure(Ending.UPDATE_VALUE_TAKEN);
        }
        state.putTarget(id, wanted);
        effects.add(Effect.UPDATED);
        follow(Hook.POST_MAPPING);
        return linked ? Ending.LINKED_AND_UPDATED : Ending.UPDATED;
    }

    private Map<String, String> updated(SourceRecord source, String id, Map<String, String> current) {
        Map<String, String> withId = new HashMap<>(current);
        withId.put("_id", id);
        Map<String, String> wanted = projected(source, withId, Hook.ON_UPDATE);
        if (!id.equals(wanted.remove("_id"))) {
            throw new Failure(Ending.UPDATE_CHANGES_ID);
        }
        return wanted;
    }

    private Ending linkOnly() {
        String id = known.targetId();
        if (id == null) {
            throw new Failure(Ending.LINK_WITHOUT_TARGET);
        }
        if (known.source() == null) {
            throw new Failure(Ending.LINK_WITHOUT_SOURCE);
        }
        if (!state.hasTarget(id)) {
            throw new Failure(Ending.LINK_TO_GONE_TARGET);
        }
        boolean linked = known.link() == null && linkTo(id);
        follow(Hook.POST_MAPPING);
        return linked ? Ending.LINKED : Ending.LINK_NOTHING_TO_DO;
    }

    private boolean linkTo(String targetId) {
        if (!world.flags().enableLinking()) {
            return false;
        }
        if (createdId == null) {
            // Known from the start; of a target that was just created it shows when the link is made.
            checkThatNobodyIsLinkedTo(targetId);
        }
        follow(Hook.ON_LINK);
        checkThatNobodyIsLinkedTo(targetId);
        state.addLink(new Link(World.LINK_TYPE, known.qualifier(), known.sourceId(), targetId));
        effects.add(Effect.LINKED);
        return true;
    }

    private void checkThatNobodyIsLinkedTo(String targetId) {
        boolean written = createdId == null || targetIsAsked;
        if (written && state.linkOfTarget(known.qualifier(), targetId) != null) {
            throw new Failure(Ending.TARGET_LINKED_TO_ANOTHER_SOURCE);
        }
    }

    private Ending delete() {
        boolean deleted = state.hasTarget(known.targetId());
        if (deleted) {
            follow(Hook.ON_DELETE);
            state.removeTarget(known.targetId());
            effects.add(Effect.DELETED);
        }
        boolean unlinked = unlink();
        if (deleted) {
            return unlinked ? Ending.DELETED_AND_UNLINKED : Ending.DELETED_WITHOUT_LINK;
        }
        if (unlinked) {
            return Ending.DELETE_NO_TARGET_ONLY_UNLINKED;
        }
        return known.candidates().isEmpty() ? Ending.DELETE_NOTHING_TO_DO : Ending.DELETE_SEVERAL_TARGETS_NOTHING_DONE;
    }

    private boolean unlink() {
        if (known.link() == null) {
            return false;
        }
        follow(Hook.ON_UNLINK);
        state.removeLink(known.link());
        effects.add(Effect.UNLINKED);
        return true;
    }

    /** Looks at what the table's default action would do; the rows fail here as they would there. */
    private Ending report() {
        SourceRecord source = known.source();
        Map<String, String> current = known.targetId() == null ? null : state.target(known.targetId());
        Action wouldDo = known.situation().tableDefault();
        if (source != null && wouldDo == Action.CREATE) {
            projected(source, Map.of(), Hook.ON_CREATE);
        }
        if (source != null && current != null && wouldDo == Action.UPDATE) {
            updated(source, known.targetId(), current);
        }
        return Ending.REPORTED;
    }
}
