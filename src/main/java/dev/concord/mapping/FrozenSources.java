package dev.concord.mapping;

import dev.concord.record.Json;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The texts that a run has frozen. */
final class FrozenSources extends Sources {

    private final Map<String, String> texts;

    FrozenSources(Map<String, String> texts) {
        this.texts = new TreeMap<>(texts);
        for (String path : this.texts.keySet()) {
            if (!path.equals(SourcePath.normalize("", path))) {
                throw new IllegalArgumentException(
                        Quote.text(path) + " is no path below jobs/; required is one like systems/hr.yaml.");
            }
        }
    }

    @Override
    Listing list() {
        return new Listing(
                texts.keySet().stream().filter(SourcePath::isDefinition).toList(), "");
    }

    @Override
    Content read(String path) {
        String text = texts.get(path);
        return text == null ? new Content.Absent() : new Content.Text(text);
    }

    @Override
    @Nullable
    String property(String file, String name) {
        String frozen = texts.get(PropertyReferences.frozenPath(file));
        return frozen != null && Json.readObject(frozen).get(name) instanceof String value ? value : null;
    }

    /** Data files are not frozen, so nothing can be said about them. */
    @Override
    boolean isMissing(String path) {
        return false;
    }
}
