package dev.concord.run.schedule;

import dev.concord.mapping.Definitions.Fault;
import dev.concord.mapping.Faults;
import dev.concord.mapping.Schedule;
import dev.concord.record.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schedules of files and those that were made over REST, put together. Where both have one of the same name, the
 * file's counts. One with faults is told of once, and in nobody's way. Safe for use by several threads.
 */
final class KnownSchedules {

    private static final Logger LOG = LoggerFactory.getLogger(KnownSchedules.class);

    private final ScheduleFolder folder;
    private final ScheduleStore store;
    private final News news = new News();
    private final News hidden = new News();

    KnownSchedules(ScheduleFolder folder, ScheduleStore store) {
        this.folder = folder;
        this.store = store;
    }

    record Known(Schedule schedule, String revision, ScheduledJob.Origin origin) {

        /** The file below {@code jobs/}, or null when it was made over REST. */
        @Nullable
        String file() {
            return origin == ScheduledJob.Origin.FILE ? schedule.place().file() : null;
        }
    }

    /** All by name; one of a file with faults is among both, as long as what it said before holds on. */
    record All(Map<String, Known> usable, Map<String, FaultySchedule> faulty) {

        boolean has(String name) {
            return usable.containsKey(name) || faulty.containsKey(name);
        }
    }

    All all() {
        Map<String, Known> usable = new TreeMap<>();
        Map<String, FaultySchedule> faulty = new TreeMap<>();
        ScheduleFolder.Content files = folder.content();
        Map<String, String> made = store.all();
        tellOfHidden(made.keySet(), files.schedules());
        made.forEach((name, text) -> {
            Schedule.Reading reading = Schedule.read(name, text, files.mappings());
            if (reading.schedule() != null) {
                usable.put(name, new Known(reading.schedule(), Revision.of(text), ScheduledJob.Origin.DATABASE));
            } else {
                List<String> faults = lines(reading.faults(), "schedule " + name);
                faulty.put(name, new FaultySchedule(name, Revision.of(text), null, Json.readObject(text), faults));
            }
        });
        files.schedules().forEach((name, schedule) -> {
            usable.put(
                    name,
                    new Known(
                            schedule,
                            Revision.of(Json.write(ScheduleDocument.of(schedule))),
                            ScheduledJob.Origin.FILE));
            faulty.remove(name);
        });
        if (folder.isRead()) {
            tell(faulty);
        }
        files.faulty().forEach((name, faults) -> {
            List<String> lines = faults.stream().map(Faults::print).toList();
            String revision = Revision.of(String.join("\n", lines));
            faulty.put(
                    name,
                    new FaultySchedule(name, revision, faults.getFirst().place().file(), Map.of(), lines));
        });
        return new All(usable, faulty);
    }

    private void tellOfHidden(Set<String> made, Map<String, Schedule> files) {
        Set<String> both = new TreeSet<>(made);
        both.retainAll(files.keySet());
        for (String name : both) {
            String file = files.get(name) == null ? "" : files.get(name).place().file();
            if (hidden.isNew(name, file)) {
                LOG.warn(
                        "The schedule {} that was made over REST rests as long as there is jobs/{}, which has the same"
                                + " name.",
                        name,
                        file);
            }
        }
        hidden.onlyOf(both);
    }

    private void tell(Map<String, FaultySchedule> made) {
        made.forEach((name, schedule) -> {
            String text = String.join("\n", schedule.faults());
            if (news.isNew(name, text)) {
                LOG.error(
                        "A schedule that was made over REST has faults; it does not fire. Mend what it names, or put"
                                + " another one in its place.\n{}",
                        text);
            }
        });
        news.onlyOf(Set.copyOf(made.keySet()));
    }

    private static List<String> lines(List<Fault> faults, String where) {
        return faults.stream()
                .filter(fault -> fault.severity() == Fault.Severity.ERROR)
                .map(fault -> Faults.print(fault, where))
                .toList();
    }
}
