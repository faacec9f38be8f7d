package dev.concord.review;

import dev.concord.mapping.Action;
import dev.concord.mapping.AttributeDefinition;
import dev.concord.mapping.Hook;
import dev.concord.mapping.ManagedType;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Place;
import dev.concord.mapping.Places;
import dev.concord.mapping.PropertyRow;
import dev.concord.record.Pointer;
import dev.concord.script.SyntaxTrees;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Required attributes of managed types that a mapping which creates objects never gives a value. */
final class RequiredAttributes {

    private final Mapping mapping;
    private final Schemas schemas;
    private final Places places;
    private final Warnings warnings;

    RequiredAttributes(Mapping mapping, Schemas schemas, Places places, Warnings warnings) {
        this.mapping = mapping;
        this.schemas = schemas;
        this.places = places;
        this.warnings = warnings;
    }

    void look() {
        ManagedType type = schemas.managedType(mapping.target());
        if (type == null || !MappingReview.mayDo(mapping, Action.CREATE)) {
            return;
        }
        Set<String> missing = new TreeSet<>();
        type.attributes().values().stream()
                .filter(AttributeDefinition::required)
                .forEach(attribute -> missing.add(attribute.name()));
        for (PropertyRow row : mapping.properties()) {
            if (row.target().isWhole()) {
                return;
            }
            missing.remove(row.target().attribute());
        }
        if (!missing.isEmpty() && !areGivenByScripts(missing)) {
            Place place = places.of(mapping.place(), "properties");
            warnings.add(
                    place,
                    String.join(", ", missing) + " of " + mapping.target()
                            + (missing.size() == 1 ? " is" : " are")
                            + " required, but no row gives a value, so every CREATE is refused; add a row with"
                            + " target: " + missing.iterator().next() + ", or remove required in jobs/"
                            + type.place().file());
        }
    }

    /** Takes away what the scripts that may change a new target write; true when they may write anything. */
    private boolean areGivenByScripts(Set<String> missing) {
        boolean hooks =
                mapping.hooks().containsKey(Hook.ON_CREATE) || mapping.hooks().containsKey(Hook.ON_MAPPING);
        if (!hooks) {
            return false;
        }
        Set<String> parts = Set.of(Hook.ON_CREATE.key(), Hook.ON_MAPPING.key());
        List<Use> uses = new ArrayList<>();
        Set<Place> unread = new LinkedHashSet<>();
        try (SyntaxTrees trees = new SyntaxTrees()) {
            new MappingUses(mapping, places, trees, uses, unread).collect();
        }
        boolean open = !unread.isEmpty();
        for (Use use : uses) {
            if (parts.contains(use.part()) && use.objectSet().equals(mapping.target())) {
                open |= use.way() == Use.Way.MAY_USE && use.attribute().equals(Pointer.WHOLE);
                if (use.way() == Use.Way.WRITES) {
                    missing.remove(use.attribute().attribute());
                }
            }
        }
        return open || missing.isEmpty();
    }
}
