package dev.concord.review;

import dev.concord.mapping.Definitions;
import dev.concord.mapping.ManagedType;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Place;
import dev.concord.mapping.Places;
import dev.concord.mapping.Suggestion;
import dev.concord.record.Pointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Attributes that the object sets on both sides of mappings do not have. */
final class UnknownAttributes {

    private static final String DISPLAY = "displayAttributes";

    private final Definitions definitions;
    private final Schemas schemas;
    private final Places places;
    private final Warnings warnings;

    UnknownAttributes(Definitions definitions, Schemas schemas, Places places, Warnings warnings) {
        this.definitions = definitions;
        this.schemas = schemas;
        this.places = places;
        this.warnings = warnings;
    }

    void look() {
        for (Use use : DefinitionUses.of(definitions, null).uses()) {
            boolean names = use.way() == Use.Way.READS || use.way() == Use.Way.WRITES;
            if (names
                    && definitions.mappings().containsKey(use.owner())
                    && !use.part().equals(DISPLAY)) {
                look(use.place(), use.objectSet(), use.attribute(), use.way() == Use.Way.WRITES);
            }
        }
        definitions.mappings().values().forEach(this::lookAtDisplay);
    }

    private void look(Place place, String objectSet, Pointer attribute, boolean written) {
        Optional<Set<String>> known = schemas.attributes(objectSet);
        if (attribute.isWhole() || known.isEmpty() || known.get().contains(attribute.attribute())) {
            return;
        }
        String name = attribute.attribute();
        warnings.add(
                place,
                "\"" + name + "\" is no attribute of " + objectSet + ", so "
                        + (written ? "every object that gets it is refused" : "nothing is ever found there")
                        + Suggestion.tail("known", name, known.get()) + remedy(objectSet));
    }

    private String remedy(String objectSet) {
        ManagedType type = schemas.managedType(objectSet);
        return type == null ? "" : ", or add it in jobs/" + type.place().file();
    }

    /** A plain name stands for the row of that name; without one it may be found on either side. */
    private void lookAtDisplay(Mapping mapping) {
        if (!(places.value(mapping.place(), DISPLAY) instanceof List<?> written)) {
            return;
        }
        for (int i = 0; i < written.size() && i < mapping.displayAttributes().size(); i++) {
            Mapping.Display display = mapping.displayAttributes().get(i);
            Place place = places.of(mapping.place(), DISPLAY, Integer.toString(i));
            if (!(written.get(i) instanceof String)) {
                if (display.source() != null) {
                    look(place, mapping.source(), display.source(), false);
                }
                if (display.target() != null) {
                    look(place, mapping.target(), display.target(), false);
                }
            } else if (display.source() != null
                    && display.source().equals(display.target())
                    && isUnknown(mapping.source(), display.source())
                    && isUnknown(mapping.target(), display.source())) {
                List<String> all =
                        new ArrayList<>(schemas.attributes(mapping.source()).orElse(Set.of()));
                all.addAll(schemas.attributes(mapping.target()).orElse(Set.of()));
                String name = display.source().attribute();
                String nearest = Suggestion.nearest(name, all);
                warnings.add(
                        place,
                        "\"" + name + "\" is an attribute of neither " + mapping.source() + " nor " + mapping.target()
                                + ", so reports show nothing"
                                + (nearest == null ? "; name one of theirs" : "; did you mean " + nearest + "?"));
            }
        }
    }

    private boolean isUnknown(String objectSet, Pointer attribute) {
        return schemas.attributes(objectSet)
                .filter(known -> !known.contains(attribute.attribute()))
                .isPresent();
    }
}
