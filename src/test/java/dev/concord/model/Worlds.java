package dev.concord.model;

import dev.concord.model.World.Condition;
import dev.concord.model.World.Correlation;
import dev.concord.model.World.Correlation.Node;
import dev.concord.model.World.Flags;
import dev.concord.model.World.Labels;
import dev.concord.model.World.Link;
import dev.concord.model.World.Match;
import dev.concord.model.World.Row;
import dev.concord.model.World.Rule;
import dev.concord.model.World.RuleAction;
import dev.concord.model.World.Run;
import dev.concord.model.World.SourceRecord;
import dev.concord.model.World.Spelling;
import dev.concord.model.World.Transform;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Small random worlds with few different values, so that hits, collisions and ambiguities are frequent. The same seed
 * and size give the same world on every machine; a world that fails is made easier to read by trying its seed with
 * smaller sizes.
 */
public final class Worlds {

    public static final int USUAL_SIZE = 12;

    private final SplittableRandom random;
    private final int size;

    /** Every fourth world is calm: no failing scripts, no rules of its own, nothing that could go to and fro. */
    private final boolean calm;

    /** How often a script fails or answers nonsense. */
    private final double faults;

    /** In some worlds one action is the answer to half of everything, so that its ops meet each other. */
    private final @Nullable Action favourite;

    /** How many different values an attribute has. */
    private final int values;

    private Worlds(long seed, int size) {
        this.random = new SplittableRandom(seed);
        this.size = size;
        this.calm = chance(0.25);
        this.faults = calm ? 0 : pick(0.0, 0.02, 0.05, 0.15);
        this.values = pick(2, 4, 8, 16);
        this.favourite = chance(0.25)
                ? pick(Action.UNLINK, Action.UNLINK, Action.DELETE, Action.CREATE, Action.UPDATE, Action.LINK)
                : null;
    }

    public static World random(long seed) {
        return random(seed, USUAL_SIZE);
    }

    /**
     * The world of a seed.
     *
     * @param size the most source objects and the most targets
     */
    public static World random(long seed, int size) {
        return new Worlds(seed, size).world(seed);
    }

    private World world(long seed) {
        Labels labels = calm || chance(0.4)
                ? new Labels.Fixed(List.of("default"))
                : chance(0.4) ? new Labels.Fixed(List.of("a", "b")) : new Labels.Scripted(List.of("a", "b"));
        Flags flags = flags();
        String unique = pick(null, "mail", "name");
        Map<String, Correlation> correlations = correlations(labels);
        List<String> targetIds = ids("t", chance(0.12) ? 0 : random.nextInt(size + 1));
        List<SourceRecord> sources = sources(targetIds);
        List<Link> links = links(flags, labels, sources, targetIds);
        return new World(
                seed,
                flags,
                labels,
                chance(0.7),
                chance(0.6),
                !calm && chance(0.35),
                sourceCondition(),
                correlations,
                unique,
                rows(correlations),
                rules(),
                calm || chance(0.4) ? Spelling.PINGIDM : Spelling.NATIVE,
                sources,
                targets(targetIds, unique),
                links,
                List.of(run(sources, links, 0.65), run(sources, links, 0.75)));
    }

    private Flags flags() {
        return new Flags(
                chance(0.88),
                chance(0.85),
                chance(0.6),
                chance(0.4),
                chance(0.75),
                chance(0.75),
                chance(0.2) ? siteMatch() : null,
                chance(0.15) ? siteMatch() : null);
    }

    private Match siteMatch() {
        return new Match("site", pick("x", "y"), chance(0.3));
    }

    // Objects

    private List<SourceRecord> sources(List<String> targetIds) {
        List<SourceRecord> sources = new ArrayList<>();
        for (String id : ids("s", chance(0.05) ? 0 : random.nextInt(size + 1))) {
            sources.add(new SourceRecord(id, !chance(faults / 3), sourceAttributes(targetIds)));
        }
        while (!calm && chance(0.12) && !sources.isEmpty()) {
            String id = chance(0.5) ? null : pick(sources).id();
            sources.add(
                    random.nextInt(sources.size() + 1),
                    new SourceRecord(id, id != null && chance(0.8), sourceAttributes(targetIds)));
        }
        return sources;
    }

    private Map<String, String> sourceAttributes(List<String> targetIds) {
        Map<String, String> attributes = new TreeMap<>();
        put(attributes, "mail", 0.85, value("m"));
        put(attributes, "name", 0.9, chance(faults) ? "bad" : value("n"));
        put(attributes, "site", 0.8, pick("x", "y"));
        put(attributes, "kind", 0.8, pick("k1", "k2"));
        put(attributes, "valid", 1, marker(0.2));
        put(attributes, "scope", 1, marker(0.2));
        put(attributes, "rule", 1, marker(0.3));
        put(attributes, "row", 1, marker(0.2));
        put(attributes, "labels", 0.8, fault() ? pick("throw", "text") : pick("a", "b", "a b", "b a", "none"));
        put(attributes, "corr", 1, fault() ? pick("throw", "text") : chance(0.1) ? "null" : null);
        put(
                attributes,
                "act",
                1,
                fault() ? pick("throw", "text", "null") : chance(0.2) ? pick("default", "side") : null);
        put(attributes, "post", 1, fault() ? "throw" : null);
        Hook hook = chance(0.3) ? pick(Hook.ON_UPDATE, Hook.ON_DELETE) : pick(Hook.values());
        put(attributes, "hook", 0.6, chance(0.3) ? "change" : hook.key());
        List<String> known = Stream.concat(targetIds.stream(), Stream.of("t91")).toList();
        put(attributes, "candidates", 0.8, String.join(" ", several(known, pick(1, 1, 1, 2, 3))));
        return attributes;
    }

    private Map<String, Map<String, String>> targets(List<String> ids, @Nullable String unique) {
        Map<String, Map<String, String>> targets = new LinkedHashMap<>();
        Set<@Nullable String> taken = new HashSet<>();
        for (String id : ids) {
            Map<String, String> attributes = new TreeMap<>();
            put(attributes, "mail", 0.85, value("m"));
            put(attributes, "name", 0.85, value("n"));
            put(attributes, "site", 0.8, pick("x", "y"));
            put(attributes, "dept", 0.5, pick("d1", "d2"));
            put(attributes, "note", 0.2, "kept");
            put(attributes, "valid", 1, marker(0.15));
            if (unique != null && !taken.add(attributes.get(unique))) {
                attributes.remove(unique);
            }
            targets.put(id, attributes);
        }
        return targets;
    }

    private List<Link> links(Flags flags, Labels labels, List<SourceRecord> sources, List<String> targetIds) {
        List<String> sourceIds = sources.stream()
                .map(SourceRecord::id)
                .filter(id -> id != null)
                .distinct()
                .toList();
        List<Link> links = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        int count = random.nextInt(2 * size + 1);
        for (int i = 0; i < count; i++) {
            String type = !calm && chance(0.05) ? "other" : World.LINK_TYPE;
            String qualifier = !calm && chance(0.06) ? "old" : pick(labels.all());
            String source = sourceIds.isEmpty() || chance(0.2) ? "s9" + random.nextInt(4) : pick(sourceIds);
            String target = targetIds.isEmpty() || chance(0.15) ? goneTarget(labels, sourceIds) : pick(targetIds);
            String side = type + " " + qualifier + " ";
            if (taken.contains(side + source) || taken.contains(side + target)) {
                continue;
            }
            taken.add(side + source);
            taken.add(side + target);
            links.add(new Link(
                    type,
                    qualifier,
                    spelling(source, flags.sourceIdsCaseSensitive()),
                    spelling(target, flags.targetIdsCaseSensitive())));
        }
        return links;
    }

    /** A target that does not exist, but may be created with just this id. */
    private String goneTarget(Labels labels, List<String> sourceIds) {
        return sourceIds.isEmpty() || chance(0.7)
                ? "t9" + random.nextInt(4)
                : "c-" + pick(sourceIds) + "-" + pick(labels.all());
    }

    /** Now and then in upper case: another id where case counts, the same where it does not. */
    private String spelling(String id, boolean caseSensitive) {
        return chance(caseSensitive ? 0.02 : 0.2) ? id.toUpperCase(Locale.ROOT) : id;
    }

    // The mapping

    private Condition sourceCondition() {
        return pick(
                new Condition.Always(),
                new Condition.Always(),
                new Condition.Marked("scope"),
                new Condition.ObjectMatches(new Match("kind", "k1", chance(0.5))));
    }

    private Map<String, Correlation> correlations(Labels labels) {
        Map<String, Correlation> correlations = new TreeMap<>();
        // A mapping has either queries or a script that lists candidates, for all its qualifiers.
        boolean candidates = chance(0.15);
        for (String label : labels.all()) {
            if (!chance(0.12)) {
                correlations.put(label, candidates ? new Correlation.CandidatesScript() : correlation());
            }
        }
        return correlations;
    }

    private Correlation correlation() {
        List<String> attributes = several(List.of("mail", "name", "site"), pick(1, 1, 2, 3));
        return chance(0.45)
                ? new Correlation.QueryScript(chance(0.6), attributes)
                : new Correlation.Expression(node(attributes));
    }

    private Node node(List<String> attributes) {
        Node first = new Node.Attribute(attributes.getFirst());
        if (attributes.size() == 1) {
            return first;
        }
        List<Node> nodes = List.of(first, node(attributes.subList(1, attributes.size())));
        return chance(0.6) ? new Node.All(nodes) : new Node.Any(nodes);
    }

    private List<Row> rows(Map<String, Correlation> correlations) {
        Set<String> correlated = new HashSet<>();
        correlations.values().forEach(c -> {
            if (c instanceof Correlation.Expression(Node root)) {
                correlated.addAll(Assessment.attributes(root));
            }
        });
        List<Row> rows = new ArrayList<>();
        for (String attribute : List.of("mail", "name", "site")) {
            if (correlated.contains(attribute) || chance(0.85)) {
                Transform transform = calm
                        ? Transform.NONE
                        : pick(
                                Transform.NONE,
                                Transform.NONE,
                                Transform.STRICT,
                                Transform.STRICT,
                                Transform.SWAP,
                                Transform.QUALIFIED,
                                Transform.FORGET);
                rows.add(new Row(
                        attribute, attribute, transform, rowCondition(false), chance(0.1) ? value(attribute) : null));
            }
        }
        int more = random.nextInt(4);
        for (int i = 0; i < more; i++) {
            rows.add(pick(
                    new Row("dept", "kind", Transform.NONE, rowCondition(true), pick(null, "d1")),
                    new Row("dept", null, Transform.CONSTANT, rowCondition(true), null),
                    new Row("dept", "_id", Transform.QUALIFIED, rowCondition(true), null),
                    new Row("note", null, Transform.NONE, rowCondition(true), "d2"),
                    new Row("note", "", Transform.ITS_ID, rowCondition(true), null),
                    new Row("note", "name", Transform.FORGET, rowCondition(true), "was null")));
        }
        if (!calm && chance(0.08)) {
            rows.add(new Row("_id", "", pick(Transform.ITS_ID, Transform.OWN_ID), new Condition.Always(), null));
        }
        if (!calm && chance(0.05)) {
            rows.add(new Row("valid", "valid", Transform.NONE, new Condition.Always(), null));
        }
        return rows;
    }

    private Condition rowCondition(boolean mayLookAtTarget) {
        if (calm || chance(0.7)) {
            return new Condition.Always();
        }
        List<Condition> conditions = List.of(
                new Condition.Marked("row"),
                new Condition.ObjectMatches(new Match("kind", "k1", chance(0.5))),
                new Condition.QualifierIs(pick("a", "default")),
                new Condition.TargetMatches(new Match("dept", "d1", chance(0.5))));
        return pick(conditions.subList(0, mayLookAtTarget ? 4 : 3));
    }

    private List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        for (Situation situation : calm ? new Situation[0] : Situation.values()) {
            int count = pick(0, 1, 1, 2, 2, 3);
            for (int i = 0; i < count; i++) {
                rules.add(new Rule(situation, ruleCondition(i == count - 1), ruleAction(situation), chance(0.3)));
            }
        }
        return rules;
    }

    private Condition ruleCondition(boolean last) {
        if (chance(last ? 0.7 : 0.1)) {
            return new Condition.Always();
        }
        return pick(
                new Condition.Marked("rule"),
                new Condition.ObjectMatches(new Match("kind", "k1", chance(0.5))),
                new Condition.QualifierIs(pick("a", "default")));
    }

    private RuleAction ruleAction(Situation situation) {
        List<Action> usual = new ArrayList<>(situation.others());
        usual.add(situation.tableDefault());
        if (situation.tableDefault() != Action.EXCEPTION) {
            usual.add(situation.tableDefault());
        }
        usual.add(pick(Action.IGNORE, Action.REPORT, Action.NOREPORT, Action.ASYNC));
        Action action =
                favourite != null && chance(0.5) ? favourite : chance(0.35) ? pick(Action.values()) : pick(usual);
        return chance(0.2) ? new RuleAction.Scripted(action) : new RuleAction.Named(action);
    }

    // Runs

    private Run run(List<SourceRecord> sources, List<Link> links, double full) {
        boolean analyze = chance(0.1);
        if (chance(full)) {
            return new Run(new Run.Kind.Full(), analyze);
        }
        if (chance(0.35)) {
            return new Run(
                    new Run.Kind.Where(
                            new Match(pick("kind", "site"), pick("k1", "x"), chance(0.4)),
                            chance(0.3) ? siteMatch() : null,
                            chance(0.6)),
                    analyze);
        }
        List<String> existing =
                sources.stream().map(SourceRecord::id).filter(id -> id != null).toList();
        List<String> gone = links.stream()
                .map(Link::source)
                .filter(id -> !existing.contains(id.toLowerCase(Locale.ROOT)))
                .toList();
        String id = chance(0.5) && !existing.isEmpty()
                ? pick(existing)
                : !gone.isEmpty() && chance(0.85) ? pick(gone) : "s77";
        return new Run(new Run.Kind.Single(id), analyze);
    }

    // Values

    private @Nullable String marker(double no) {
        return fault() ? pick("throw", "text") : chance(no) ? "false" : null;
    }

    private String value(String attribute) {
        return attribute.substring(0, 1) + (1 + random.nextInt(values));
    }

    private void put(Map<String, String> attributes, String name, double chance, @Nullable String value) {
        if (value != null && chance(chance)) {
            attributes.put(name, value);
        }
    }

    private static List<String> ids(String letter, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> "%s%02d".formatted(letter, i))
                .toList();
    }

    private boolean fault() {
        return chance(faults);
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    private <T> T pick(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }

    @SafeVarargs
    private <T> T pick(T... things) {
        return things[random.nextInt(things.length)];
    }

    /** So many different ones, in random order; all of them if there are fewer. */
    private <T> List<T> several(List<T> things, int count) {
        List<T> left = new ArrayList<>(things);
        List<T> taken = new ArrayList<>();
        while (taken.size() < count && !left.isEmpty()) {
            taken.add(left.remove(random.nextInt(left.size())));
        }
        return taken;
    }
}
