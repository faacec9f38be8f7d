package dev.concord.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** When mappings are run without anybody asking, for those who watch over it. Safe for use by several threads. */
public interface Timetable {

    /**
     * One schedule of a full run.
     *
     * @param interval the longest time between two of its runs in the weeks ahead, so that one that rests on Sundays is
     *     not missed on Mondays; zero when it runs only once more
     * @param next when it is due; stays in the past when nobody starts it; null while it is paused
     */
    record Line(String mapping, Duration interval, @Nullable Instant next) {}

    /** The schedules that are switched on, paused or not. A mapping can have several. */
    List<Line> lines();

    /** The names of the schedules that do not run as they are written down. */
    default Set<String> faulty() {
        return Set.of();
    }

    /** The names of the schedules that are switched on and do not fire until somebody resumes them. */
    default Set<String> paused() {
        return Set.of();
    }

    /** Whether whoever starts runs in this process is at work. */
    boolean isWorking();
}
