package dev.concord.recon;

import dev.concord.ledger.Entry;
import dev.concord.ledger.Phase;
import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import dev.concord.record.AttributeChange;
import dev.concord.record.Difference;
import dev.concord.record.Resource;
import dev.concord.situation.Assessment;
import dev.concord.situation.Step;
import dev.concord.system.ObjectSet;
import dev.concord.system.Write;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about one op before its target, which is elsewhere, was written: all that is needed to come to the
 * same end without deciding again.
 *
 * @param targetId the target that the situation is about, or null
 * @param rule the place of the rule that applied among those of the mapping, or -1
 * @param message what the report had to say so far
 * @param before the target as it was; null for a new one
 * @param differences what the write changes, as it may be shown; empty when it can be seen from the write
 * @param digests what the link has to remember
 * @param display what the report shows of the record
 * @param there the ids of objects that were there before the write and look as if it had made them
 * @param withheld sensitive attributes whose values, clear as they would be, are not kept
 * @param planned as what the op was planned; null outside of the deletes step
 */
record Intent(
        Key key,
        @Nullable String sourceId,
        @Nullable String visitedTargetId,
        Situation situation,
        @Nullable String targetId,
        List<String> candidateIds,
        Action action,
        int rule,
        List<Step> steps,
        @Nullable String message,
        Write write,
        @Nullable Resource before,
        List<AttributeChange> differences,
        Map<String, String> digests,
        Map<String, Map<String, @Nullable Object>> display,
        Set<String> there,
        Set<String> withheld,
        @Nullable Planned planned) {

    /** As what an op was counted when it was planned. */
    record Planned(Situation situation, Action action) {

        static @Nullable Planned of(@Nullable Entry entry) {
            return entry == null || entry.situation() == null || entry.action() == null
                    ? null
                    : new Planned(entry.situation(), entry.action());
        }
    }

    /** What tells the ops of a page apart: the id by which a record is come across, and the link qualifier. */
    record Key(Phase phase, String qualifier, @Nullable String id) {

        static Key of(Op op) {
            return new Key(op.phase, op.qualifier, op.phase == Phase.TARGET ? op.visitedTargetId : op.sourceId);
        }
    }

    /** The same, knowing which objects were there before. */
    Intent with(Set<String> ids) {
        return new Intent(
                key,
                sourceId,
                visitedTargetId,
                situation,
                targetId,
                candidateIds,
                action,
                rule,
                steps,
                message,
                write,
                before,
                differences,
                digests,
                display,
                ids,
                withheld,
                planned);
    }

    /** Whether this is what was planned, and not what it turned out to be when it was to be done. */
    boolean isOf(Entry entry) {
        return situation == entry.situation() && action == entry.action() && Objects.equals(targetId, entry.targetId());
    }

    Assessment assessment() {
        return new Assessment(
                situation, "It was decided before the run was interrupted.", targetId, candidateIds, null);
    }

    /** What the write changes. */
    List<AttributeChange> changes(ObjectSet target) {
        return differences.isEmpty()
                ? switch (write) {
                    case Write.Create create -> changes(Map.of(), create.content(), target);
                    case Write.Update update ->
                        changes(update.before().content(), target.asStored(update.content()), target);
                    case Write.Delete delete ->
                        before == null ? List.of() : changes(before.content(), Map.of(), target);
                }
                : differences;
    }

    private static List<AttributeChange> changes(
            Map<String, @Nullable Object> before, Map<String, @Nullable Object> after, ObjectSet target) {
        return Difference.between(before, after, target.schema()::isUnordered).changes();
    }

    /** The id of the object that is written; null when the store gives it. */
    @Nullable
    String writtenId() {
        return idOf(write);
    }

    static @Nullable String idOf(Write write) {
        return switch (write) {
            case Write.Create create -> create.id();
            case Write.Update update -> update.before().id();
            case Write.Delete delete -> delete.id();
        };
    }
}
