package dev.concord.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where mappings stand in PingIDM's JSON files: {@code sync.json} ({@code mappings}), a file per mapping, and exports,
 * which wrap these in {@code mapping}, {@code sync} and {@code idm}.
 */
final class PingIdmFile {

    /** One mapping in a file, with the name it has when it does not say one itself. */
    record Found(Node node, @Nullable String derivedName) {}

    /** The keys whose values hold mappings; what has one of them is no mapping itself. */
    static final List<String> COLLECTIONS = List.of("mappings", "mapping", "sync", "idm");

    private static final String ID_PREFIX = "mapping/";
    private static final Pattern NAMED =
            Pattern.compile("mapping-(.+)\\.json|mapping/(.+)\\.json|(.+)\\.mapping\\.json");
    private static final Pattern OTHERS = Pattern.compile("sync\\.json|.+\\.sync\\.json");

    private PingIdmFile() {}

    /** Whether a file is PingIDM's: by its name, or by content that only PingIDM writes. */
    static boolean matches(String file, Node root) {
        if (!file.endsWith(".json")) {
            return false;
        }
        return NAMED.matcher(file).matches()
                || OTHERS.matcher(file).matches()
                || member(root, "mappings") instanceof Node.Elements
                || member(root, "mapping") instanceof Node.Members
                || member(root, "sync") instanceof Node.Members
                || member(root, "idm") instanceof Node.Members
                || id(root) != null;
    }

    static List<Found> mappings(String file, Node root) {
        List<Found> found = new ArrayList<>();
        collect(root, found);
        if (found.isEmpty() && !isCollection(root)) {
            found.add(new Found(root, id(root) == null ? nameOf(file) : id(root)));
        }
        return found;
    }

    private static void collect(Node root, List<Found> found) {
        if (member(root, "mappings") instanceof Node.Elements list) {
            list.elements().forEach(node -> found.add(new Found(node, id(node))));
        }
        if (member(root, "mapping") instanceof Node.Members byId) {
            byId.members().forEach((id, node) -> found.add(new Found(node, withoutPrefix(id))));
        }
        if (member(root, "sync") instanceof Node.Members sync) {
            collect(sync, found);
        }
        if (member(root, "idm") instanceof Node.Members idm) {
            collect(idm, found);
            idm.members().forEach((id, node) -> {
                if (id.startsWith(ID_PREFIX)) {
                    found.add(new Found(node, withoutPrefix(id)));
                }
            });
        }
    }

    private static boolean isCollection(Node root) {
        return COLLECTIONS.stream().anyMatch(key -> member(root, key) != null);
    }

    private static @Nullable String nameOf(String file) {
        Matcher matcher = NAMED.matcher(file);
        if (!matcher.matches()) {
            return null;
        }
        String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        return name != null ? name : matcher.group(3);
    }

    private static @Nullable String id(Node node) {
        return member(node, "_id") instanceof Node.Leaf leaf
                        && leaf.value() instanceof String id
                        && id.startsWith(ID_PREFIX)
                ? withoutPrefix(id)
                : null;
    }

    private static String withoutPrefix(String id) {
        return id.startsWith(ID_PREFIX) ? id.substring(ID_PREFIX.length()) : id;
    }

    private static @Nullable Node member(Node node, String key) {
        return node instanceof Node.Members members ? members.members().get(key) : null;
    }
}
