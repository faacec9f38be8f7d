package dev.concord.worlds;

import dev.concord.model.Action;
import dev.concord.model.Situation;
import dev.concord.model.World;
import dev.concord.model.World.Condition;
import dev.concord.model.World.Flags;
import dev.concord.model.World.Labels;
import dev.concord.model.World.Link;
import dev.concord.model.World.Row;
import dev.concord.model.World.Rule;
import dev.concord.model.World.RuleAction;
import dev.concord.model.World.Run;
import dev.concord.model.World.SourceRecord;
import dev.concord.model.World.Spelling;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Worlds in which nothing but the source says what is wanted of a linked target, and how time goes on in them. */
final class PresumableWorlds {

    private PresumableWorlds() {}

    /** As much of a world as leaves targets to be presumed, with one full run. */
    static World of(World world) {
        String label = world.labels().all().getFirst();
        Flags flags = world.flags();
        return new World(
                world.seed(),
                new Flags(
                        true,
                        true,
                        flags.allowEmptySourceSet(),
                        flags.correlateEmptyTargetSet(),
                        flags.sourceIdsCaseSensitive(),
                        flags.targetIdsCaseSensitive(),
                        flags.sourceQuery(),
                        flags.targetQuery()),
                new Labels.Fixed(List.of(label)),
                world.validSource(),
                world.validTarget(),
                false,
                world.sourceCondition(),
                world.correlations().containsKey(label)
                        ? Map.of(label, world.correlations().get(label))
                        : Map.of(),
                world.unique(),
                world.rows().stream().map(PresumableWorlds::withoutTarget).toList(),
                rules(world),
                world.spelling(),
                world.sources().stream()
                        .map(source -> new SourceRecord(source.id(), source.readable(), tame(source.attributes())))
                        .toList(),
                targets(world),
                links(world, label),
                List.of(new Run(new Run.Kind.Full(), false)));
    }

    private static Row withoutTarget(Row row) {
        return row.condition() instanceof Condition.TargetMatches
                ? new Row(row.target(), row.source(), row.transform(), new Condition.Always(), row.defaultValue())
                : row;
    }

    private static List<Rule> rules(World world) {
        RuleAction update = new RuleAction.Named(Action.UPDATE);
        List<Rule> rules = new ArrayList<>();
        world.rules()
                .forEach(rule -> rules.add(new Rule(
                        rule.situation(),
                        rule.condition(),
                        rule.situation() == Situation.CONFIRMED ? update : rule.action(),
                        rule.postAction() && rule.situation() != Situation.CONFIRMED)));
        if (world.spelling() == Spelling.NATIVE) {
            rules.add(new Rule(Situation.CONFIRMED, new Condition.Always(), update, false));
        }
        return rules;
    }

    private static Map<String, Map<String, String>> targets(World world) {
        Map<String, Map<String, String>> targets = new LinkedHashMap<>();
        world.targets().forEach((id, attributes) -> targets.put(id, tame(attributes)));
        return targets;
    }

    /** Those of the world, also under a link qualifier that there is no more, and one for each pair that is left. */
    private static List<Link> links(World world, String label) {
        List<Link> links = new ArrayList<>();
        Set<String> linked = new HashSet<>();
        for (Link link : world.links()) {
            boolean own =
                    link.type().equals(World.LINK_TYPE) && link.qualifier().equals(label);
            if (own) {
                linked.add(link.source().toLowerCase(Locale.ROOT));
                linked.add(link.target().toLowerCase(Locale.ROOT));
            }
            if (own || !link.type().equals(World.LINK_TYPE) || link.qualifier().equals("old")) {
                links.add(link);
            }
        }
        Iterator<String> targets = world.targets().keySet().stream()
                .filter(target -> !linked.contains(target))
                .iterator();
        for (SourceRecord source : world.sources()) {
            if (source.id() != null && targets.hasNext() && linked.add(source.id())) {
                links.add(new Link(World.LINK_TYPE, label, source.id(), targets.next()));
            }
        }
        return links;
    }

    /** Nothing that scripts throw at, because those are not plain. */
    private static Map<String, String> tame(Map<String, String> attributes) {
        Map<String, String> tame = new TreeMap<>(attributes);
        tame.values().removeIf(value -> value.equals("throw") || value.equals("bad"));
        return tame;
    }

    /**
     * The texts of a world's definitions with plain scripts, which mean the same as long as there is nothing to throw.
     */
    static Map<String, String> plain(Map<String, String> texts) {
        Map<String, String> plain = new LinkedHashMap<>(texts);
        plain.replaceAll((name, text) -> text.replaceAll("if \\([^()]*\\) throw new Error\\('postAction'\\)", "1")
                .replaceAll("if \\([^()]*\\) throw new Error\\('\\w+'\\); ?", "")
                .replaceAll("function \\((\\w+)\\) \\{ return ([^;]*); \\}", "$1 => ($2)"));
        return plain;
    }

    /** What others make of a world between two runs: some sources and targets change, a few go. */
    static World later(World world, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<SourceRecord> sources = new ArrayList<>();
        for (SourceRecord source : world.sources()) {
            if (random.nextDouble() >= 0.05) {
                sources.add(
                        new SourceRecord(source.id(), source.readable(), changed(source.attributes(), null, random)));
            }
        }
        Map<String, Map<String, String>> targets = new LinkedHashMap<>();
        world.targets().forEach((id, attributes) -> {
            if (random.nextDouble() >= 0.05) {
                targets.put(id, changed(attributes, world.unique(), random));
            }
        });
        return new World(
                world.seed(),
                world.flags(),
                world.labels(),
                world.validSource(),
                world.validTarget(),
                world.hooks(),
                world.sourceCondition(),
                world.correlations(),
                world.unique(),
                world.rows(),
                world.rules(),
                world.spelling(),
                sources,
                targets,
                world.links(),
                world.runs());
    }

    /** @param but the attribute that is left alone; null for none */
    private static Map<String, String> changed(Map<String, String> attributes, String but, SplittableRandom random) {
        Map<String, String> changed = new TreeMap<>(attributes);
        if (random.nextDouble() < 0.25) {
            String attribute = List.of("mail", "name", "site", "kind", "dept", "valid", "scope")
                    .get(random.nextInt(7));
            boolean ofTarget = !attributes.containsKey(attribute) && !attributes.containsKey("hook");
            if (attribute.equals(but) || ofTarget && (attribute.equals("kind") || attribute.equals("scope"))) {
                return changed;
            }
            if (random.nextDouble() < 0.2) {
                changed.remove(attribute);
            } else {
                changed.put(
                        attribute,
                        switch (attribute) {
                            case "valid", "scope" -> "false";
                            case "site" -> random.nextBoolean() ? "x" : "y";
                            default -> attribute.charAt(0) + String.valueOf(1 + random.nextInt(3));
                        });
            }
        }
        return changed;
    }
}
