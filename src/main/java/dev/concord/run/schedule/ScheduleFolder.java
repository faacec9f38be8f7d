package dev.concord.run.schedule;

import dev.concord.mapping.Definitions;
import dev.concord.mapping.Definitions.Fault;
import dev.concord.mapping.Faults;
import dev.concord.mapping.Schedule;
import dev.concord.run.Reconciliations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schedules of the files below {@code jobs/}, read again when a file has changed. A file that has come to have
 * faults is told of, and what it said before holds on.
 */
final class ScheduleFolder {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduleFolder.class);
    private static final String FOLDER = "schedules/";

    private final Path jobs;
    private final Reconciliations reconciliations;
    private Map<String, String> seen = Map.of();
    private Content content = new Content(Map.of(), Set.of(), Set.of());

    /**
     * What the files say.
     *
     * @param schedules by name
     * @param faulty the files that cannot be read, relative to {@code jobs/}
     * @param mappings the names of the mappings there are
     */
    record Content(Map<String, Schedule> schedules, Set<String> faulty, Set<String> mappings) {}

    ScheduleFolder(Path jobs, Reconciliations reconciliations) {
        this.jobs = jobs;
        this.reconciliations = reconciliations;
    }

    synchronized Content content() {
        return content;
    }

    /** Looks whether files have changed since the last time; answers whether they have. */
    synchronized boolean look() {
        Map<String, String> now = stamps();
        if (now.equals(seen)) {
            return false;
        }
        Definitions definitions = reconciliations.definitions();
        seen = now;
        List<Fault> errors = definitions.faults().stream()
                .filter(fault -> fault.severity() == Fault.Severity.ERROR)
                .filter(fault -> fault.place().file().startsWith(FOLDER))
                .toList();
        if (!errors.isEmpty()) {
            LOG.error("Schedules have faults; what these files said before holds on.\n{}", Faults.print(errors));
        }
        Set<String> faulty = errors.stream().map(fault -> fault.place().file()).collect(Collectors.toUnmodifiableSet());
        Map<String, Schedule> schedules = new TreeMap<>(definitions.schedules());
        content.schedules().forEach((name, before) -> {
            if (faulty.contains(before.place().file())) {
                schedules.putIfAbsent(name, before);
            }
        });
        content =
                new Content(schedules, faulty, Set.copyOf(definitions.mappings().keySet()));
        return true;
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
