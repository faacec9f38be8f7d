package dev.concord.explanation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What correlation asked the target set for, and what it found.
 *
 * @param asked the query filter, or the ids that a script named; null when nobody was asked. Values that are compared
 *     with sensitive attributes are question marks
 * @param reason why there is no answer; null when there is one
 * @param truncated whether there are more candidates than these
 */
public record Search(@Nullable String asked, @Nullable String reason, List<Candidate> candidates, boolean truncated) {

    /**
     * A target that was found.
     *
     * @param display values of the mapping's display attributes
     * @param linkedSourceId the source that it is linked to under this link qualifier, or null when it is free
     */
    public record Candidate(
            String id,
            Map<String, @Nullable Object> display,
            @Nullable String linkedSourceId) {

        private Map<String, @Nullable Object> json() {
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("_id", id);
            json.put("display", display);
            json.put("linkedSourceObjectId", linkedSourceId);
            return json;
        }
    }

    public static Search none(String reason) {
        return new Search(null, reason, List.of(), false);
    }

    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("asked", asked);
        json.put("reason", reason);
        json.put("candidates", candidates.stream().map(Candidate::json).toList());
        json.put("truncated", truncated);
        return json;
    }
}
