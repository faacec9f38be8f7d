package dev.concord.recon;

import dev.concord.record.Resource;
import dev.concord.system.ObjectSet;
import dev.concord.system.UnreadableObject;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What became of a bulk fetch: the objects that were read, and the ids of those that exist but cannot be read. An id
 * that is in neither does not exist.
 */
record Fetched(Map<String, Resource> found, Set<String> unreadable) {

    /** One round trip, or one for each id when one of them cannot be read. */
    static Fetched of(ObjectSet set, Collection<String> ids) {
        if (ids.isEmpty()) {
            return new Fetched(Map.of(), Set.of());
        }
        try {
            return new Fetched(set.fetch(ids), Set.of());
        } catch (UnreadableObject oneOfThem) {
            Fetched result = new Fetched(new HashMap<>(), new HashSet<>());
            ids.forEach(id -> result.fetchOne(set, id));
            return result;
        }
    }

    private void fetchOne(ObjectSet set, String id) {
        try {
            found.putAll(set.fetch(List.of(id)));
        } catch (UnreadableObject it) {
            unreadable.add(id);
        }
    }

    @Nullable
    Resource get(String id) {
        return found.get(id);
    }

    boolean exists(String id) {
        return found.containsKey(id) || unreadable.contains(id);
    }
}
