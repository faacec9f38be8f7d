package dev.concord.explanation;

import dev.concord.ledger.Entry;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Status;
import dev.concord.record.AttributeChange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What would be decided about a record under one link qualifier.
 *
 * @param phase in which a run comes by the record
 * @param entry the very entry that an analysis would keep
 * @param link where the record's own link leads; null when there is none
 * @param checks what judges the record, as far as the phase asks for it
 * @param search null where correlation plays no part
 * @param why the row of the decision table that applied; null when the record failed before that
 * @param rules all rules of the situation
 * @param steps of the action; empty when it changes nothing
 * @param rows as far as they were applied
 * @param wanted the target as it would be written; null when none was built
 * @param effects what would be done, in this order
 */
public record Decision(
        Phase phase,
        Entry entry,
        @Nullable LinkSeen link,
        List<Check> checks,
        @Nullable Search search,
        @Nullable String why,
        List<RuleTried> rules,
        List<StepTaken> steps,
        List<RowValue> rows,
        @Nullable Map<String, @Nullable Object> wanted,
        List<Measure> effects) {

    /** A link of the record, by the ids as it spells them. */
    public record LinkSeen(String sourceId, String targetId) {

        private Map<String, @Nullable Object> json() {
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("sourceObjectId", sourceId);
            json.put("targetObjectId", targetId);
            return json;
        }
    }

    /** Whether a run would report a failure. */
    public boolean failed() {
        return entry.outcome().isFailure();
    }

    /** Whether no rule applied and the mapping's default action did. */
    public boolean byDefault() {
        return entry.action() != null && rules.stream().noneMatch(RuleTried::chosen);
    }

    Map<String, @Nullable Object> json(String targetSet) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("phase", phase.name());
        json.put("linkQualifier", entry.qualifier());
        json.put("sourceObjectId", entry.sourceId());
        json.put("targetObjectId", entry.targetId());
        json.put("display", entry.display());
        json.put("link", link == null ? null : link.json());
        json.put("checks", checks.stream().map(Check::json).toList());
        json.put("correlation", search == null ? null : search.json());
        json.put("situation", name(entry.situation()));
        json.put("why", why);
        json.put("ambiguousTargetObjectIds", entry.candidateIds());
        json.put("rules", rules.stream().map(RuleTried::json).toList());
        json.put("action", name(entry.action()));
        json.put("byDefault", byDefault());
        json.put("steps", steps.stream().map(StepTaken::json).toList());
        json.put("rows", rows.stream().map(RowValue::json).toList());
        json.put("target", wanted);
        json.put("differences", entry.differences().stream().map(Decision::json).toList());
        json.put("effects", effects.stream().map(Measure::name).toList());
        json.put("status", Status.of(entry.outcome()).name());
        json.put("errorKind", failed() ? entry.outcome().name() : null);
        json.put("message", entry.message());
        json.put("messageDetail", entry.detail());
        json.put("summary", Summary.of(this, targetSet));
        return json;
    }

    static Map<String, @Nullable Object> json(AttributeChange change) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("attribute", change.attribute());
        json.put("before", change.before());
        json.put("after", change.after());
        return json;
    }

    private static @Nullable String name(@Nullable Enum<?> word) {
        return word == null ? null : word.name();
    }
}
