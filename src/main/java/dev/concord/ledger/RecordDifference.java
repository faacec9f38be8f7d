package dev.concord.ledger;

import dev.concord.ledger.EntryStates.State;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record that fails in one of the runs only, or was decided differently.
 *
 * @param entry of the later run; of the earlier one where the later has none
 */
public final class RecordDifference {

    private final EntryView entry;
    private final @Nullable State before;
    private final @Nullable State after;

    RecordDifference(EntryView entry, @Nullable State before, @Nullable State after) {
        this.entry = entry;
        this.before = before;
        this.after = after;
    }

    public EntryView entry() {
        return entry;
    }

    /** {@code fails now}, {@code failed before} or {@code differs}. */
    public String what() {
        boolean failed = before != null && before.outcome().isFailure();
        boolean fails = after != null && after.outcome().isFailure();
        return failed == fails ? "differs" : fails ? "fails now" : "failed before";
    }

    /** Situation, action and status in the earlier run; null without an entry there. */
    public @Nullable Map<String, @Nullable Object> before() {
        return before == null ? null : before.json();
    }

    public @Nullable Map<String, @Nullable Object> after() {
        return after == null ? null : after.json();
    }

    public Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("what", what());
        json.put("sourceObjectId", entry.entry().sourceId());
        json.put("targetObjectId", entry.entry().targetId());
        json.put("linkQualifier", entry.entry().qualifier());
        json.put("before", before());
        json.put("after", after());
        json.put("message", entry.entry().message());
        return json;
    }
}
