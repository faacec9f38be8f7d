package dev.concord.run.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** When mappings are due. Safe for use by several threads. */
public interface Timetable {

    /** The mappings that some schedule will start, one row for each, by name; empty while all schedules pause. */
    List<Due> due();

    /**
     * @param interval between the next run and the one after; the shortest where a mapping has several schedules. Zero
     *     when it runs only once more
     * @param next when it fires next
     */
    record Due(String mapping, Duration interval, Instant next) {}
}
