package dev.concord.situation;

import dev.concord.mapping.Situation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The situation of one record under one link qualifier.
 *
 * @param why the row of the decision table that applied, as a sentence
 * @param targetId the one target the situation is about, or null; it need not exist (MISSING, LINK_ONLY)
 * @param candidateIds the ids of several correlated targets, none of which is the one; empty otherwise
 * @param message what a report should add, or null
 */
public record Assessment(
        Situation situation,
        String why,
        @Nullable String targetId,
        List<String> candidateIds,
        @Nullable String message) {

    static Assessment of(Situation situation, String why) {
        return new Assessment(situation, why, null, List.of(), null);
    }

    static Assessment of(Situation situation, String why, String targetId) {
        return new Assessment(situation, why, targetId, List.of(), null);
    }

    static Assessment ofSeveral(Situation situation, String why, Candidates candidates) {
        List<String> ids =
                candidates.hits().stream().map(Candidates.Hit::targetId).toList();
        return new Assessment(
                situation,
                why,
                null,
                ids,
                candidates.truncated() ? "There are more candidates than are listed." : null);
    }
}
