package dev.concord.model;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything a reconciliation starts from, as plain data: the objects of both sides, the links, the mapping's
 * definition and the runs to do one after the other. Attribute values are text; an attribute that is not in the map is
 * absent, which is the same as null.
 *
 * <p>Source attributes: {@code mail, name, site, kind} are data; {@code valid, scope, labels, corr, candidates, rule,
 * act, row, post, hook} are markers that the scripts of {@link WorldScripts} read. Target attributes: {@code mail,
 * name, site, dept, note} and the marker {@code valid}. Both systems find an object by the exact spelling of its id;
 * {@link Flags} only decides how links compare ids. Sources and targets are in the order of their ids, except for
 * duplicates and records without id, which stand anywhere.
 *
 * @param sources in the order they are read
 * @param targets attributes by id; they are read in the order of their ids
 * @param links of this mapping's type {@link #LINK_TYPE} and of others, which must be left alone
 * @param validSource whether there is a validSource script; likewise {@code validTarget}
 * @param hooks whether there is a script for each {@link Hook}
 * @param correlations by link qualifier; none where a qualifier is not in the map
 * @param unique the target attribute that no two targets may have the same value of; null for none
 */
public record World(
        long seed,
        Flags flags,
        Labels labels,
        boolean validSource,
        boolean validTarget,
        boolean hooks,
        Condition sourceCondition,
        Map<String, Correlation> correlations,
        @Nullable String unique,
        List<Row> rows,
        List<Rule> rules,
        Spelling spelling,
        List<SourceRecord> sources,
        Map<String, Map<String, String>> targets,
        List<Link> links,
        List<Run> runs) {

    public static final String LINK_TYPE = "mapping";

    /** The object of the source with this id, however often it comes: the first. Null when there is none. */
    @Nullable
    SourceRecord source(String id) {
        return sources.stream().filter(r -> id.equals(r.id())).findFirst().orElse(null);
    }

    /** The same world with other targets and links, such as a run left them. */
    public World with(Map<String, Map<String, String>> newTargets, List<Link> newLinks) {
        return new World(
                seed,
                flags,
                labels,
                validSource,
                validTarget,
                hooks,
                sourceCondition,
                correlations,
                unique,
                rows,
                rules,
                spelling,
                sources,
                newTargets,
                newLinks,
                runs);
    }

    /** The same world, for other runs. */
    public World withRuns(List<Run> newRuns) {
        return new World(
                seed,
                flags,
                labels,
                validSource,
                validTarget,
                hooks,
                sourceCondition,
                correlations,
                unique,
                rows,
                rules,
                spelling,
                sources,
                targets,
                links,
                newRuns);
    }

    /** The action of a situation without a rule that holds. */
    Action defaultAction(Situation situation) {
        return spelling == Spelling.NATIVE ? Action.ASYNC : situation.tableDefault();
    }

    /** On several lines, to be read when the engine and the model disagree. */
    @Override
    public String toString() {
        return """
                World %d
                %s
                labels %s, validSource %s, validTarget %s, hooks %s, sourceCondition %s, unique %s, %s
                correlations %s
                rows
                %s
                rules
                %s
                sources
                %s
                targets
                %s
                links
                %s
                runs %s
                """.formatted(
                        seed,
                        flags,
                        labels,
                        validSource,
                        validTarget,
                        hooks,
                        sourceCondition,
                        unique,
                        spelling,
                        correlations,
                        lines(rows),
                        lines(rules),
                        lines(sources),
                        lines(List.copyOf(targets.entrySet())),
                        lines(links),
                        runs);
    }

    private static String lines(List<?> things) {
        return things.stream().map(t -> "  " + t).collect(Collectors.joining("\n"));
    }

    /** A place of the source. {@code id} is null when not even that could be read; only then is it null. */
    public record SourceRecord(@Nullable String id, boolean readable, Map<String, String> attributes) {

        @Nullable
        String get(String attribute) {
            return attribute.equals("_id") ? id : attributes.get(attribute);
        }
    }

    /** A link; {@code source} and {@code target} are ids as they were spelled when it was made. */
    public record Link(String type, String qualifier, String source, String target) {}

    /** @param sourceQuery which source ids are visited; null for all. Likewise {@code targetQuery} */
    public record Flags(
            boolean enableLinking,
            boolean runTargetPhase,
            boolean allowEmptySourceSet,
            boolean correlateEmptyTargetSet,
            boolean sourceIdsCaseSensitive,
            boolean targetIdsCaseSensitive,
            @Nullable Match sourceQuery,
            @Nullable Match targetQuery) {}

    /**
     * What happens in a situation without rule: {@code NATIVE} leaves everything (ASYNC), {@code PINGIDM} follows the
     * table.
     */
    public enum Spelling {
        NATIVE,
        PINGIDM
    }

    /** The link qualifiers. */
    public sealed interface Labels {

        /** All of them: a fixed list, or what the script answers to returnAll. */
        List<String> all();

        record Fixed(List<String> all) implements Labels {}

        /** {@link WorldScripts#LABELS}: each record's attribute {@code labels} says which. */
        record Scripted(List<String> all) implements Labels {}
    }

    /** {@code attribute eq "value"}, or that negated. */
    public record Match(String attribute, String value, boolean negated) {}

    /** When a rule or a row applies, and what is in scope. */
    public sealed interface Condition {

        record Always() implements Condition {}

        /** A filter on the source object. */
        record ObjectMatches(Match match) implements Condition {}

        /** A filter on the target as the rows before left it; in rows only. */
        record TargetMatches(Match match) implements Condition {}

        /** A filter on the link qualifier. */
        record QualifierIs(String qualifier) implements Condition {}

        /** A script that answers what the marker attribute of the source object says; true without object or marker. */
        record Marked(String attribute) implements Condition {}
    }

    public sealed interface Correlation {

        /** The expression builder: each attribute is compared with what the mapping's own row for it gives. */
        record Expression(Node root) implements Correlation {}

        /** A script that writes a query filter over attributes which have the same name on both sides. */
        record QueryScript(boolean all, List<String> attributes) implements Correlation {}

        /** A script that lists the ids in the source attribute {@code candidates}. */
        record CandidatesScript() implements Correlation {}

        sealed interface Node {
            record Any(List<Node> nodes) implements Node {}

            record All(List<Node> nodes) implements Node {}

            record Attribute(String name) implements Node {}
        }
    }

    /** A property row. {@code source} is null for none and {@code ""} for the whole object. */
    public record Row(
            String target,
            @Nullable String source,
            Transform transform,
            Condition condition,
            @Nullable String defaultValue) {}

    /** The transforms there are; their texts are in {@link WorldScripts#transform}. */
    public enum Transform {
        /** None. */
        NONE,
        /** Throws on the value {@code bad}. */
        STRICT,
        /** Swaps two values of each alphabet, so that what is written is not what was read. */
        SWAP,
        /** Appends the link qualifier. */
        QUALIFIED,
        /** Turns some values to null. */
        FORGET,
        /** The same text whatever comes in, also for null. */
        CONSTANT,
        /** The id of the whole object. */
        ITS_ID,
        /** An id of its own making from the id of the whole object and the link qualifier. */
        OWN_ID
    }

    /**
     * A rule.
     *
     * @param postAction whether there is a post-action, which throws where the source's attribute {@code post} says so
     */
    public record Rule(Situation situation, Condition condition, RuleAction action, boolean postAction) {}

    public sealed interface RuleAction {
        record Named(Action action) implements RuleAction {}

        /** A script that gives {@code usual} unless the source's attribute {@code act} says otherwise. */
        record Scripted(Action usual) implements RuleAction {}
    }

    /** One run. */
    public record Run(Kind kind, boolean analyze) {

        public sealed interface Kind {
            record Full() implements Kind {}

            /** One id, whether it exists or not. */
            record Single(String id) implements Kind {}

            /** An ad-hoc filter in place of the mapping's own query; null keeps the mapping's own. */
            record Where(Match sourceQuery, @Nullable Match targetQuery, boolean runTargetPhase) implements Kind {}
        }
    }
}
