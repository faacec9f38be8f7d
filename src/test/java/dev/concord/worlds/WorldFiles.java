package dev.concord.worlds;

import dev.concord.mapping.DefinitionLoader;
import dev.concord.mapping.ManagedType;
import dev.concord.mapping.Sources;
import dev.concord.model.Hook;
import dev.concord.model.World;
import dev.concord.model.World.Condition;
import dev.concord.model.World.Correlation;
import dev.concord.model.World.Correlation.Node;
import dev.concord.model.World.Flags;
import dev.concord.model.World.Labels;
import dev.concord.model.World.Match;
import dev.concord.model.World.Row;
import dev.concord.model.World.Rule;
import dev.concord.model.World.RuleAction;
import dev.concord.model.World.Spelling;
import dev.concord.model.World.Transform;
import dev.concord.model.WorldScripts;
import dev.concord.record.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes a world's mapping down as a person would have: in a native file or in PingIDM's, whichever the world is
 * spelled in.
 */
final class WorldFiles {

    static final String SOURCE = "system/people/person";

    /** The target types, which differ in what is unique. */
    static final List<@Nullable String> UNIQUE = java.util.Arrays.asList(null, "mail", "name");

    static final List<String> TARGET_ATTRIBUTES = List.of("mail", "name", "site", "dept", "note", "valid");

    private final World world;
    private final boolean nativeSpelling;

    private WorldFiles(World world) {
        this.world = world;
        this.nativeSpelling = world.spelling() == Spelling.NATIVE;
    }

    /** The texts below {@code jobs/}, by path. */
    static Map<String, String> of(World world, Settings settings) {
        WorldFiles files = new WorldFiles(world);
        Map<String, String> texts = objectSets();
        Map<String, Object> mapping = files.mapping(settings);
        if (files.nativeSpelling) {
            // JSON is YAML as well.
            texts.put("mapping.yaml", Json.writePretty(mapping));
        } else {
            texts.put("sync.json", Json.writePretty(Map.of("mappings", List.of(mapping))));
        }
        return texts;
    }

    /** The target types as their files define them. */
    static Collection<ManagedType> types() {
        return DefinitionLoader.load(Sources.of(objectSets())).managedTypes().values();
    }

    private static Map<String, String> objectSets() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("systems/people.yaml", """
                name: people
                type: json
                objects:
                  person: {file: people.jsonl, id: _id}
                """);
        UNIQUE.forEach(unique -> texts.put("managed/" + type(unique) + ".yaml", type(type(unique), unique)));
        return texts;
    }

    /** The managed type whose objects have this unique attribute. */
    static String type(@Nullable String unique) {
        return unique == null ? "account" : "account_by_" + unique;
    }

    private static String type(String name, @Nullable String unique) {
        StringBuilder text = new StringBuilder("name: " + name + "\nattributes:\n");
        for (String attribute : TARGET_ATTRIBUTES) {
            text.append("  ").append(attribute).append(": {type: string");
            text.append(attribute.equals(unique) ? ", unique: true}\n" : "}\n");
        }
        return text.toString();
    }

    private Map<String, Object> mapping(Settings settings) {
        Flags flags = world.flags();
        Map<String, Object> mapping = new LinkedHashMap<>();
        mapping.put("name", World.LINK_TYPE);
        mapping.put("source", SOURCE);
        mapping.put("target", "managed/" + type(world.unique()));
        mapping.put("enableLinking", flags.enableLinking());
        mapping.put("runTargetPhase", flags.runTargetPhase());
        mapping.put("allowEmptySourceSet", flags.allowEmptySourceSet());
        mapping.put("correlateEmptyTargetSet", flags.correlateEmptyTargetSet());
        mapping.put("sourceIdsCaseSensitive", flags.sourceIdsCaseSensitive());
        mapping.put("targetIdsCaseSensitive", flags.targetIdsCaseSensitive());
        putUnlessNull(mapping, "sourceQuery", query(flags.sourceQuery()));
        putUnlessNull(mapping, "targetQuery", query(flags.targetQuery()));
        mapping.put(
                "linkQualifiers",
                switch (world.labels()) {
                    case Labels.Fixed(List<String> all) -> all;
                    case Labels.Scripted _ -> script(WorldScripts.LABELS);
                });
        if (world.validSource()) {
            mapping.put("validSource", script(WorldScripts.VALID_SOURCE));
        }
        if (world.validTarget()) {
            mapping.put("validTarget", script(WorldScripts.VALID_TARGET));
        }
        putUnlessNull(mapping, "sourceCondition", condition(world.sourceCondition(), "source"));
        correlations(mapping);
        mapping.put("properties", world.rows().stream().map(this::row).toList());
        mapping.put("policies", world.rules().stream().map(this::rule).toList());
        if (world.hooks()) {
            for (Hook hook : Hook.values()) {
                mapping.put(hook.key(), script(WorldScripts.hook(hook)));
            }
        }
        mapping.put("persistAssociations", settings.allEntries());
        mapping.put("taskThreads", settings.taskThreads());
        mapping.put("feedSize", settings.pageSize());
        return mapping;
    }

    // Small things

    /** Where nothing but a script can stand. */
    private Object script(String text) {
        return nativeSpelling ? text : scriptObject(text);
    }

    /** Where a script is one of several possibilities. */
    private Map<String, Object> scriptObject(String text) {
        return nativeSpelling ? Map.of("script", text) : Map.of("type", "text/javascript", "source", text);
    }

    private @Nullable Object query(@Nullable Match match) {
        if (match == null) {
            return null;
        }
        String filter = WorldScripts.filter(match);
        return nativeSpelling ? filter : Map.of("_queryFilter", filter);
    }

    private @Nullable Object condition(Condition condition, String object) {
        return condition instanceof Condition.Marked marked
                ? scriptObject(WorldScripts.script(marked, object))
                : WorldScripts.filter(condition, object);
    }

    private static void putUnlessNull(Map<String, Object> members, String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value);
        }
    }

    // Correlation

    private void correlations(Map<String, Object> mapping) {
        if (all(Correlation.CandidatesScript.class::isInstance)) {
            mapping.put("correlationScript", entries(correlation -> scriptObject(WorldScripts.CORRELATION_SCRIPT)));
        } else if (nativeSpelling && all(Correlation.Expression.class::isInstance)) {
            mapping.put("correlation", entries(correlation -> expression(root(correlation))));
        } else {
            mapping.put("correlationQuery", entries(correlation -> switch (correlation) {
                case Correlation.QueryScript query -> scriptObject(WorldScripts.correlationQuery(query));
                case Correlation.Expression(Node root) -> Map.of("expressionTree", expression(root));
                case Correlation.CandidatesScript _ ->
                    throw new IllegalArgumentException(
                            "A mapping has either correlation queries or candidate scripts.");
            }));
        }
    }

    private boolean all(Predicate<Correlation> kind) {
        return world.correlations().values().stream().allMatch(kind);
    }

    private static Node root(Correlation correlation) {
        return ((Correlation.Expression) correlation).root();
    }

    private interface Spelled {
        Map<String, Object> of(Correlation correlation);
    }

    private List<Map<String, Object>> entries(Spelled spelled) {
        List<Map<String, Object>> entries = new ArrayList<>();
        world.correlations().forEach((qualifier, correlation) -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("linkQualifier", qualifier);
            entry.putAll(spelled.of(correlation));
            entries.add(entry);
        });
        return entries;
    }

    private static Map<String, Object> expression(Node node) {
        return switch (node) {
            case Node.Attribute(String name) -> Map.of("all", List.of(name));
            case Node.Any(List<Node> nodes) -> Map.of("any", operands(nodes));
            case Node.All(List<Node> nodes) -> Map.of("all", operands(nodes));
        };
    }

    private static List<Object> operands(List<Node> nodes) {
        return nodes.stream()
                .map(node -> node instanceof Node.Attribute(String name) ? (Object) name : expression(node))
                .toList();
    }

    // Rows and rules

    private Map<String, Object> row(Row row) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("target", row.target());
        putUnlessNull(members, "source", row.source());
        if (row.transform() != Transform.NONE) {
            members.put("transform", script(String.valueOf(WorldScripts.transform(row.transform()))));
        }
        putUnlessNull(members, "condition", condition(row.condition(), "object"));
        putUnlessNull(members, "default", row.defaultValue());
        return members;
    }

    private Map<String, Object> rule(Rule rule) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("situation", rule.situation().name());
        members.put(
                "action",
                switch (rule.action()) {
                    case RuleAction.Named(dev.concord.model.Action action) -> action.name();
                    case RuleAction.Scripted(dev.concord.model.Action usual) ->
                        scriptObject(WorldScripts.action(usual));
                });
        putUnlessNull(members, "condition", condition(rule.condition(), "object"));
        if (rule.postAction()) {
            members.put("postAction", script(WorldScripts.POST_ACTION));
        }
        return members;
    }
}
