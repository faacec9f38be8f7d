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
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads all definitions and finds all their faults. Bad content never makes it throw; it becomes faults, and what has
 * errors is left out. Files are only read, nothing is run and no system is opened.
 */
public final class DefinitionLoader {

    /** One file that is read: its tree, and the log for what concerns the file as a whole. */
    private record Read(String file, @Nullable Node root, FaultLog log) {

        /** The tree of a file that could be read. */
        Node tree() {
            return Objects.requireNonNull(root);
        }
    }

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
        Map<String, Webhook> webhooks = webhooks(read(listing, "webhooks/"), drafts);
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
                Collections.unmodifiableMap(webhooks),
                faults,
                Collections.unmodifiableMap(texts));
    }

    private Map<String, KeyDefinition> keys(List<Read> files) {
        return named(
                "key",
                files,
                file -> KeyReader.read(file.tree(), file.log()),
                key -> keyNames.add(key.name()),
                // Whoever needs it need not be told that it is missing, too.
                (name, file) -> keyNames.add(name));
    }

    private Map<String, SystemDefinition> systems(List<Read> files) {
        return named(
                "system",
                files,
                file -> new SystemReader(sources, keyNames, file.log()).read(file.tree()),
                objectSets::add,
                (name, file) -> objectSets.addBroken("system/" + name, file.file()));
    }

    private Map<String, ManagedType> managedTypes(List<Read> files) {
        return named(
                "managed type",
                files,
                file -> ManagedTypeReader.read(file.tree(), keyNames, file.log()),
                objectSets::add,
                (name, file) -> objectSets.addBroken("managed/" + name, file.file()));
    }

    /**
     * The definitions of one kind by their names, without those that have faults.
     *
     * @param broken takes the names of these, and their files
     */
    private <T extends NamedDefinition> Map<String, T> named(
            String kind,
            List<Read> files,
            Function<Read, @Nullable T> reader,
            Consumer<T> usable,
            BiConsumer<String, Read> broken) {
        Map<Read, T> read = new LinkedHashMap<>();
        for (Read file : files) {
            T definition = file.root() == null ? null : reader.apply(file);
            if (definition == null) {
                broken.accept(nameOf(file), file);
            } else {
                read.put(file, definition);
            }
        }
        refuseTwins(read, kind);
        Map<String, T> byName = new LinkedHashMap<>();
        read.forEach((file, definition) -> {
            if (file.log().hasErrors()) {
                broken.accept(definition.name(), file);
            } else {
                usable.accept(definition);
                byName.put(definition.name(), definition);
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

    private static Set<String> names(List<MappingDraft> drafts) {
        Set<String> names = new LinkedHashSet<>();
        drafts.stream().map(MappingDraft::name).filter(Objects::nonNull).forEach(names::add);
        return names;
    }

    private Map<String, Webhook> webhooks(List<Read> files, List<MappingDraft> drafts) {
        Set<String> names = names(drafts);
        return named(
                "webhook",
                files,
                file -> new WebhookReader(names, file.log()).read(file.tree(), stem(file.file())),
                webhook -> {},
                (name, file) -> {});
    }

    private Map<String, Schedule> schedules(List<Read> files, List<MappingDraft> drafts) {
        Set<String> names = names(drafts);
        return named(
                "schedule",
                files,
                file -> new ScheduleReader(names, file.log()).read(file.tree(), stem(file.file())),
                schedule -> {},
                (name, file) -> {});
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

    /** The name that a file gives itself, or else its file name. */
    private static String nameOf(Read file) {
        if (file.root() instanceof Node.Members members
                && members.members().get("name") instanceof Node.Leaf leaf
                && leaf.value() instanceof String written) {
            return written;
        }
        return stem(file.file());
    }

    private static void refuseTwins(Map<Read, ? extends NamedDefinition> all, String kind) {
        Map<String, Read> first = new LinkedHashMap<>();
        all.forEach((file, definition) -> {
            Read twin = first.putIfAbsent(definition.name(), file);
            if (twin != null) {
                NamedDefinition other = Objects.requireNonNull(all.get(twin));
                refuseTwin(file.log(), file.tree(), definition.name(), other.place(), kind);
                refuseTwin(twin.log(), twin.tree(), definition.name(), definition.place(), kind);
            }
        });
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
