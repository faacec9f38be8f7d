package dev.concord.model;

import dev.concord.model.World.Link;
import dev.concord.model.World.SourceRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about one record under one qualifier.
 *
 * @param sourceId the id asked for or linked to, also when there is no such source
 * @param source null when there is none
 * @param targetId the single target concerned, also when it is gone; null when there is none or several
 * @param candidates the ids of several correlated targets, sorted; empty otherwise
 * @param link the link of this record under the qualifier
 */
record Known(
        Phase phase,
        TableRow row,
        String qualifier,
        @Nullable String sourceId,
        @Nullable SourceRecord source,
        @Nullable String targetId,
        List<String> candidates,
        @Nullable Link link) {

    Situation situation() {
        return row.situation();
    }
}
