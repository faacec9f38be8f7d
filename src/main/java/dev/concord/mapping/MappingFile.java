package dev.concord.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the mappings in a file: one in a native file, any number in one of PingIDM. */
final class MappingFile {

    private MappingFile() {}

    static boolean matches(String path) {
        return path.indexOf('/') < 0 || path.startsWith("mapping/");
    }

    /**
     * What is written of one mapping.
     *
     * @param derivedName the name it has when it does not say one itself
     * @param log where its faults go
     */
    record Written(Node node, @Nullable String derivedName, FaultLog log) {

        /** The mapping with the values of properties in the place of references; null when it is no object. */
        @Nullable
        MappingDraft draft(PropertyReferences properties) {
            return MappingDraft.read(properties.resolve(node, log), derivedName, log);
        }
    }

    /**
     * @param log the log of the file
     * @param logs takes the logs of mappings that have one of their own
     */
    static List<Written> mappings(String path, Node root, FaultLog log, Consumer<FaultLog> logs) {
        if (!PingIdmFile.matches(path, root)) {
            return List.of(new Written(root, null, log));
        }
        List<Written> mappings = new ArrayList<>();
        for (PingIdmFile.Found one : PingIdmFile.mappings(path, root)) {
            FaultLog own = new FaultLog(Spelling.PING_IDM, log, log.isStrict());
            logs.accept(own);
            mappings.add(new Written(one.node(), one.derivedName(), own));
        }
        if (mappings.isEmpty()) {
            log.warning(root, "no mappings in this file");
        }
        return mappings;
    }

    /** Whether a file has a mapping of this name, faults aside. */
    static boolean has(String name, String path, String text, Sources sources) {
        FaultLog log = new FaultLog(Spelling.NATIVE);
        Node root = Node.read(path, text, log);
        PropertyReferences properties = new PropertyReferences(path, sources, false);
        return root != null
                && mappings(path, root, log, own -> {}).stream()
                        .map(written -> written.draft(properties))
                        .anyMatch(draft -> draft != null && name.equals(draft.name()));
    }
}
