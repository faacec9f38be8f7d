package dev.concord.model;

import dev.concord.model.World.Condition;
import dev.concord.model.World.Correlation;
import dev.concord.model.World.Link;
import dev.concord.model.World.Row;
import dev.concord.model.World.Rule;
import dev.concord.model.World.Run;
import dev.concord.model.World.SourceRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Takes things out of a world for as long as it stays wrong, so that a person can see what is wrong with it. */
public final class Shrink {

    private Shrink() {}

    /**
     * The smallest world found that still fails; the world itself if nothing can be left out.
     *
     * @param fails is asked many times, each time for a world with one thing less
     */
    public static World world(World start, Predicate<World> fails) {
        World smallest = start;
        boolean smaller = true;
        while (smaller) {
            smaller = false;
            for (World candidate : withOneThingLess(smallest)) {
                if (fails.test(candidate)) {
                    smallest = candidate;
                    smaller = true;
                    break;
                }
            }
        }
        return smallest;
    }

    private static List<World> withOneThingLess(World world) {
        List<World> all = new ArrayList<>();
        for (List<Run> runs : shorter(world.runs())) {
            if (!runs.isEmpty()) {
                all.add(world.withRuns(runs));
            }
        }
        shorter(world.sources()).forEach(sources -> all.add(copy(world, sources, world.targets(), world.links())));
        shorter(List.copyOf(world.targets().keySet())).forEach(ids -> {
            Map<String, Map<String, String>> targets = new LinkedHashMap<>(world.targets());
            targets.keySet().retainAll(ids);
            all.add(copy(world, world.sources(), targets, world.links()));
        });
        for (List<Link> links : shorter(world.links())) {
            all.add(copy(world, world.sources(), world.targets(), links));
        }
        for (List<Rule> rules : shorter(world.rules())) {
            all.add(copy(world, world.rows(), rules, world.sourceCondition()));
        }
        for (List<Row> rows : shorter(world.rows())) {
            if (hasRowsForCorrelation(world, rows)) {
                all.add(copy(world, rows, world.rules(), world.sourceCondition()));
            }
        }
        if (!(world.sourceCondition() instanceof Condition.Always)) {
            all.add(copy(world, world.rows(), world.rules(), new Condition.Always()));
        }
        for (int i = 0; i < world.sources().size(); i++) {
            SourceRecord source = world.sources().get(i);
            for (String attribute : source.attributes().keySet()) {
                Map<String, String> fewer = new TreeMap<>(source.attributes());
                fewer.remove(attribute);
                List<SourceRecord> sources = new ArrayList<>(world.sources());
                sources.set(i, new SourceRecord(source.id(), source.readable(), fewer));
                all.add(copy(world, sources, world.targets(), world.links()));
            }
        }
        world.targets().forEach((id, attributes) -> {
            for (String attribute : attributes.keySet()) {
                Map<String, String> fewer = new TreeMap<>(attributes);
                fewer.remove(attribute);
                Map<String, Map<String, String>> targets = new LinkedHashMap<>(world.targets());
                targets.put(id, fewer);
                all.add(copy(world, world.sources(), targets, world.links()));
            }
        });
        return all;
    }

    private static boolean hasRowsForCorrelation(World world, List<Row> rows) {
        return world.correlations().values().stream()
                .filter(Correlation.Expression.class::isInstance)
                .flatMap(c -> Assessment.attributes(((Correlation.Expression) c).root()).stream())
                .allMatch(name -> rows.stream().anyMatch(row -> row.target().equals(name)));
    }

    private static <T> List<List<T>> shorter(List<T> things) {
        List<List<T>> all = new ArrayList<>();
        for (int i = 0; i < things.size(); i++) {
            List<T> shorter = new ArrayList<>(things);
            shorter.remove(i);
            all.add(shorter);
        }
        return all;
    }

    private static World copy(
            World world, List<SourceRecord> sources, Map<String, Map<String, String>> targets, List<Link> links) {
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
                links,
                world.runs());
    }

    private static World copy(World world, List<Row> rows, List<Rule> rules, Condition sourceCondition) {
        return new World(
                world.seed(),
                world.flags(),
                world.labels(),
                world.validSource(),
                world.validTarget(),
                world.hooks(),
                sourceCondition,
                world.correlations(),
                world.unique(),
                rows,
                rules,
                world.spelling(),
                world.sources(),
                world.targets(),
                world.links(),
                world.runs());
    }
}
