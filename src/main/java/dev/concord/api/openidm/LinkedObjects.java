package dev.concord.api.openidm;

import dev.concord.access.Role;
import dev.concord.api.Refusal;
import dev.concord.api.access.Caller;
import dev.concord.link.Link;
import dev.concord.link.Links;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Mapping;
import dev.concord.record.Resource;
import dev.concord.run.Reconciliations;
import dev.concord.system.ObjectSet;
import dev.concord.system.ObjectSets;
import dev.concord.system.SystemUnavailable;
import dev.concord.system.UnreadableObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What an object is linked to, by the links of all mappings. */
@Component
final class LinkedObjects {

    private final Reconciliations reconciliations;

    LinkedObjects(Reconciliations reconciliations) {
        this.reconciliations = reconciliations;
    }

    /** An object by its address, such as {@code managed/person/ada} or {@code system/hr/employee/17}. */
    private record Address(String set, String id) {

        static Address of(String text) {
            String[] parts = text.split("/", text.startsWith("system/") ? 4 : 3);
            boolean whole = (parts[0].equals("system") && parts.length == 4)
                    || (parts[0].equals("managed") && parts.length == 3);
            if (!whole || parts[parts.length - 1].isEmpty()) {
                throw Refusal.badRequest("resourceName must be the address of an object, such as managed/TYPE/ID or"
                        + " system/NAME/TYPE/ID.");
            }
            String id = parts[parts.length - 1];
            return new Address(text.substring(0, text.length() - id.length() - 1), id);
        }
    }

    List<Map<String, @Nullable Object>> of(String resourceName, Definitions definitions, ObjectSets sets) {
        Address asked = Address.of(resourceName);
        List<Map<String, @Nullable Object>> linked = new ArrayList<>();
        for (Mapping mapping : definitions.mappings().values()) {
            if (mapping.linkOwner().equals(mapping.name())) {
                Links links = reconciliations.links(mapping);
                if (mapping.source().equals(asked.set)) {
                    links.ofSources(List.of(links.type().sourceKey(asked.id)))
                            .values()
                            .forEach(found -> found.forEach(link -> linked.add(
                                    json(mapping, link, mapping.target(), link.targetId(), asked, definitions, sets))));
                }
                if (mapping.target().equals(asked.set)) {
                    links.ofTargets(List.of(links.type().targetKey(asked.id)))
                            .values()
                            .forEach(found -> found.forEach(link -> linked.add(
                                    json(mapping, link, mapping.source(), link.sourceId(), asked, definitions, sets))));
                }
            }
        }
        return linked;
    }

    private static Map<String, @Nullable Object> json(
            Mapping owner, Link link, String set, String id, Address asked, Definitions definitions, ObjectSets sets) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("resourceName", set + "/" + id);
        if (Caller.current().may(Role.AUDITOR)) {
            json.put("content", content(sets, set, id));
        }
        json.put("linkQualifier", link.qualifier());
        json.put("linkType", owner.name());
        json.put(
                "mappings",
                definitions.mappings().values().stream()
                        .filter(mapping -> mapping.linkOwner().equals(owner.name()))
                        .flatMap(mapping -> roles(mapping, asked))
                        .toList());
        return json;
    }

    /** What the object that was asked about is to a mapping. */
    private static Stream<Map<String, @Nullable Object>> roles(Mapping mapping, Address asked) {
        List<Map<String, @Nullable Object>> roles = new ArrayList<>();
        if (mapping.source().equals(asked.set)) {
            roles.add(Map.of("name", mapping.name(), "type", "source"));
        }
        if (mapping.target().equals(asked.set)) {
            roles.add(Map.of("name", mapping.name(), "type", "target"));
        }
        return roles.stream();
    }

    /** Null when the object is gone, or cannot be read now. */
    private static @Nullable Map<String, @Nullable Object> content(ObjectSets sets, String path, String id) {
        try {
            ObjectSet set = sets.open(path);
            Resource resource = set.fetch(List.of(id)).get(id);
            return resource == null ? null : new Visibility(set.schema(), true).of(resource);
        } catch (SystemUnavailable | UnreadableObject | IllegalArgumentException trouble) {
            return null;
        }
    }
}
