package dev.concord.run.schedule;

import dev.concord.mapping.Definitions;
import dev.concord.mapping.Definitions.Fault;
import dev.concord.mapping.Faults;
import dev.concord.mapping.Place;
import dev.concord.mapping.Schedule;
import dev.concord.record.Json;
import dev.concord.run.Reconciliations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schedules of the files below {@code jobs/}, read again when a file has changed. A file that has come to have
 * faults is told of once, and what it said before holds on: also before this process, as far as Quartz knows it. Safe
 * for use by several threads.
 */
final class ScheduleFolder {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduleFolder.class);
    private static final String FOLDER = "schedules/";

    private final Path jobs;
    private final Reconciliations reconciliations;
    private final Function<String, @Nullable String> earlier;
    private final News news = new News();
    private Map<String, String> seen = Map.of();
    private @Nullable Content content;
    private boolean changed;

    /**
     * What the files say.
     *
     * @param schedules by name
     * @param faulty by name, what keeps the file from being read
     * @param mappings the names of the mappings there are
     */
    record Content(Map<String, Schedule> schedules, Map<String, List<Fault>> faulty, Set<String> mappings) {}

    /** @param earlier what a schedule said before this process was there, as JSON; null when nobody knows */
    ScheduleFolder(Path jobs, Reconciliations reconciliations, Function<String, @Nullable String> earlier) {
        this.jobs = jobs;
        this.reconciliations = reconciliations;
        this.earlier = earlier;
    }

    /** What the files said when they were last looked at; nothing as long as their folder cannot be read. */
    synchronized Content content() {
        if (content == null) {
            look();
        }
        return content == null ? new Content(Map.of(), Map.of(), Set.of()) : content;
    }

    /** Whether the files have been read. */
    synchronized boolean isRead() {
        return content != null;
    }

    /** What the files say by now: also what somebody has written since the last look, which is not settled yet. */
    synchronized Content now() {
        changed |= read();
        return content();
    }

    /** Looks whether files have changed since the last time; answers whether they have. */
    synchronized boolean look() {
        boolean answer = read() || changed;
        changed = false;
        return answer;
    }

    private boolean read() {
        Map<String, String> now = stamps();
        if (now.equals(seen)) {
            return false;
        }
        Definitions definitions = reconciliations.definitions();
        List<Fault> errors = definitions.faults().stream()
                .filter(fault -> fault.severity() == Fault.Severity.ERROR)
                .toList();
        List<Fault> listing =
                errors.stream().filter(fault -> fault.place().file().isEmpty()).toList();
        if (!listing.isEmpty()) {
            // Nobody knows which files there are: that is not the same as none.
            if (news.isNew("", Faults.print(listing))) {
                LOG.error("Schedules stay as they are.\n{}", Faults.print(listing));
            }
            return false;
        }
        Map<String, List<Fault>> faulty = errors.stream()
                .filter(fault -> fault.place().file().startsWith(FOLDER))
                .collect(Collectors.groupingBy(fault -> fault.place().file(), TreeMap::new, Collectors.toList()));
        Set<String> mappings = Set.copyOf(definitions.mappings().keySet());
        Map<String, Schedule> schedules = new TreeMap<>(definitions.schedules());
        Map<String, List<Fault>> byName = new TreeMap<>();
        faulty.forEach((file, faults) -> {
            Schedule before = before(file, mappings);
            byName.put(before == null ? stem(file) : before.name(), faults);
            if (before != null) {
                schedules.putIfAbsent(before.name(), before);
            }
            tell(faults, before);
        });
        news.onlyOf(faulty.keySet());
        content = new Content(Collections.unmodifiableMap(schedules), Collections.unmodifiableMap(byName), mappings);
        seen = now;
        return true;
    }

    private void tell(List<Fault> faults, @Nullable Schedule before) {
        String text = Faults.print(faults);
        if (news.isNew(faults.getFirst().place().file(), text)) {
            LOG.error(
                    "A schedule has faults; {}. Mend the file, it is read again by itself.\n{}",
                    before == null ? "it does not fire" : "what it said before holds on",
                    text);
        }
    }

    /** What a file said when it had no faults, or null. */
    private @Nullable Schedule before(String file, Set<String> mappings) {
        if (content != null) {
            return content.schedules().values().stream()
                    .filter(schedule -> schedule.place().file().equals(file))
                    .findFirst()
                    .orElse(null);
        }
        String document = earlier.apply(stem(file));
        if (document == null) {
            return null;
        }
        Schedule schedule = Schedule.read(stem(file), ScheduleDocument.written(Json.readObject(document)), mappings)
                .schedule();
        return schedule == null ? null : schedule.at(new Place(file, 1, ""));
    }

    private static String stem(String file) {
        return file.substring(FOLDER.length(), file.lastIndexOf('.'));
    }

    /** What shows that a file has changed, by path. */
    private Map<String, String> stamps() {
        Map<String, String> stamps = new TreeMap<>();
        for (String folder : List.of("", "schedules", "mapping")) {
            Path place = jobs.resolve(folder);
            if (!Files.isDirectory(place)) {
                continue;
            }
            try (Stream<Path> files = Files.list(place)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    stamps.put(
                            folder + "/" + file.getFileName(),
                            Files.getLastModifiedTime(file) + " " + Files.size(file));
                }
            } catch (IOException gone) {
                // A file that went while it was looked at; it is looked at again soon.
                stamps.put(folder, "?");
            }
        }
        return stamps;
    }
}
