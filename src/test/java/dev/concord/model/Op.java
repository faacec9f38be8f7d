package dev.concord.model;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One record under one qualifier, and what became of it.
 *
 * @param sourceId null when there is none, or when it could not be read
 * @param targetId the target concerned, of a CREATE that was done the new one; null when there is none or several
 * @param qualifier null when the record failed before its qualifiers were known
 * @param row which row of the situation tables applied; null when the op failed before its situation was known
 * @param action null when the op failed before its action was known
 * @param candidates the ids of several correlated targets, sorted
 * @param again whether this is what its second try came to, behind the target phase
 */
public record Op(
        Phase phase,
        @Nullable String sourceId,
        @Nullable String targetId,
        @Nullable String qualifier,
        @Nullable TableRow row,
        @Nullable Action action,
        Ending ending,
        Set<Effect> effects,
        List<String> candidates,
        boolean again) {

    static Op unassessed(
            Phase phase,
            @Nullable String sourceId,
            @Nullable String targetId,
            @Nullable String qualifier,
            Ending ending) {
        return new Op(phase, sourceId, targetId, qualifier, null, null, ending, Set.of(), List.of(), false);
    }

    static Op of(Known known, @Nullable Action action, Ending ending, Set<Effect> effects) {
        return new Op(
                known.phase(),
                known.sourceId(),
                known.targetId(),
                known.qualifier(),
                known.row(),
                action,
                ending,
                effects,
                known.candidates(),
                false);
    }

    Op withTarget(String id) {
        return new Op(phase, sourceId, id, qualifier, row, action, ending, effects, candidates, again);
    }

    Op withEnding(Ending other) {
        return new Op(phase, sourceId, targetId, qualifier, row, action, other, effects, candidates, again);
    }

    Op asSecondTry() {
        return new Op(phase, sourceId, targetId, qualifier, row, action, ending, effects, candidates, true);
    }

    public @Nullable Situation situation() {
        return row == null ? null : row.situation();
    }

    /** As entries say it: SUCCESS, OBSOLETE or the kind of the failure. */
    public String outcome() {
        ErrorKind kind = errorKind();
        boolean obsolete = ending == Ending.DELETE_NO_LONGER_GIVEN || ending == Ending.UNLINK_NO_LONGER_GIVEN;
        return kind != null ? kind.name() : obsolete ? "OBSOLETE" : "SUCCESS";
    }

    public @Nullable ErrorKind errorKind() {
        return ending.kind();
    }

    public boolean failed() {
        return ending.kind() != null;
    }

    /** Whether a report line is written where every op's is kept; an analysis writes one for each op. */
    public boolean hasEntry() {
        return failed() || action == null || action.hasEntry();
    }
}
