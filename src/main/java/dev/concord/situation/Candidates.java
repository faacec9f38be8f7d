package dev.concord.situation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What correlation found for one record: nothing when it is not configured, was skipped, or had no result.
 *
 * @param truncated whether there were more hits than are kept
 */
public record Candidates(List<Hit> hits, boolean truncated) {

    public static final Candidates NONE = new Candidates(List.of(), false);

    /**
     * One hit, and the source that a link of this type and qualifier joins it to already, or null when it is not
     * linked.
     */
    public record Hit(String targetId, @Nullable String linkedSourceId) {}

    boolean isEmpty() {
        return hits.isEmpty();
    }

    boolean isSeveral() {
        return hits.size() > 1 || truncated;
    }

    Hit single() {
        return hits.getFirst();
    }
}
