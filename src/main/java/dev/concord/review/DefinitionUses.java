package dev.concord.review;

import dev.concord.mapping.Definitions;
import dev.concord.mapping.ManagedType;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Place;
import dev.concord.mapping.Places;
import dev.concord.mapping.SystemDefinition;
import dev.concord.record.Pointer;
import dev.concord.review.Use.Way;
import dev.concord.script.SyntaxTrees;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every use of object types and attributes in all definitions. */
final class DefinitionUses {

    /**
     * @param uses in the order of the definitions
     * @param unread the scripts that could not be looked into
     */
    record Found(List<Use> uses, Set<Place> unread) {}

    private final List<Use> uses = new ArrayList<>();

    private DefinitionUses() {}

    /** @param trees null to leave out what is inside scripts */
    static Found of(Definitions definitions, @Nullable SyntaxTrees trees) {
        DefinitionUses all = new DefinitionUses();
        Places places = new Places(definitions);
        Set<Place> unread = new LinkedHashSet<>();
        definitions.managedTypes().values().forEach(type -> all.add(type, places));
        definitions.systems().values().forEach(system -> all.add(system, places));
        for (Mapping mapping : definitions.mappings().values()) {
            new MappingUses(mapping, places, trees, all.uses, unread).collect();
        }
        return new Found(List.copyOf(new LinkedHashSet<>(all.uses)), unread);
    }

    private void add(ManagedType type, Places places) {
        String objectSet = "managed/" + type.name();
        String owner = "managed type " + type.name();
        uses.add(new Use(type.place(), owner, "", Way.DEFINES, objectSet, Pointer.WHOLE, Losses.TYPE));
        type.attributes()
                .keySet()
                .forEach(name -> uses.add(new Use(
                        places.of(type.place(), "attributes", name),
                        owner,
                        "attribute " + name,
                        Way.DEFINES,
                        objectSet,
                        new Pointer(List.of(name)),
                        Losses.COLUMN)));
    }

    private void add(SystemDefinition system, Places places) {
        switch (system) {
            case SystemDefinition.Files files ->
                files.objects().forEach((type, objects) -> {
                    set(system, type, objects.place(), objects.id(), places);
                    attributes(
                            system, type, objects.place(), objects.attributes().keySet(), places);
                });
            case SystemDefinition.Jdbc jdbc ->
                jdbc.objects().forEach((type, objects) -> {
                    set(system, type, objects.place(), objects.id(), places);
                    attributes(
                            system, type, objects.place(), objects.attributes().keySet(), places);
                });
        }
    }

    private void set(SystemDefinition system, String type, Place place, String id, Places places) {
        String objectSet = "system/" + system.name() + "/" + type;
        String owner = "system " + system.name();
        uses.add(new Use(place, owner, "objects " + type, Way.DEFINES, objectSet, Pointer.WHOLE, Losses.TYPE));
        uses.add(new Use(
                places.of(place, "id"),
                owner,
                "id of " + type,
                Way.READS,
                objectSet,
                new Pointer(List.of(id)),
                Losses.ID));
    }

    private void attributes(SystemDefinition system, String type, Place place, Set<String> attributes, Places places) {
        boolean open = system instanceof SystemDefinition.Files files && files.format() == SystemDefinition.Format.JSON;
        attributes.forEach(name -> uses.add(new Use(
                places.of(place, "attributes", name),
                "system " + system.name(),
                "attribute " + name + " of " + type,
                Way.DEFINES,
                "system/" + system.name() + "/" + type,
                new Pointer(List.of(name)),
                open ? Losses.OPEN_DECLARATION : Losses.DECLARATION)));
    }
}
