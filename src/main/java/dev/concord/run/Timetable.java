package dev.concord.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When mappings are run without anybody asking, for those who watch over it. A server without schedules has none. Must
 * answer quickly, without a database; safe for use by several threads.
 */
public interface Timetable {

    /**
     * One schedule of a full run.
     *
     * @param interval the longest time between two of its runs in the weeks ahead, so that one that rests on Sundays is
     *     not missed on Mondays
     * @param next when it is due; stays in the past when nobody starts it. Null when it never is again, or is paused
     */
    record Line(String mapping, Duration interval, @Nullable Instant next) {}

    /** The schedules that are switched on. */
    List<Line> lines();

    /** Whether whoever starts runs in this process is at work. */
    boolean isWorking();
}
