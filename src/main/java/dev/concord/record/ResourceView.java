package dev.concord.record;

import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The attributes of a resource together with {@code _id} and {@code _rev}, without copying them for a look-up by name. */
final class ResourceView extends AbstractMap<String, @Nullable Object> {

    private final Resource resource;
    private @Nullable Map<String, @Nullable Object> all;

    ResourceView(Resource resource) {
        this.resource = resource;
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        return switch (name) {
            case "_id" -> resource.id();
            case "_rev" -> resource.revision();
            case null, default -> resource.content().get(name);
        };
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
            all = map;
        }
        return all.entrySet();
    }
}
