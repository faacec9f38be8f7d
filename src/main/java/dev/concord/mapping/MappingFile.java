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
     * @param log the log of the file
     * @param logs takes the logs of mappings that have one of their own
     */
    static List<MappingDraft> drafts(String path, Node root, FaultLog log, Consumer<FaultLog> logs) {
        List<MappingDraft> drafts = new ArrayList<>();
        if (!PingIdmFile.matches(path, root)) {
            add(MappingDraft.read(root, null, log), drafts);
            return drafts;
        }
        List<PingIdmFile.Found> found = PingIdmFile.mappings(path, root);
        if (found.isEmpty()) {
            log.warning(root, "no mappings in this file");
        }
        for (PingIdmFile.Found one : found) {
            FaultLog own = new FaultLog(Spelling.PING_IDM, log);
            logs.accept(own);
            add(MappingDraft.read(one.node(), one.derivedName(), own), drafts);
        }
        return drafts;
    }

    /** Whether a file has a mapping of this name, faults aside. */
    static boolean has(String name, String path, String text) {
        FaultLog log = new FaultLog(Spelling.NATIVE);
        Node root = Node.read(path, text, log);
        return root != null && drafts(path, root, log, own -> {}).stream().anyMatch(draft -> name.equals(draft.name()));
    }

    private static void add(@Nullable MappingDraft draft, List<MappingDraft> drafts) {
        if (draft != null) {
            drafts.add(draft);
        }
    }
}
