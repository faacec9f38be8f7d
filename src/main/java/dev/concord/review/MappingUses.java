package dev.concord.review;

import dev.concord.filter.Filter;
import dev.concord.mapping.Condition;
import dev.concord.mapping.Correlation;
import dev.concord.mapping.Hook;
import dev.concord.mapping.LinkQualifiers;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Mapping.Display;
import dev.concord.mapping.Place;
import dev.concord.mapping.Places;
import dev.concord.mapping.PropertyRow;
import dev.concord.mapping.Query;
import dev.concord.mapping.Rule;
import dev.concord.mapping.ScriptSource;
import dev.concord.record.Pointer;
import dev.concord.review.Meaning.Data;
import dev.concord.review.Use.Way;
import dev.concord.script.SyntaxNode;
import dev.concord.script.SyntaxTrees;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The uses in one mapping: its rows, filters, rules, correlation and scripts. */
final class MappingUses {

    private final Mapping mapping;
    private final Places places;
    private final @Nullable SyntaxTrees trees;
    private final List<Use> uses;
    private final Set<Place> unread;
    private final Meaning source;
    private final Meaning target;

    /**
     * @param trees null to leave out what is inside scripts
     * @param uses where uses are put
     * @param unread where scripts are put that cannot be looked into
     */
    MappingUses(Mapping mapping, Places places, @Nullable SyntaxTrees trees, List<Use> uses, Set<Place> unread) {
        this.mapping = mapping;
        this.places = places;
        this.trees = trees;
        this.uses = uses;
        this.unread = unread;
        this.source = new Data(mapping.source(), List.of());
        this.target = new Data(mapping.target(), List.of());
    }

    void collect() {
        int before = uses.size();
        collectAll();
        // As they stand in the mapping's file; script files follow.
        uses.subList(before, uses.size())
                .sort(Comparator.comparing((Use use) ->
                                !use.place().file().equals(mapping.place().file()))
                        .thenComparing(use -> use.place().file())
                        .thenComparingInt(use -> use.place().line()));
    }

    private void collectAll() {
        add(place("source"), "source", Way.NAMES, mapping.source(), Pointer.WHOLE, Losses.MAPPING);
        add(place("target"), "target", Way.NAMES, mapping.target(), Pointer.WHOLE, Losses.MAPPING);
        query("sourceQuery", mapping.sourceQuery(), mapping.source(), "defaultSourceFields");
        query("targetQuery", mapping.targetQuery(), mapping.target(), "defaultTargetFields");
        if (mapping.linkQualifiers() instanceof LinkQualifiers.Scripted(ScriptSource script)) {
            script(script, "linkQualifiers", Map.of("object", source, "oldValue", source), null);
        }
        script(mapping.validSource(), "validSource", Map.of("source", source), null);
        script(mapping.validTarget(), "validTarget", Map.of("target", target), null);
        condition(mapping.sourceCondition(), "sourceCondition", Map.of("source", source));
        mapping.correlations().values().forEach(this::correlation);
        displayAttributes();
        mapping.properties().forEach(this::row);
        mapping.rules().forEach(this::rule);
        mapping.hooks().forEach((hook, script) -> script(script, hook.key(), variables(hook), null));
    }

    private void query(String key, Query query, String objectSet, String defaultFields) {
        if (query.filter() != null) {
            Place place = places.of(mapping.place(), key, "_queryFilter");
            filter(query.filter(), place, key, objectSet, Losses.VISITED);
        }
        Place fields = places.value(mapping.place(), key, "_fields") == null
                ? place(defaultFields)
                : places.of(mapping.place(), key, "_fields");
        query.fields().stream()
                .filter(name -> !name.startsWith("*"))
                .forEach(name -> add(fields, key + ": fields", Way.READS, objectSet, Pointer.of(name), Losses.FIELDS));
        for (String sortKey : query.sortKeys()) {
            Pointer name = Pointer.of(sortKey.replaceFirst("^[+-]", ""));
            add(
                    places.of(mapping.place(), key, "_sortKeys"),
                    key + ": sort keys",
                    Way.READS,
                    objectSet,
                    name,
                    Losses.SORTING);
        }
    }

    private void row(PropertyRow row) {
        String part = "row for " + Losses.name(row.target());
        Pointer from = row.source();
        if (from != null && !from.isWhole()) {
            add(places.of(row.place(), "source"), part, Way.READS, mapping.source(), from, Losses.ofRow(row));
        } else if (from != null && row.transform() == null) {
            add(places.of(row.place(), "source"), part, Way.MAY_USE, mapping.source(), Pointer.WHOLE, Losses.COPIED);
        }
        add(places.of(row.place(), "target"), part, Way.WRITES, mapping.target(), row.target(), Losses.WRITE);
        condition(
                row.condition(),
                part + ": condition",
                Map.of("object", source, "target", target, "oldSource", source, "oldTarget", target));
        if (row.transform() != null) {
            Meaning value = from == null ? Meaning.Other.OTHER : new Data(mapping.source(), from.tokens());
            int before = uses.size();
            script(row.transform(), part + ": transform", Map.of("source", value), null);
            // That the row reads its own attribute is said above.
            uses.subList(before, uses.size()).removeIf(use -> isOfRow(use, from));
        }
    }

    private boolean isOfRow(Use use, @Nullable Pointer from) {
        return from != null
                && !from.isWhole()
                && use.way() == Way.READS
                && use.objectSet().equals(mapping.source())
                && (use.attribute().equals(from) || use.attribute().equals(Pointer.of(from + "/length")));
    }

    private void rule(Rule rule) {
        String part = "rule for " + rule.situation();
        condition(rule.condition(), part + ": condition", Map.of("object", source));
        if (rule.action() instanceof Rule.RuleAction.Scripted(ScriptSource script)) {
            script(script, part + ": action", Map.of("source", source, "target", target), null);
        }
        script(rule.postAction(), part + ": postAction", Map.of("source", source, "target", target), null);
    }

    private Map<String, Meaning> variables(Hook hook) {
        return switch (hook) {
            // What these are given under the same names are counts.
            case RESULT, ON_RECON -> Map.of();
            case ON_CREATE, ON_UPDATE, ON_DELETE, ON_LINK, ON_UNLINK, ON_ERROR, ON_MAPPING, POST_MAPPING ->
                Map.of(
                        "source", source,
                        "oldSource", source,
                        "target", target,
                        "oldTarget", target,
                        "existingTarget", target);
        };
    }

    private void correlation(Correlation correlation) {
        switch (correlation) {
            case Correlation.Expression expression -> {
                String inner = places.value(expression.place(), "expressionTree") == null ? "" : "expressionTree";
                correlation(expression.root(), expression.place(), inner.isEmpty() ? List.of() : List.of(inner));
            }
            case Correlation.QueryScript(ScriptSource script) ->
                script(script, "correlationQuery", Map.of("source", source), mapping.target());
            case Correlation.CandidatesScript(ScriptSource script) ->
                script(script, "correlationScript", Map.of("source", source), null);
        }
    }

    private void correlation(Correlation.Node node, Place root, List<String> path) {
        switch (node) {
            case Correlation.Node.Any(List<Correlation.Node> nodes) -> correlations(nodes, root, path, "any");
            case Correlation.Node.All(List<Correlation.Node> nodes) -> correlations(nodes, root, path, "all");
            case Correlation.Node.Attribute(Pointer attribute) ->
                add(places.of(root, path), "correlation", Way.READS, mapping.target(), attribute, Losses.CORRELATION);
        }
    }

    private void correlations(List<Correlation.Node> nodes, Place root, List<String> path, String key) {
        for (int i = 0; i < nodes.size(); i++) {
            List<String> inner = new ArrayList<>(path);
            inner.add(key);
            inner.add(Integer.toString(i));
            correlation(nodes.get(i), root, inner);
        }
    }

    private void displayAttributes() {
        if (places.value(mapping.place(), "displayAttributes") == null) {
            return;
        }
        int index = 0;
        for (Display display : mapping.displayAttributes()) {
            Place place = places.of(mapping.place(), "displayAttributes", Integer.toString(index++));
            if (display.source() != null) {
                add(place, "displayAttributes", Way.READS, mapping.source(), display.source(), Losses.DISPLAY);
            }
            if (display.target() != null) {
                add(place, "displayAttributes", Way.READS, mapping.target(), display.target(), Losses.DISPLAY);
            }
        }
    }

    private void condition(@Nullable Condition condition, String part, Map<String, Meaning> variables) {
        switch (condition) {
            case Condition.FilterCondition(Filter filter, Place place) -> {
                for (Pointer pointer : FilterUses.pointers(filter)) {
                    if (variables.get(pointer.attribute()) instanceof Data data) {
                        add(place, part, Way.READS, data.objectSet(), pointer.rest(), Losses.COMPARISON);
                    }
                }
            }
            case Condition.ScriptCondition(ScriptSource script) -> script(script, part, variables, null);
            case null -> {}
        }
    }

    private void filter(Filter filter, Place place, String part, String objectSet, String loss) {
        FilterUses.pointers(filter).forEach(pointer -> add(place, part, Way.READS, objectSet, pointer, loss));
    }

    /** @param queried the set that a filter which the script returns is meant for; null for none */
    private void script(
            @Nullable ScriptSource script, String part, Map<String, Meaning> variables, @Nullable String queried) {
        if (script == null || trees == null) {
            return;
        }
        Optional<SyntaxNode> tree = trees.read(script.text());
        if (tree.isEmpty()) {
            unread.add(places.of(script, 0));
            return;
        }
        Map<String, Meaning> all = new HashMap<>();
        script.globals()
                .forEach((name, value) ->
                        all.put(name, value instanceof String text ? new Meaning.Text(text) : Meaning.Other.OTHER));
        all.putAll(variables);
        try {
            ScriptUses.of(tree.get(), all, queried)
                    .forEach(use -> add(
                            places.of(script, use.line()),
                            part,
                            use.way(),
                            use.objectSet(),
                            use.attribute(),
                            loss(use, queried)));
        } catch (StackOverflowError e) {
            unread.add(places.of(script, 0));
        }
    }

    private static String loss(ScriptUse use, @Nullable String queried) {
        if (use.way() == Way.READS && use.call() && use.objectSet().equals(queried)) {
            return Losses.CORRELATION;
        }
        return switch (use.way()) {
            case NAMES -> Losses.SCRIPT_CALL;
            case READS -> use.call() ? Losses.SCRIPT_FILTER : Losses.SCRIPT_READ;
            case WRITES -> Losses.WRITE;
            case MAY_USE, DEFINES, STARTS -> Losses.UNKNOWN;
        };
    }

    private Place place(String key) {
        return places.of(mapping.place(), key);
    }

    private void add(Place place, String part, Way way, String objectSet, Pointer attribute, String loss) {
        uses.add(new Use(place, mapping.name(), part, way, objectSet, attribute, loss));
    }
}
