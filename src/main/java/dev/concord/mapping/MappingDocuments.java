package dev.concord.mapping;

import dev.concord.mapping.Definitions.Fault;
import dev.concord.record.Json;
import dev.concord.record.JsonValues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The mappings of the definitions as PingIDM's JSON, and what has to be written to change them that way. Nothing is
 * written here. A mapping stays in the file that it is in, and in that file's spelling. Immutable.
 *
 * @param changes the texts of files that differ from what {@code before} has, by path; null for one that is removed
 */
public record MappingDocuments(Sources before, Map<String, @Nullable String> changes, List<Fault> refusals) {

    public MappingDocuments {
        changes = Collections.unmodifiableMap(new TreeMap<>(changes));
        refusals = List.copyOf(refusals);
    }

    /** The mappings as they are. */
    public static MappingDocuments of(Sources sources) {
        return new MappingDocuments(sources, Map.of(), List.of());
    }

    /**
     * One mapping.
     *
     * @param file the path of the file that it is in, below {@code jobs/}
     * @param json the mapping, with its name; null when it has faults that keep it from being shown this way
     */
    public record Document(
            String name, String file, @Nullable Map<String, @Nullable Object> json, List<Fault> faults) {}

    /** A mapping where it is written: its file, and which of the mappings in it it is. */
    private record Spot(String name, String file, int index, Node node, boolean pingIdm) {}

    /** All mappings, in the order in which they are read. */
    public List<Document> all() {
        return spots().stream().map(this::document).toList();
    }

    public Optional<Document> find(String name) {
        return spots().stream()
                .filter(spot -> spot.name.equals(name))
                .findFirst()
                .map(this::document);
    }

    /** What is wrong with the changes so far: their own faults, and those that others have because of them. */
    public List<Fault> faults() {
        Set<Fault> faults = new LinkedHashSet<>(refusals);
        List<Fault> known = errors(DefinitionLoader.load(before));
        errors(DefinitionLoader.load(after())).stream()
                .filter(fault -> changes.containsKey(fault.place().file()) || !known.contains(fault))
                .forEach(faults::add);
        return List.copyOf(faults);
    }

    /** The files whose comments the changes do away with: what is written anew in YAML has none. */
    public List<String> losingComments() {
        return changes.entrySet().stream()
                .filter(change -> change.getValue() != null && !change.getKey().endsWith(".json"))
                .map(Map.Entry::getKey)
                .filter(file ->
                        before.read(file) instanceof Sources.Content.Text(String text) && YamlReader.hasComments(text))
                .toList();
    }

    /** What the definitions would be with the changes. */
    public Definitions definitions() {
        return DefinitionLoader.load(after());
    }

    private static List<Fault> errors(Definitions definitions) {
        return definitions.faults().stream()
                .filter(fault -> fault.severity() == Fault.Severity.ERROR)
                .toList();
    }

    private Sources after() {
        return changes.isEmpty() ? before : new ChangedSources(before, changes);
    }

    /** The same with a mapping written or replaced. */
    public MappingDocuments with(String name, Map<String, @Nullable Object> json) {
        MappingDocuments changed = written(name, json);
        boolean refused = !changed.refusals.equals(refusals);
        return refused || (changed.spot(name) != null && !changed.changes.equals(changes))
                ? changed
                : refused(new Place("mapping-" + name + ".json", 0, ""), noMapping(json));
    }

    /** Read from its file, it would be a collection of other mappings, or of none. */
    private static String noMapping(Map<String, @Nullable Object> json) {
        return "no mapping is here: a mapping has source, target and properties at the top, not inside of "
                + PingIdmFile.COLLECTIONS.stream().filter(json::containsKey).collect(Collectors.joining(", "));
    }

    private MappingDocuments written(String name, Map<String, @Nullable Object> json) {
        Map<String, @Nullable Object> mapping = new LinkedHashMap<>();
        mapping.put("name", name);
        mapping.putAll(json);
        mapping.put("name", name);
        mapping.remove("_id");
        mapping.remove("_rev");
        Spot spot = spot(name);
        if (spot == null) {
            return changed("mapping-" + name + ".json", pretty(mapping));
        }
        if (spot.pingIdm) {
            return changed(spot.file, JsonMappings.replace(text(spot.file), spot.index, mapping));
        }
        if (spot.file.endsWith(".json")) {
            return refused(
                    spot.node.place(),
                    "this mapping is written natively in a JSON file, which cannot be replaced this way; change it in"
                            + " its file, or convert the file to YAML");
        }
        String path = "mapping-" + name + ".json";
        Conversion conversion =
                Conversion.of(path, Sources.of(Map.of(path, pretty(mapping))), after(), Conversion.Format.YAML);
        return conversion.mappings().isEmpty()
                ? refused(conversion.faults().stream()
                        .filter(fault -> fault.severity() == Fault.Severity.ERROR)
                        .toList())
                : changed(spot.file, conversion.mappings().getFirst().text());
    }

    /** The same without a mapping; as it is when there is none of that name. */
    public MappingDocuments without(String name) {
        Spot spot = spot(name);
        if (spot == null) {
            return this;
        }
        return changed(spot.file, spot.pingIdm ? JsonMappings.replace(text(spot.file), spot.index, null) : null);
    }

    private MappingDocuments changed(String file, @Nullable String text) {
        if (!SourcePath.isDefinition(file) || (text != null && !file.equals(SourcePath.normalize("", file)))) {
            return refused(new Place(file, 0, ""), "a mapping of this name cannot have a file of its own");
        }
        Map<String, @Nullable String> more = new TreeMap<>(changes);
        more.put(file, text);
        return new MappingDocuments(before, more, refusals);
    }

    private MappingDocuments refused(Place place, String message) {
        return refused(List.of(new Fault(Fault.Severity.ERROR, place, message)));
    }

    private MappingDocuments refused(List<Fault> faults) {
        return new MappingDocuments(
                before,
                changes,
                Stream.concat(refusals.stream(), faults.stream()).toList());
    }

    private static String pretty(Map<String, @Nullable Object> mapping) {
        return Json.writePretty(mapping) + "\n";
    }

    private String text(String file) {
        return after().read(file) instanceof Sources.Content.Text(String text) ? text : "";
    }

    private @Nullable Spot spot(String name) {
        return spots().stream().filter(one -> one.name.equals(name)).findFirst().orElse(null);
    }

    private List<Spot> spots() {
        Sources sources = after();
        List<Spot> spots = new ArrayList<>();
        for (String path : sources.list().files()) {
            if (MappingFile.matches(path) && sources.read(path) instanceof Sources.Content.Text(String text)) {
                FaultLog log = new FaultLog(Spelling.NATIVE);
                Node root = Node.read(path, text, log);
                if (root != null) {
                    spots.addAll(spots(path, root, log));
                }
            }
        }
        return spots;
    }

    private List<Spot> spots(String path, Node root, FaultLog log) {
        PropertyReferences properties = new PropertyReferences(path, before, false);
        boolean pingIdm = PingIdmFile.matches(path, root);
        List<Spot> spots = new ArrayList<>();
        List<MappingFile.Written> all = MappingFile.mappings(path, root, log, own -> {});
        for (int i = 0; i < all.size(); i++) {
            MappingDraft draft = all.get(i).draft(properties);
            if (draft != null && draft.name() != null) {
                spots.add(new Spot(
                        Objects.requireNonNull(draft.name()),
                        path,
                        i,
                        all.get(i).node(),
                        pingIdm));
            }
        }
        return spots;
    }

    private Document document(Spot spot) {
        if (spot.pingIdm) {
            return new Document(spot.name, spot.file, shown(spot.name, JsonValues.copy(spot.node.plain())), List.of());
        }
        Conversion conversion = Conversion.of(spot.file, after(), after(), Conversion.Format.JSON);
        List<Fault> errors = conversion.faults().stream()
                .filter(fault -> fault.severity() == Fault.Severity.ERROR)
                .toList();
        return conversion.mappings().isEmpty()
                ? new Document(spot.name, spot.file, null, errors)
                : new Document(
                        spot.name,
                        spot.file,
                        shown(
                                spot.name,
                                Json.read(conversion.mappings().getFirst().text())),
                        List.of());
    }

    private static Map<String, @Nullable Object> shown(String name, @Nullable Object mapping) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("name", name);
        if (mapping instanceof Map<?, ?> map) {
            map.forEach((key, value) -> shown.put(String.valueOf(key), value));
        }
        shown.remove("_id");
        shown.put("name", name);
        return shown;
    }
}
