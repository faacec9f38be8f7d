package dev.concord.mapping;

import dev.concord.mapping.Definitions.Fault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads all definitions and finds all their faults. Bad content never makes it throw; it becomes faults, and what has
 * errors is left out. Files are only read, nothing is run and no system is opened.
 */
public final class DefinitionLoader {

    /** One file that is read: its tree, and the log for what concerns the file as a whole. */
    private record Read(String file, @Nullable Node root, FaultLog log) {}

    private final Sources sources;
    private final Map<String, String> texts = new TreeMap<>();
    private final List<FaultLog> logs = new ArrayList<>();
    private final KnownObjectSets objectSets = new KnownObjectSets();
    private final Set<String> keyNames = new LinkedHashSet<>();

    private DefinitionLoader(Sources sources) {
        this.sources = sources;
    }

    /** The definitions that these sources hold now. Safe to call from several threads. */
    public static Definitions load(Sources sources) {
        return new DefinitionLoader(sources).load();
    }

    private Definitions load() {
        Sources.Listing listing = sources.list();
        if (!listing.problem().isEmpty()) {
            log().error(Spot.root("", 0), listing.problem());
        }
        Map<String, KeyDefinition> keys = keys(read(listing, "keys/"));
        Map<String, SystemDefinition> systems = systems(read(listing, "systems/"));
        Map<String, ManagedType> managedTypes = managedTypes(read(listing, "managed/"));
        List<MappingDraft> drafts = drafts(listing);
        Map<String, Mapping> mappings = mappings(drafts);
        Map<String, Schedule> schedules = schedules(read(listing, "schedules/"), drafts);
        List<Fault> faults = logs.stream()
                .flatMap(log -> log.faults().stream())
                .sorted(Faults.BY_PLACE)
                .toList();
        return new Definitions(
                Collections.unmodifiableMap(mappings),
                Collections.unmodifiableMap(systems),
                Collections.unmodifiableMap(managedTypes),
                Collections.unmodifiableMap(schedules),
                Collections.unmodifiableMap(keys),
                faults,
                Collections.unmodifiableMap(texts));
    }

    private Map<String, KeyDefinition> keys(List<Read> files) {
        Map<Read, KeyDefinition> keys = new LinkedHashMap<>();
        for (Read file : files) {
            KeyDefinition key = file.root() == null ? null : KeyReader.read(file.root(), file.log());
            if (key == null) {
                // Whoever needs it need not be told that it is missing, too.
                keyNames.add(nameOf(file));
            } else {
                keys.put(file, key);
                keyNames.add(key.name());
            }
        }
        refuseTwins(keys, KeyDefinition::name, KeyDefinition::place, "key");
        Map<String, KeyDefinition> byName = new LinkedHashMap<>();
        keys.forEach((file, key) -> {
            if (!file.log().hasErrors()) {
                byName.put(key.name(), key);
            }
        });
        return byName;
    }

    private Map<String, SystemDefinition> systems(List<Read> files) {
        Map<Read, SystemDefinition> systems = new LinkedHashMap<>();
        for (Read file : files) {
            SystemDefinition system =
                    file.root() == null ? null : new SystemReader(sources, keyNames, file.log()).read(file.root());
            if (system == null) {
                addBroken("system/", file);
            } else {
                systems.put(file, system);
            }
        }
        refuseTwins(systems, SystemDefinition::name, SystemDefinition::place, "system");
        Map<String, SystemDefinition> byName = new LinkedHashMap<>();
        systems.forEach((file, system) -> {
            if (file.log().hasErrors()) {
                objectSets.addBroken("system/" + system.name(), file.file());
            } else {
                objectSets.add(system);
                byName.put(system.name(), system);
            }
        });
        return byName;
    }

    private Map<String, ManagedType> managedTypes(List<Read> files) {
        Map<Read, ManagedType> types = new LinkedHashMap<>();
        for (Read file : files) {
            ManagedType type = file.root() == null ? null : ManagedTypeReader.read(file.root(), keyNames, file.log());
            if (type == null) {
                addBroken("managed/", file);
            } else {
                types.put(file, type);
            }
        }
        refuseTwins(types, ManagedType::name, ManagedType::place, "managed type");
        Map<String, ManagedType> byName = new LinkedHashMap<>();
        types.forEach((file, type) -> {
            if (file.log().hasErrors()) {
                objectSets.addBroken("managed/" + type.name(), file.file());
            } else {
                objectSets.add(type);
                byName.put(type.name(), type);
            }
        });
        return byName;
    }

    private List<MappingDraft> drafts(Sources.Listing listing) {
        List<MappingDraft> drafts = new ArrayList<>();
        for (String path : listing.files()) {
            if (!MappingFile.matches(path)) {
                continue;
            }
            Read file = read(path);
            if (file.root() != null) {
                PropertyReferences properties = new PropertyReferences(path, sources, true);
                MappingFile.mappings(path, file.root(), file.log(), logs::add).stream()
                        .map(written -> written.draft(properties))
                        .filter(Objects::nonNull)
                        .forEach(drafts::add);
                String values = properties.frozen();
                if (values != null) {
                    texts.put(PropertyReferences.frozenPath(path), values);
                }
            }
        }
        Map<String, MappingDraft> first = new LinkedHashMap<>();
        for (MappingDraft draft : drafts) {
            MappingDraft twin = draft.name() == null ? null : first.putIfAbsent(draft.name(), draft);
            if (twin != null) {
                refuseTwin(
                        draft.log(),
                        draft.at("name"),
                        draft.name(),
                        twin.at("name").place(),
                        "mapping");
                refuseTwin(
                        twin.log(),
                        twin.at("name"),
                        twin.name(),
                        draft.at("name").place(),
                        "mapping");
            }
        }
        return drafts;
    }

    private Map<String, Mapping> mappings(List<MappingDraft> drafts) {
        MappingReader reader = new MappingReader(sources, texts, objectSets, drafts);
        Map<String, Mapping> mappings = new LinkedHashMap<>();
        for (MappingDraft draft : drafts) {
            Mapping mapping = reader.read(draft);
            if (mapping != null) {
                mappings.put(mapping.name(), mapping);
            }
        }
        return mappings;
    }

    private Map<String, Schedule> schedules(List<Read> files, List<MappingDraft> drafts) {
        Set<String> names = new LinkedHashSet<>();
        drafts.stream().map(MappingDraft::name).filter(Objects::nonNull).forEach(names::add);
        Map<Read, Schedule> schedules = new LinkedHashMap<>();
        for (Read file : files) {
            Schedule schedule = file.root() == null
                    ? null
                    : new ScheduleReader(names, file.log()).read(file.root(), stem(file.file()));
            if (schedule != null) {
                schedules.put(file, schedule);
            }
        }
        refuseTwins(schedules, Schedule::name, Schedule::place, "schedule");
        Map<String, Schedule> byName = new LinkedHashMap<>();
        schedules.forEach((file, schedule) -> {
            if (!file.log().hasErrors()) {
                byName.put(schedule.name(), schedule);
            }
        });
        return byName;
    }

    private List<Read> read(Sources.Listing listing, String folder) {
        return listing.files().stream()
                .filter(path -> path.startsWith(folder))
                .map(this::read)
                .toList();
    }

    private Read read(String path) {
        FaultLog log = log();
        return switch (sources.read(path)) {
            case Sources.Content.Text(String text) -> {
                texts.put(path, text);
                yield new Read(path, Node.read(path, text, log), log);
            }
            case Sources.Content.Absent _ -> {
                log.error(Spot.root(path, 0), "the file is gone, or a link that leads nowhere");
                yield new Read(path, null, log);
            }
            case Sources.Content.Refused(String reason, int line) -> {
                log.error(Spot.root(path, line), reason);
                yield new Read(path, null, log);
            }
        };
    }

    /** Remembers a file with errors under its name. */
    private void addBroken(String prefix, Read file) {
        objectSets.addBroken(prefix + nameOf(file), file.file());
    }

    /** The name that a file gives itself, or else its file name. */
    private static String nameOf(Read file) {
        if (file.root() instanceof Node.Members members
                && members.members().get("name") instanceof Node.Leaf leaf
                && leaf.value() instanceof String written) {
            return written;
        }
        return stem(file.file());
    }

    private <T> void refuseTwins(Map<Read, T> all, Function<T, String> name, Function<T, Place> place, String what) {
        Map<String, Map.Entry<Read, T>> first = new LinkedHashMap<>();
        for (Map.Entry<Read, T> entry : all.entrySet()) {
            Map.Entry<Read, T> twin = first.putIfAbsent(name.apply(entry.getValue()), entry);
            if (twin != null && entry.getKey().root() != null && twin.getKey().root() != null) {
                refuseTwin(
                        entry.getKey().log(),
                        entry.getKey().root(),
                        name.apply(entry.getValue()),
                        place.apply(twin.getValue()),
                        what);
                refuseTwin(
                        twin.getKey().log(),
                        twin.getKey().root(),
                        name.apply(entry.getValue()),
                        place.apply(entry.getValue()),
                        what);
            }
        }
    }

    private static void refuseTwin(FaultLog log, Node node, @Nullable String name, Place other, String what) {
        log.error(
                node,
                "a second " + what + " named " + Quote.text(String.valueOf(name)) + " is in jobs/" + other.file()
                        + (other.line() > 1 ? ":" + other.line() : "") + "; give each its own name");
    }

    private static String stem(String path) {
        return path.substring(path.indexOf('/') + 1, path.lastIndexOf('.'));
    }

    private FaultLog log() {
        FaultLog log = new FaultLog(Spelling.NATIVE);
        logs.add(log);
        return log;
    }
}
