package dev.concord.mapping;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Other sources as they would be after some files were written and others removed. */
final class ChangedSources extends Sources {

    private final Sources before;
    private final Map<String, @Nullable String> changes;

    /** @param changes the new text by path; null where the file is removed */
    ChangedSources(Sources before, Map<String, @Nullable String> changes) {
        this.before = before;
        this.changes = new TreeMap<>(changes);
    }

    @Override
    Listing list() {
        Listing listing = before.list();
        TreeSet<String> files = new TreeSet<>(listing.files());
        changes.forEach((path, text) -> {
            if (text == null) {
                files.remove(path);
            } else if (SourcePath.isDefinition(path)) {
                files.add(path);
            }
        });
        return new Listing(files.stream().toList(), listing.problem());
    }

    @Override
    Content read(String path) {
        if (!changes.containsKey(path)) {
            return before.read(path);
        }
        String text = changes.get(path);
        if (text == null) {
            return new Content.Absent();
        }
        int limit = path.endsWith(".json") ? Limits.JSON_BYTES : Limits.YAML_BYTES;
        return text.length() > limit
                ? new Content.Refused("the file is larger than " + limit / 1024 / 1024 + " MB", 0)
                : new Content.Text(text);
    }

    @Override
    @Nullable
    String property(String file, String name) {
        return before.property(file, name);
    }

    @Override
    boolean isMissing(String path) {
        return changes.containsKey(path) ? changes.get(path) == null : before.isMissing(path);
    }
}
