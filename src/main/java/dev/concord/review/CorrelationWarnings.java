package dev.concord.review;

import dev.concord.mapping.AttributeDefinition;
import dev.concord.mapping.Correlation;
import dev.concord.mapping.ManagedType;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Place;
import dev.concord.mapping.Places;
import dev.concord.record.Pointer;
import java.util.ArrayList;
import java.util.List;

/** Correlation that has to walk through the whole table of a managed type for each page. */
final class CorrelationWarnings {

    private final Mapping mapping;
    private final Schemas schemas;
    private final Places places;
    private final Warnings warnings;

    CorrelationWarnings(Mapping mapping, Schemas schemas, Places places, Warnings warnings) {
        this.mapping = mapping;
        this.schemas = schemas;
        this.places = places;
        this.warnings = warnings;
    }

    void look() {
        ManagedType type = schemas.managedType(mapping.target());
        if (type == null) {
            return;
        }
        for (Correlation correlation : mapping.correlations().values()) {
            if (correlation instanceof Correlation.Expression expression) {
                boolean tree = places.value(expression.place(), "expressionTree") != null;
                look(expression.root(), expression.place(), tree ? List.of("expressionTree") : List.of(), type);
            }
        }
    }

    /** Every alternative needs an index; of conditions that hold together one is enough. */
    private void look(Correlation.Node node, Place root, List<String> path, ManagedType type) {
        switch (node) {
            case Correlation.Node.Any(List<Correlation.Node> nodes) -> {
                for (int i = 0; i < nodes.size(); i++) {
                    look(nodes.get(i), root, inner(path, "any", i), type);
                }
            }
            case Correlation.Node.All(List<Correlation.Node> nodes) -> {
                if (!nodes.isEmpty() && nodes.stream().noneMatch(each -> isIndexed(each, type))) {
                    look(nodes.getFirst(), root, inner(path, "all", 0), type);
                }
            }
            case Correlation.Node.Attribute(Pointer attribute) -> {
                AttributeDefinition definition = type.attributes().get(attribute.attribute());
                if (definition != null && !isIndexed(node, type)) {
                    warnings.add(
                            places.of(root, path),
                            "correlation looks for " + Losses.name(attribute) + ", which has no index in "
                                    + mapping.target()
                                    + ", so every page of new records goes through the whole table; add indexed: true"
                                    + " (or unique: true) to it in jobs/"
                                    + type.place().file());
                }
            }
        }
    }

    private static boolean isIndexed(Correlation.Node node, ManagedType type) {
        return switch (node) {
            case Correlation.Node.Any(List<Correlation.Node> nodes) ->
                nodes.stream().allMatch(each -> isIndexed(each, type));
            case Correlation.Node.All(List<Correlation.Node> nodes) ->
                nodes.stream().anyMatch(each -> isIndexed(each, type));
            case Correlation.Node.Attribute(Pointer attribute) -> {
                AttributeDefinition definition = type.attributes().get(attribute.attribute());
                yield attribute.attribute().equals("_id")
                        || (definition != null
                                && attribute.tokens().size() == 1
                                && (definition.indexed() || definition.unique()));
            }
        };
    }

    private static List<String> inner(List<String> path, String key, int index) {
        List<String> inner = new ArrayList<>(path);
        inner.add(key);
        inner.add(Integer.toString(index));
        return inner;
    }
}
