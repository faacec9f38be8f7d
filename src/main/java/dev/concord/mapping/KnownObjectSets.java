package dev.concord.mapping;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The object sets that the definitions describe, those with faults included. */
final class KnownObjectSets {

    private final TreeSet<String> paths = new TreeSet<>();
    private final Map<String, String> brokenPrefixes = new TreeMap<>();

    void add(ManagedType type) {
        paths.add("managed/" + type.name());
    }

    void add(SystemDefinition system) {
        objects(system).keySet().forEach(type -> paths.add("system/" + system.name() + "/" + type));
    }

    /** Remembers a file with errors, so that mappings that use it can say so. */
    void addBroken(String prefix, String file) {
        brokenPrefixes.put(prefix, file);
    }

    void check(@Nullable String path, Node node, FaultLog log) {
        if (path == null) {
            return;
        }
        String broken = broken(path);
        if (broken != null) {
            log.error(node, path + " cannot be used: jobs/" + broken + " has errors; repair them first");
        } else if (!paths.contains(path)) {
            log.error(node, Quote.text(path) + " is no known object set" + Suggestion.tail("known", path, paths));
        }
    }

    private @Nullable String broken(String path) {
        for (Map.Entry<String, String> entry : brokenPrefixes.entrySet()) {
            if ((path + "/").startsWith(entry.getKey() + "/")) {
                return entry.getValue();
            }
        }
        return null;
    }

    static Map<String, ?> objects(SystemDefinition system) {
        return switch (system) {
            case SystemDefinition.Files files -> files.objects();
            case SystemDefinition.Jdbc jdbc -> jdbc.objects();
        };
    }
}
