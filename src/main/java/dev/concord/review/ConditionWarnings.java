package dev.concord.review;

import dev.concord.filter.Filter;
import dev.concord.mapping.Condition;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Place;
import dev.concord.mapping.Places;
import dev.concord.mapping.PropertyRow;
import dev.concord.mapping.Query;
import dev.concord.mapping.Rule;
import dev.concord.mapping.ScriptSource;
import dev.concord.record.Pointer;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Conditions and queries that nothing can ever meet. */
final class ConditionWarnings {

    private final Mapping mapping;
    private final Schemas schemas;
    private final Places places;
    private final Warnings warnings;

    ConditionWarnings(Mapping mapping, Schemas schemas, Places places, Warnings warnings) {
        this.mapping = mapping;
        this.schemas = schemas;
        this.places = places;
        this.warnings = warnings;
    }

    void look() {
        String source = mapping.source();
        String target = mapping.target();
        look(mapping.sourceCondition(), Map.of("source", source), "no source object ever qualifies");
        for (PropertyRow row : mapping.properties()) {
            look(
                    row.condition(),
                    Map.of("object", source, "target", target, "oldSource", source, "oldTarget", target),
                    "the row for " + Losses.name(row.target()) + " never does anything");
        }
        for (Rule rule : mapping.rules()) {
            look(rule.condition(), Map.of("object", source), "this rule for " + rule.situation() + " is never taken");
        }
        look("sourceQuery", mapping.sourceQuery(), source, "a run visits no source object");
        look("targetQuery", mapping.targetQuery(), target, "a run visits no target object");
    }

    private void look(@Nullable Condition condition, Map<String, String> variables, String consequence) {
        switch (condition) {
            case Condition.FilterCondition(Filter filter, Place place) ->
                look(filter, place, pointer -> aboutVariable(variables, pointer), consequence);
            case Condition.ScriptCondition(ScriptSource script) -> {
                if (script.text().strip().matches("(return\\s+)?\\(?false\\)?;?")) {
                    warn(places.of(script, 0), "it is always false", consequence);
                }
            }
            case null -> {}
        }
    }

    private void look(String key, Query query, String objectSet, String consequence) {
        if (query.filter() != null) {
            Place place = places.of(mapping.place(), key, "_queryFilter");
            look(query.filter(), place, pointer -> schemas.about(objectSet, pointer), consequence);
        }
    }

    private void look(Filter filter, Place place, Function<Pointer, Knowledge> about, String consequence) {
        new Contradictions(about).proof(filter).ifPresent(reason -> warn(place, reason, consequence));
    }

    private void warn(Place place, String reason, String consequence) {
        warnings.add(
                place,
                "this can never hold, because " + reason + "; " + consequence
                        + ": correct it, or remove what it is for");
    }

    private Knowledge aboutVariable(Map<String, String> variables, Pointer pointer) {
        if (pointer.equals(Pointer.of("linkQualifier"))) {
            return Knowledge.TEXT;
        }
        String objectSet = variables.get(pointer.attribute());
        return objectSet == null ? Knowledge.NONE : schemas.about(objectSet, pointer.rest());
    }
}
