package dev.concord.mapping;

import dev.concord.record.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes one mapping in the text of a PingIDM file, and leaves what else is in it. */
final class JsonMappings {

    private static final String ID_PREFIX = "mapping/";

    private final List<Place> places = new ArrayList<>();

    /** Where a mapping stands: takes what shall stand there, or null for nothing. */
    @FunctionalInterface
    private interface Place {
        void put(@Nullable Map<String, @Nullable Object> mapping);
    }

    private JsonMappings() {}

    /**
     * The text with another mapping in the place of one, or without it.
     *
     * @param index of the mapping among those that {@link PingIdmFile#mappings} finds
     * @return null when nothing is left for which there would be a file
     */
    static @Nullable String replace(String text, int index, @Nullable Map<String, @Nullable Object> mapping) {
        Map<String, @Nullable Object> root = Json.readObject(text);
        JsonMappings found = new JsonMappings();
        found.collect(root);
        if (found.places.isEmpty()) {
            return mapping == null ? null : Json.writePretty(mapping) + "\n";
        }
        found.places.get(index).put(mapping);
        return Json.writePretty(root) + "\n";
    }

    /** In the very order in which they are read. */
    @SuppressWarnings("unchecked")
    private void collect(Map<String, @Nullable Object> root) {
        if (root.get("mappings") instanceof List<?> elements) {
            List<@Nullable Object> list = (List<@Nullable Object>) elements;
            for (int i = 0; i < list.size(); i++) {
                int place = i;
                places.add(mapping -> {
                    if (mapping == null) {
                        list.remove(place);
                    } else {
                        list.set(place, mapping);
                    }
                });
            }
        }
        if (root.get("mapping") instanceof Map<?, ?> members) {
            Map<String, @Nullable Object> byId = (Map<String, @Nullable Object>) members;
            byId.keySet().forEach(id -> places.add(in(byId, id)));
        }
        if (root.get("sync") instanceof Map<?, ?> sync) {
            collect((Map<String, @Nullable Object>) sync);
        }
        if (root.get("idm") instanceof Map<?, ?> members) {
            Map<String, @Nullable Object> idm = (Map<String, @Nullable Object>) members;
            collect(idm);
            idm.keySet().stream().filter(id -> id.startsWith(ID_PREFIX)).forEach(id -> places.add(in(idm, id)));
        }
    }

    private static Place in(Map<String, @Nullable Object> parent, String id) {
        return (@Nullable Map<String, @Nullable Object> mapping) -> {
            if (mapping == null) {
                parent.remove(id);
            } else {
                parent.put(id, mapping);
            }
        };
    }
}
