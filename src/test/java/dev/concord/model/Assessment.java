package dev.concord.model;

import dev.concord.model.World.Correlation;
import dev.concord.model.World.Correlation.Node;
import dev.concord.model.World.Link;
import dev.concord.model.World.SourceRecord;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The situation tables.
 *
 * @param correlationSkipped whether nobody is correlated because the target set was empty when the run started
 */
record Assessment(World world, State state, boolean correlationSkipped) {

    /** The source phase, for a source that exists. */
    Known source(SourceRecord source, String qualifier) {
        String id = source.id();
        Link link = state.linkOfSource(qualifier, id);
        boolean qualified = validSource(source)
                && WorldScripts.holds(
                        world.sourceCondition(), source, Map.of(), qualifier, Ending.SOURCE_CONDITION_THREW);
        if (link != null) {
            boolean there = state.hasTarget(link.target());
            TableRow row = qualified
                    ? there ? TableRow.SOURCE_LINKED_TARGET_THERE : TableRow.SOURCE_LINKED_TARGET_GONE
                    : there
                            ? TableRow.UNQUALIFIED_SOURCE_LINKED_TARGET_THERE
                            : TableRow.UNQUALIFIED_SOURCE_LINKED_TARGET_GONE;
            return new Known(Phase.SOURCE, row, qualifier, id, source, link.target(), List.of(), link);
        }
        Correlation correlation = world.correlations().get(qualifier);
        if (correlation == null) {
            return unlinked(
                    qualified ? TableRow.SOURCE_NO_CORRELATION : TableRow.UNQUALIFIED_SOURCE_NO_CORRELATION,
                    source,
                    qualifier,
                    null,
                    List.of());
        }
        if (correlationSkipped) {
            return unlinked(
                    qualified ? TableRow.SOURCE_TARGET_SET_WAS_EMPTY : TableRow.UNQUALIFIED_SOURCE_TARGET_SET_WAS_EMPTY,
                    source,
                    qualifier,
                    null,
                    List.of());
        }
        List<String> hits = hits(correlation, source, qualifier);
        if (hits.isEmpty()) {
            return unlinked(
                    qualified ? TableRow.SOURCE_NO_HIT : TableRow.UNQUALIFIED_SOURCE_NO_HIT,
                    source,
                    qualifier,
                    null,
                    List.of());
        }
        if (hits.size() > 1) {
            return unlinked(
                    qualified ? TableRow.SOURCE_SEVERAL_HITS : TableRow.UNQUALIFIED_SOURCE_SEVERAL_HITS,
                    source,
                    qualifier,
                    null,
                    hits);
        }
        String hit = hits.getFirst();
        boolean taken = state.linkOfTarget(qualifier, hit) != null;
        if (qualified) {
            return unlinked(
                    taken ? TableRow.SOURCE_ONE_HIT_LINKED : TableRow.SOURCE_ONE_HIT,
                    source,
                    qualifier,
                    hit,
                    List.of());
        }
        // The hit's own link decides about it: this record has no target.
        return taken
                ? unlinked(TableRow.UNQUALIFIED_SOURCE_ONE_HIT_LINKED, source, qualifier, null, List.of())
                : unlinked(TableRow.UNQUALIFIED_SOURCE_ONE_HIT, source, qualifier, hit, List.of());
    }

    private static Known unlinked(
            TableRow row, SourceRecord source, String qualifier, @Nullable String targetId, List<String> candidates) {
        return new Known(Phase.SOURCE, row, qualifier, source.id(), source, targetId, candidates, null);
    }

    /**
     * The source phase, for an id that was asked for and does not exist. There is no previous value to correlate with.
     */
    Known gone(String sourceId, String qualifier) {
        Link link = state.linkOfSource(qualifier, sourceId);
        if (link == null) {
            return new Known(Phase.SOURCE, TableRow.GONE_NOT_LINKED, qualifier, sourceId, null, null, List.of(), null);
        }
        Map<String, String> target = state.target(link.target());
        TableRow row = target == null
                ? TableRow.GONE_LINKED_TARGET_GONE
                : validTarget(target) ? TableRow.GONE_LINKED_TARGET_VALID : TableRow.GONE_LINKED_TARGET_NOT_VALID;
        return new Known(Phase.SOURCE, row, qualifier, sourceId, null, link.target(), List.of(), link);
    }

    /**
     * The target phase.
     *
     * @param validWhenPlanned the verdict to keep when the target is gone by now, which happens in the deletes step
     *     only
     */
    Known target(String targetId, String qualifier, boolean validWhenPlanned) {
        Map<String, String> target = state.target(targetId);
        Link link = state.linkOfTarget(qualifier, targetId);
        boolean valid = target == null ? validWhenPlanned : validTarget(target);
        SourceRecord source = link == null ? null : world.source(link.source());
        TableRow row;
        if (!valid) {
            row = TableRow.TARGET_NOT_VALID;
        } else if (link == null) {
            row = TableRow.TARGET_NOT_LINKED;
        } else if (source == null) {
            row = TableRow.TARGET_SOURCE_GONE;
        } else if (!source.readable()) {
            throw new Failure(Ending.UNREADABLE_WITH_ID);
        } else if (!WorldScripts.labels(world.labels(), source).contains(qualifier)) {
            row = TableRow.TARGET_QUALIFIER_NO_LONGER_USED;
        } else if (!validSource(source)) {
            row = TableRow.TARGET_SOURCE_NOT_VALID;
        } else {
            row = TableRow.TARGET_SOURCE_VALID;
        }
        return new Known(
                Phase.TARGET, row, qualifier, link == null ? null : link.source(), source, targetId, List.of(), link);
    }

    /** The link phase, for a link whose both ends are gone. */
    Known link(Link link) {
        return new Known(
                Phase.LINK,
                TableRow.LINK_BOTH_GONE,
                link.qualifier(),
                link.source(),
                null,
                link.target(),
                List.of(),
                link);
    }

    private boolean validSource(SourceRecord source) {
        return !world.validSource()
                || WorldScripts.valid(source.get("valid"), Ending.VALID_SOURCE_THREW, Ending.VALID_SOURCE_NO_BOOLEAN);
    }

    private boolean validTarget(Map<String, String> target) {
        return !world.validTarget()
                || WorldScripts.valid(target.get("valid"), Ending.VALID_TARGET_THREW, Ending.VALID_TARGET_NO_BOOLEAN);
    }

    /** The correlated targets, sorted by id. Looked for among all targets, whatever targetQuery says. */
    private List<String> hits(Correlation correlation, SourceRecord source, String qualifier) {
        return switch (correlation) {
            case Correlation.CandidatesScript _ ->
                WorldScripts.candidates(source).stream()
                        .distinct()
                        .filter(state::hasTarget)
                        .sorted()
                        .toList();
            case Correlation.QueryScript query -> {
                // Once against nothing, so that the script fails also where there is no target to compare with.
                WorldScripts.isHit(query, source, Map.of());
                yield hits(target -> WorldScripts.isHit(query, source, target));
            }
            case Correlation.Expression(Node root) -> {
                // Each leaf's row is run, whether or not its value decides.
                Map<String, String> wanted = new java.util.HashMap<>();
                attributes(root).forEach(name -> {
                    String value = Rows.wanted(world.rows(), name, source, qualifier);
                    if (value != null) {
                        wanted.put(name, value);
                    }
                });
                yield hits(target -> isHit(root, wanted, target));
            }
        };
    }

    private List<String> hits(java.util.function.Predicate<Map<String, String>> isHit) {
        return state.targets().entrySet().stream()
                .filter(t -> isHit.test(t.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static boolean isHit(Node node, Map<String, String> wanted, Map<String, String> target) {
        return switch (node) {
            case Node.Attribute(String name) -> WorldScripts.same(wanted.get(name), target.get(name));
            case Node.Any(List<Node> nodes) -> nodes.stream().anyMatch(n -> isHit(n, wanted, target));
            case Node.All(List<Node> nodes) -> nodes.stream().allMatch(n -> isHit(n, wanted, target));
        };
    }

    static List<String> attributes(Node node) {
        return switch (node) {
            case Node.Attribute(String name) -> List.of(name);
            case Node.Any(List<Node> nodes) ->
                nodes.stream().flatMap(n -> attributes(n).stream()).toList();
            case Node.All(List<Node> nodes) ->
                nodes.stream().flatMap(n -> attributes(n).stream()).toList();
        };
    }
}
