package dev.concord.mapping;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two closures, in words: which file, and which of its keys. Values are never repeated, because a
 * definition may hold what not everybody should see.
 */
public final class ClosureChanges {

    /** More of them in one file tell nobody anything. */
    private static final int PER_FILE = 10;

    private final Map<String, String> before;
    private final Map<String, String> after;
    private final List<String> changes = new ArrayList<>();

    private ClosureChanges(Map<String, String> before, Map<String, String> after) {
        this.before = new TreeMap<>(before);
        this.after = new TreeMap<>(after);
    }

    /**
     * One line a difference, such as {@code mapping hr-to-users: properties[3].transform changed}; empty when the
     * closures are the same.
     *
     * @param before texts by path, as {@link Closure#texts} has them; likewise {@code after}
     */
    public static List<String> between(Map<String, String> before, Map<String, String> after) {
        ClosureChanges found = new ClosureChanges(before, after);
        TreeSet<String> paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        paths.forEach(found::compare);
        return List.copyOf(found.changes);
    }

    private void compare(String path) {
        String old = before.get(path);
        String now = after.get(path);
        if (Objects.equals(old, now)) {
            return;
        }
        String what = what(path);
        if (old == null || now == null) {
            changes.add(what + (old == null ? " is new" : " is gone, or no longer used"));
            return;
        }
        if (!SourcePath.isDefinition(path) && !path.startsWith("properties/")) {
            changes.add(what + " changed");
            return;
        }
        List<String> inside = new ArrayList<>();
        Map<String, @Nullable Object> partsBefore = parts(path, what, old);
        Map<String, @Nullable Object> partsAfter = parts(path, what, now);
        LinkedHashSet<String> names = new LinkedHashSet<>(partsBefore.keySet());
        names.addAll(partsAfter.keySet());
        for (String name : names) {
            List<String> found = new ArrayList<>();
            difference("", partsBefore.get(name), partsAfter.get(name), found);
            found.stream().limit(PER_FILE).map(line -> name + ": " + line).forEach(inside::add);
            if (found.size() > PER_FILE) {
                inside.add(name + ": and " + (found.size() - PER_FILE) + " more");
            }
        }
        changes.addAll(inside.isEmpty() ? List.of(what + ": comments or layout only") : inside);
    }

    private static String what(String path) {
        String stem = path.substring(path.indexOf('/') + 1);
        stem = SourcePath.isDefinition(path) ? stem.substring(0, stem.lastIndexOf('.')) : stem;
        String folder = path.indexOf('/') < 0 ? "" : path.substring(0, path.indexOf('/'));
        return switch (folder) {
            case "systems" -> "system " + stem;
            case "managed" -> "managed type " + stem;
            case "keys" -> "key " + stem;
            case "properties" -> "properties of " + stem.substring(0, stem.lastIndexOf('.'));
            default -> SourcePath.isDefinition(path) && !path.endsWith(".json") ? "mapping " + stem : path;
        };
    }

    /** The definitions in a file by what they are called in a message; a file of PingIDM may hold several mappings. */
    private static Map<String, @Nullable Object> parts(String path, String what, String text) {
        FaultLog log = new FaultLog(Spelling.NATIVE);
        String file = path.endsWith(".yml") || path.endsWith(".yaml") ? path : "x.json";
        Node root = Node.read(file, text, log);
        if (root == null) {
            return Map.of(what, text);
        }
        if (path.indexOf('/') >= 0 && !path.startsWith("mapping/")) {
            return Collections.singletonMap(what, root.plain());
        }
        Map<String, @Nullable Object> parts = new LinkedHashMap<>();
        for (MappingFile.Written written : MappingFile.mappings(path, root, log, own -> {})) {
            String name = written.node() instanceof Node.Members members
                            && members.members().get("name") instanceof Node.Leaf leaf
                            && leaf.value() instanceof String own
                    ? own
                    : written.derivedName();
            parts.put(
                    name == null ? what : "mapping " + Quote.shorten(name, 60),
                    written.node().plain());
        }
        return parts;
    }

    private static void difference(
            String at, @Nullable Object before, @Nullable Object after, List<String> differences) {
        if (Objects.equals(before, after)) {
            return;
        }
        String here = at.isEmpty() ? "it" : at;
        if (before == null || after == null) {
            differences.add(here + (before == null ? " added" : " removed"));
        } else if (before instanceof Map<?, ?> old && after instanceof Map<?, ?> now) {
            LinkedHashSet<Object> names = new LinkedHashSet<>(old.keySet());
            names.addAll(now.keySet());
            for (Object name : names) {
                String shown = Quote.shorten(String.valueOf(name), 60);
                difference(at.isEmpty() ? shown : at + "." + shown, old.get(name), now.get(name), differences);
            }
        } else if (before instanceof List<?> old && after instanceof List<?> now) {
            elements(at, old, now, differences);
        } else {
            differences.add(here + " changed");
        }
    }

    /** What is the same at both ends was only moved. */
    private static void elements(String at, List<?> before, List<?> after, List<String> differences) {
        int shorter = Math.min(before.size(), after.size());
        int start = 0;
        while (start < shorter && Objects.equals(before.get(start), after.get(start))) {
            start++;
        }
        int end = 0;
        while (end < shorter - start
                && Objects.equals(before.get(before.size() - 1 - end), after.get(after.size() - 1 - end))) {
            end++;
        }
        int old = before.size() - end - start;
        int now = after.size() - end - start;
        for (int i = start; i < start + Math.min(old, now); i++) {
            difference(at + "[" + i + "]", before.get(i), after.get(i), differences);
        }
        for (int i = start + Math.min(old, now); i < start + Math.max(old, now); i++) {
            differences.add(at + "[" + i + "]" + (old > now ? " removed" : " added"));
        }
    }
}
