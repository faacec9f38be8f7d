package dev.concord.mapping;

import dev.concord.mapping.Definitions.Fault;
import dev.concord.record.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The mappings of a file, written in the other spelling. They load to the same mappings and do the same; what one
 * spelling has no word for is kept under its key and warned about. A mapping with errors is left out, and its errors
 * are in {@link #faults}; object sets and other mappings need not be there.
 *
 * @param faults of the file that was read, in its lines, in the order in which people read them
 * @param found how many mappings there are in the file, those with errors included
 */
public record Conversion(List<Converted> mappings, List<Fault> faults, int found) {

    /** The spelling that is written. */
    public enum Format {
        /** Native: one mapping a file, {@code <name>.yaml}. */
        YAML,
        /** PingIDM's: one mapping a file, {@code mapping-<name>.json}. */
        JSON
    }

    /**
     * A mapping in its new spelling.
     *
     * @param file the name of the file it belongs into
     */
    public record Converted(String name, String file, String text) {}

    /** What PingIDM does not know; Concord reads it in either spelling. */
    private static final List<String> OURS = List.of("displayAttributes", "correlation", "thresholds", "retryFailed");

    /**
     * Reads a file, which may lie anywhere, and writes its mappings in the other spelling. Bad content becomes faults.
     *
     * @param jobs where script files and properties are looked up
     */
    public static Conversion of(Path file, Sources jobs, Format to) {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        Path name = Objects.requireNonNull(file.getFileName());
        boolean inMapping = folder.endsWith("mapping") && folder.getParent() != null;
        Sources sources = Sources.of(inMapping ? Objects.requireNonNull(folder.getParent()) : folder);
        return of(inMapping ? "mapping/" + name : name.toString(), sources, jobs, to);
    }

    /**
     * The same for a file that {@code sources} holds.
     *
     * @param path the file's path there
     * @param jobs where script files and properties are looked up
     */
    public static Conversion of(String path, Sources sources, Sources jobs, Format to) {
        FaultLog log = new FaultLog(Spelling.NATIVE, null, true);
        Node root = null;
        switch (sources.read(path)) {
            case Sources.Content.Text(String text) -> {
                root = Node.read(path, text, log);
                if (root != null && !path.endsWith(".json") && to == Format.JSON && YamlReader.hasComments(text)) {
                    log.warning(root, "the comments of this file are left out; JSON has none");
                }
            }
            case Sources.Content.Absent _ -> log.error(Spot.root(path, 0), "the file does not exist");
            case Sources.Content.Refused(String reason, int line) -> log.error(Spot.root(path, line), reason);
        }
        List<FaultLog> logs = new ArrayList<>(List.of(log));
        List<Converted> converted = new ArrayList<>();
        int found = 0;
        if (root != null && isOtherSpelling(path, root, to, log)) {
            MappingReader reader = MappingReader.alone(jobs);
            PropertyReferences properties = new PropertyReferences(path, jobs, false);
            for (MappingFile.Written written : MappingFile.mappings(path, root, log, logs::add)) {
                found++;
                MappingDraft draft = written.draft(properties);
                Mapping mapping = draft == null ? null : reader.read(draft);
                if (mapping != null && written.node() instanceof Node.Members node) {
                    converted.add(convert(node, mapping, path, written.log(), jobs, to));
                }
            }
        }
        List<Fault> faults = logs.stream()
                .flatMap(one -> one.faults().stream())
                .sorted(Faults.BY_PLACE)
                .toList();
        return new Conversion(List.copyOf(converted), faults, found);
    }

    private static boolean isOtherSpelling(String path, Node root, Format to, FaultLog log) {
        boolean pingIdm = PingIdmFile.matches(path, root);
        if (to == Format.JSON && pingIdm) {
            log.error(
                    Spot.root(path, 0), "the file is PingIDM's JSON already; without --to json it becomes native YAML");
            return false;
        }
        if (to == Format.YAML && !path.endsWith(".json")) {
            log.error(Spot.root(path, 0), "the file is native YAML already; with --to json it becomes PingIDM's JSON");
            return false;
        }
        if (to == Format.YAML && !pingIdm) {
            log.warning(
                    root,
                    "nothing in this file says that it is PingIDM's, so the default action is ASYNC; if it is, name it mapping-<name>.json");
        }
        return true;
    }

    /** As it is written, references to properties included. */
    private static String name(Node.Members node, Mapping mapping) {
        return node.members().get("name") instanceof Node.Leaf leaf && leaf.value() instanceof String name
                ? name
                : mapping.name();
    }

    private static Converted convert(
            Node.Members node, Mapping mapping, String path, FaultLog log, Sources jobs, Format to) {
        Spelling from = log.spelling();
        Spelling into = to == Format.YAML ? Spelling.NATIVE : Spelling.PING_IDM;
        Respelling respelling = new Respelling(from, into, file -> file(file, from, jobs));
        Map<String, @Nullable Object> respelled = respelling.mapping(plain(node), name(node, mapping));
        // A name that begins with a dot would make a hidden file, which is not read.
        String stem = mapping.name().startsWith(".") ? "_" + mapping.name() : mapping.name();
        return switch (to) {
            case YAML ->
                new Converted(mapping.name(), stem + ".yaml", YamlWriter.write(comments(path, from), respelled));
            case JSON -> {
                for (String key : OURS) {
                    Node ours = node.members().get(key);
                    if (ours != null && respelled.containsKey(key)) {
                        log.warning(
                                ours,
                                (key.equals("correlation") ? "normalize in correlation" : key)
                                        + " has no spelling in PingIDM; it is kept under its key, which only Concord reads");
                    }
                }
                yield new Converted(
                        mapping.name(), "mapping-" + mapping.name() + ".json", Json.writePretty(respelled) + "\n");
            }
        };
    }

    private static List<String> comments(String path, Spelling from) {
        // As long as names of files can be: one that is cut short is no name.
        String file = Quote.shorten(path, 255);
        return switch (from) {
            case PING_IDM ->
                List.of(
                        "Converted from PingIDM's " + file + ".",
                        "Situations without a rule had PingIDM's default actions there; they are written out at the end of policies.");
            case NATIVE -> List.of("Converted from " + file + ".");
        };
    }

    private static String file(String written, Spelling from, Sources jobs) {
        String path = SourcePath.normalize("", written);
        return path == null ? written : ScriptReader.path(path, from, jobs);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> plain(Node.Members node) {
        return node.plain() instanceof Map<?, ?> map
                ? new LinkedHashMap<>((Map<String, @Nullable Object>) map)
                : Collections.emptyMap();
    }
}
