package dev.concord.mapping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Writes a mapping without errors in the other spelling, key by key, so that what is not understood stays as it is. The
 * keys come in the order in which people read them, those that are not known last. Every situation that may be left
 * without a rule gets one with the default action of the spelling it comes from.
 */
final class Respelling {

    private static final String JAVASCRIPT = "text/javascript";
    /** Keys that mean something beside a tree; in one they mean nothing. */
    private static final Set<String> MEANT_BESIDE_A_TREE = Set.of("linkQualifier", "normalize");

    private static final String TREE_SCRIPT = "ui/correlateTreeToQueryFilter.js";

    /** The keys where nothing but a script can stand. */
    private static final Set<String> SCRIPTS = scripts();

    private final Spelling from;
    private final Spelling to;
    private final UnaryOperator<String> scriptFile;

    /** @param scriptFile where a script file that is named really is, relative to {@code jobs/} */
    Respelling(Spelling from, Spelling to, UnaryOperator<String> scriptFile) {
        this.from = from;
        this.to = to;
        this.scriptFile = scriptFile;
    }

    private static Set<String> scripts() {
        Set<String> keys = new HashSet<>(Set.of("validSource", "validTarget", "defaultMapping"));
        for (Hook hook : Hook.values()) {
            keys.add(hook.key());
        }
        return Set.copyOf(keys);
    }

    /** @param name the name of the mapping, which the file may have said elsewhere */
    Map<String, @Nullable Object> mapping(Map<String, @Nullable Object> written, String name) {
        Map<String, @Nullable Object> respelled = new LinkedHashMap<>();
        Map<String, @Nullable Object> ordered = ordered(written, Shape.MAPPING);
        respelled.put("name", name);
        for (String key : Shape.MAPPING.keys()) {
            Object value = ordered.remove(key);
            if (key.equals("policies")) {
                respelled.put(key, policies(value));
            } else if (value != null && !key.equals("name")) {
                put(respelled, key, value, name);
            }
        }
        respelled.putAll(ordered);
        return respelled;
    }

    private void put(Map<String, @Nullable Object> respelled, String key, Object value, String name) {
        switch (key) {
            case "correlation", "correlationQuery" -> correlation(respelled, key, value, name);
            case "correlationScript" -> respelled.put(key, each(value, this::script));
            case "linkQualifiers" -> respelled.put(key, value instanceof List<?> ? value : script(value));
            case "sourceCondition" -> respelled.put(key, unlessText(value));
            case "sourceQuery", "targetQuery" -> respelled.put(key, query(value));
            case "properties" -> respelled.put(key, each(value, this::row));
            case "feedSize", "reconSourceQueryPageSize", "reconTargetQueryPageSize" -> {
                // PingIDM's files have run with sizes that are none; they mean the usual one.
                if (!(to == Spelling.NATIVE && value instanceof Integer size && size <= 0)) {
                    respelled.put(key, value);
                }
            }
            default -> respelled.put(key, SCRIPTS.contains(key) ? script(value) : value);
        }
    }

    // Scripts, filters, queries

    /** A script where nothing else can stand. */
    private Object script(Object value) {
        if (value instanceof String text) {
            return to == Spelling.NATIVE ? lines(text) : scriptObject(Map.of("source", text));
        }
        Map<String, @Nullable Object> script = scriptObject(object(value));
        boolean bare = script.size() == 1 && script.containsKey("script");
        return bare ? String.valueOf(script.get("script")) : script;
    }

    /** A script where a text means something else: a filter, or the name of an action. */
    private Object unlessText(Object value) {
        return value instanceof Map<?, ?> ? scriptObject(object(value)) : value;
    }

    private Map<String, @Nullable Object> scriptObject(Map<String, @Nullable Object> written) {
        Map<String, @Nullable Object> rest = new LinkedHashMap<>(written);
        Map<String, @Nullable Object> script = new LinkedHashMap<>();
        move("linkQualifier", rest, script);
        Object type = rest.remove("type");
        if (to == Spelling.PING_IDM) {
            script.put("type", type == null ? JAVASCRIPT : type);
        }
        for (String key : List.of("script", "source", "file")) {
            if (rest.remove(key) instanceof String text) {
                if (key.equals("file")) {
                    script.put(key, scriptFile.apply(text));
                } else {
                    script.put(to == Spelling.NATIVE ? "script" : "source", lines(text));
                }
            }
        }
        if (rest.get("globals") == null || Map.of().equals(rest.get("globals"))) {
            rest.remove("globals");
        }
        script.putAll(rest);
        return script;
    }

    /** JavaScript takes all line ends for the same, even inside its texts; a block of YAML has one kind. */
    private static String lines(String script) {
        return script.replace("\r\n", "\n").replace('\r', '\n');
    }

    private Object query(Object value) {
        return switch (to) {
            case NATIVE ->
                value instanceof Map<?, ?> query
                                && query.size() == 1
                                && query.get("_queryFilter") instanceof String filter
                        ? filter
                        : value;
            case PING_IDM -> value instanceof String filter ? Map.of("_queryFilter", filter) : value;
        };
    }

    // Correlation

    private void correlation(Map<String, @Nullable Object> respelled, String key, Object value, String name) {
        if (List.of().equals(value) || Map.of().equals(value)) {
            // What is left of a correlation that was removed.
            return;
        }
        List<?> entries = value instanceof List<?> list ? list : List.of(value);
        boolean expressions = key.equals("correlation");
        if (to == Spelling.NATIVE && entries.stream().allMatch(Respelling::isTree)) {
            respelled.put("correlation", each(value, Respelling::expression));
        } else if (to == Spelling.PING_IDM && expressions && entries.stream().noneMatch(Respelling::isNormalized)) {
            respelled.put("correlationQuery", each(value, entry -> tree(object(entry), name)));
        } else {
            respelled.put(key, expressions ? value : each(value, entry -> isTree(entry) ? entry : script(entry)));
        }
    }

    /** Whether a correlation asks for what no expression tree can say. */
    private static boolean isNormalized(Object entry) {
        return entry instanceof Map<?, ?> object
                && object.get("normalize") instanceof List<?> steps
                && !steps.isEmpty();
    }

    private static boolean isTree(Object entry) {
        return entry instanceof Map<?, ?> object && object.containsKey("expressionTree");
    }

    private static Object expression(Object entry) {
        Map<String, @Nullable Object> rest = object(entry);
        Map<String, @Nullable Object> expression = new LinkedHashMap<>();
        move("linkQualifier", rest, expression);
        Object tree = rest.remove("expressionTree");
        if (tree instanceof Map<?, ?> node && Collections.disjoint(node.keySet(), MEANT_BESIDE_A_TREE)) {
            expression.putAll(object(node));
        } else {
            expression.put("all", List.of(tree == null ? "" : tree));
        }
        rest.keySet().removeAll(Set.of("type", "file", "mapping"));
        expression.putAll(rest);
        return expression;
    }

    private static Object tree(Map<String, @Nullable Object> rest, String name) {
        Map<String, @Nullable Object> query = new LinkedHashMap<>();
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        move("linkQualifier", rest, query);
        move("any", rest, tree);
        move("all", rest, tree);
        rest.remove("normalize");
        query.put("type", JAVASCRIPT);
        query.put("file", TREE_SCRIPT);
        query.put("mapping", name);
        query.put("expressionTree", tree);
        query.putAll(rest);
        return query;
    }

    // Rows and rules

    private Object row(Object written) {
        Map<String, @Nullable Object> row = ordered(object(written), Shape.PROPERTY_ROW);
        row.computeIfPresent("transform", (key, transform) -> script(transform));
        row.computeIfPresent("condition", (key, condition) -> unlessText(condition));
        return row;
    }

    private List<Object> policies(@Nullable Object written) {
        List<Object> rules = new ArrayList<>();
        EnumSet<Situation> settled = EnumSet.noneOf(Situation.class);
        if (written instanceof List<?> list) {
            for (Object element : list) {
                Map<String, @Nullable Object> rule = rule(element);
                rules.add(rule);
                if (rule.get("condition") == null) {
                    situation(rule).ifPresent(settled::add);
                }
            }
        }
        from.defaultActions().forEach((situation, action) -> {
            if (!settled.contains(situation)) {
                Map<String, Object> rule = new LinkedHashMap<>();
                rule.put("situation", situation.name());
                rule.put("action", action.name());
                rules.add(rule);
            }
        });
        return rules;
    }

    /** Empty where the name is a reference to a property; a rule too many does no harm behind one that always holds. */
    private static Optional<Situation> situation(Map<String, @Nullable Object> rule) {
        return Arrays.stream(Situation.values())
                .filter(situation -> situation.name().equals(rule.get("situation")))
                .findFirst();
    }

    private Map<String, @Nullable Object> rule(Object written) {
        Map<String, @Nullable Object> rule = ordered(object(written), Shape.RULE);
        rule.computeIfPresent("situation", (key, name) -> upper(name));
        rule.computeIfPresent("action", (key, action) -> action instanceof String ? upper(action) : unlessText(action));
        rule.computeIfPresent("condition", (key, condition) -> unlessText(condition));
        rule.computeIfPresent("postAction", (key, script) -> script(script));
        return rule;
    }

    // Small things

    /** A name as PingIDM spells it, unless it is a reference to a property. */
    private static String upper(Object word) {
        String text = String.valueOf(word);
        return text.contains("&{") ? text : text.toUpperCase(Locale.ROOT);
    }

    /** The same members in the order of the shape; keys of it without a value, which mean nothing, are left out. */
    private static Map<String, @Nullable Object> ordered(Map<String, @Nullable Object> written, Shape shape) {
        Map<String, @Nullable Object> rest = new LinkedHashMap<>(written);
        Map<String, @Nullable Object> ordered = new LinkedHashMap<>();
        shape.keys().forEach(key -> move(key, rest, ordered));
        ordered.putAll(rest);
        return ordered;
    }

    private static void move(String key, Map<String, @Nullable Object> from, Map<String, @Nullable Object> to) {
        Object value = from.remove(key);
        if (value != null) {
            to.put(key, value);
        }
    }

    private interface Change {
        Object of(Object entry);
    }

    /** One entry, or a list of them. */
    private static Object each(Object value, Change change) {
        if (!(value instanceof List<?> list)) {
            return change.of(value);
        }
        List<Object> changed = new ArrayList<>(list.size());
        list.forEach(entry -> changed.add(change.of(entry)));
        return changed;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> object(Object value) {
        return new LinkedHashMap<>((Map<String, @Nullable Object>) value);
    }
}
