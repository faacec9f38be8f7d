package dev.concord.guard;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A time that a guard stopped a run.
 *
 * @param number counts those of the run from 1
 * @param decision null as long as nobody has said anything
 */
public record Trip(
        String runId,
        int number,
        Excess excess,
        Instant when,
        @Nullable Decision decision) {

    /** What can be said of it. */
    public enum Verdict {
        APPROVED,
        DENIED
    }

    /** @param reason null when none was given */
    public record Decision(
            Verdict verdict, String by, @Nullable String reason, Instant when) {}

    public Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("guard", excess.guard().key());
        json.put("number", excess.number());
        json.put("of", excess.subject());
        json.put("base", excess.base());
        json.put("limit", excess.limit());
        json.put("message", excess.told());
        json.put("when", when.toString());
        json.put("decision", decision == null ? null : decision.verdict().name());
        json.put("decidedBy", decision == null ? null : decision.by());
        json.put("reason", decision == null ? null : decision.reason());
        json.put("decidedAt", decision == null ? null : decision.when().toString());
        return json;
    }
}
