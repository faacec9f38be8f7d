package dev.concord.record;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a resource together with {@code _id} and {@code _rev}, without copying them for a look-up by name.
 */
final class ResourceView extends AbstractMap<String, @Nullable Object> {

    private final Resource resource;
    private @Nullable Map<String, @Nullable Object> all;

    ResourceView(Resource resource) {
        this.resource = resource;
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        if ("_id".equals(name)) {
            return resource.id();
        }
        return "_rev".equals(name) ? resource.revision() : resource.content().get(name);
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return "_id".equals(name)
                || ("_rev".equals(name) && resource.revision() != null)
                || resource.content().containsKey(name);
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
        if (all == null) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            map.put("_id", resource.id());
            if (resource.revision() != null) {
                map.put("_rev", resource.revision());
            }
            map.putAll(resource.content());
            all = Collections.unmodifiableMap(map);
        }
        return all.entrySet();
    }
}
