package dev.concord.oracle;

import dev.concord.link.Link;
import dev.concord.link.Links;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Mapping;
import dev.concord.record.JsonValues;
import dev.concord.record.Resource;
import dev.concord.run.Reconciliations;
import dev.concord.system.KeyRange;
import dev.concord.system.ObjectSet;
import dev.concord.system.ObjectSets;
import dev.concord.system.Page;
import dev.concord.testing.House;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The targets and links of one mapping at one moment.
 *
 * @param targets by id
 */
public record Holdings(Map<String, Target> targets, List<LinkRow> links) {

    /** Before the first run. */
    public static final Holdings NONE = new Holdings(Map.of(), List.of());

    private static final int AT_ONCE = 5_000;

    /**
     * One target. Attributes without a value are left out, and equal values are equal objects.
     *
     * @param revision null when it is not known
     */
    public record Target(
            Map<String, Object> attributes, @Nullable String revision) {

        static Target of(Map<String, ?> attributes, @Nullable String revision) {
            Map<String, Object> values = new LinkedHashMap<>();
            attributes.forEach((name, value) -> {
                Object key = JsonValues.key(value);
                if (key != null) {
                    values.put(name, key);
                }
            });
            return new Target(values, revision);
        }
    }

    /** @param revision -1 when it is not known */
    public record LinkRow(String qualifier, String source, String target, int revision) {}

    /** What a mapping's target and links hold now. */
    public static Holdings of(House house, String mapping) {
        Definitions definitions = house.get(Reconciliations.class).definitions();
        Mapping found = Objects.requireNonNull(definitions.mappings().get(mapping));
        try (ObjectSets sets = house.get(ObjectSets.Factory.class).of(definitions)) {
            return of(
                    sets.open(found.target()).asTarget(),
                    house.get(Reconciliations.class).links(mapping));
        }
    }

    public static Holdings of(ObjectSet target, Links links) {
        Map<String, Target> targets = new LinkedHashMap<>();
        String after = null;
        boolean end = false;
        while (!end) {
            Page page = target.scan(KeyRange.ALL, after, AT_ONCE, null);
            for (Page.Item item : page.items()) {
                Resource resource = ((Page.Item.Found) item).resource();
                targets.put(resource.id(), Target.of(resource.content(), resource.revision()));
            }
            after = page.lastPosition();
            end = page.end() || after == null;
        }
        return new Holdings(targets, rows(links));
    }

    Holdings withoutRevisions() {
        Map<String, Target> contents = new LinkedHashMap<>();
        targets.forEach((id, target) -> contents.put(id, new Target(target.attributes(), null)));
        return new Holdings(
                contents,
                links.stream()
                        .map(link -> new LinkRow(link.qualifier(), link.source(), link.target(), -1))
                        .toList());
    }

    private static List<LinkRow> rows(Links links) {
        List<LinkRow> rows = new ArrayList<>();
        String after = null;
        List<Link> some = links.scan(null, AT_ONCE);
        while (!some.isEmpty()) {
            for (Link link : some) {
                rows.add(new LinkRow(link.qualifier(), link.sourceId(), link.targetId(), link.revision()));
                after = links.position(link);
            }
            some = links.scan(after, AT_ONCE);
        }
        return rows;
    }
}
