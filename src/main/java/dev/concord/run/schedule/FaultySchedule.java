package dev.concord.run.schedule;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A schedule that does not fire as it is written down.
 *
 * @param revision of its text
 * @param file below {@code jobs/}, of one that is kept in a file; null for one that was made over REST
 * @param document what was sent, of one that was made over REST; empty for one of a file
 * @param faults where, what, and what is required instead; a line each
 */
public record FaultySchedule(
        String name,
        String revision,
        @Nullable String file,
        Map<String, @Nullable Object> document,
        List<String> faults) {

    /** Where it is kept. */
    public ScheduledJob.Origin origin() {
        return file == null ? ScheduledJob.Origin.DATABASE : ScheduledJob.Origin.FILE;
    }
}
