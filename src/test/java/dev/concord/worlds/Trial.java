package dev.concord.worlds;

import dev.concord.ledger.Entry;
import dev.concord.ledger.Measure;
import dev.concord.model.Outcome;
import dev.concord.model.Reference;
import dev.concord.model.Shrink;
import dev.concord.model.World;
import dev.concord.model.World.Link;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Plays worlds on the engine and on the model, run by run, and says where they differ. Not for use by several threads
 * at once.
 */
final class Trial {

    private final WorldDriver driver;
    private final Verdict verdict;

    Trial(WorldDriver driver, Verdict verdict) {
        this.driver = driver;
        this.verdict = verdict;
    }

    /** Is told of every run on which engine and model agreed. */
    interface Verdict {

        Verdict NONE = (model, engine) -> {};

        void agreed(Outcome model, Report engine);
    }

    /** Where they differ: in which run, in what first, and all that either of them says of that run. */
    record Difference(int run, String first, String engine, Report model) {

        @Override
        public String toString() {
            return "Run " + run + ". " + first + "\n\nengine\n" + engine + "\n\nmodel\n" + model;
        }
    }

    /** Fails with a world as small as can be when engine and model differ. */
    void check(World world, Settings settings) {
        Optional<Difference> difference = difference(world, settings);
        if (difference.isPresent()) {
            Trial quiet = new Trial(driver, Verdict.NONE);
            World small = Shrink.world(
                    world,
                    smaller -> (settings.keepsOrder() || Reference.isOrderFree(smaller))
                            && quiet.difference(smaller, settings).isPresent());
            throw new AssertionError("Engine and model differ on world " + world.seed() + ", " + settings + ".\n\n"
                    + small + "\n"
                    + quiet.difference(small, settings).or(() -> difference).orElseThrow());
        }
    }

    Optional<Difference> difference(World start, Settings settings) {
        World world = start;
        driver.load(world);
        int number = 0;
        for (World.Run run : start.runs()) {
            number++;
            // With the ids that the engine made, so that both see the store in the same order.
            world = world.with(driver.targets(world), driver.links()).withRuns(List.of(run));
            Outcome outcome = Reference.play(world).getFirst();
            Report expected = Report.of(outcome);
            Report actual;
            try {
                actual = driver.run(world, run, settings);
            } catch (RuntimeException e) {
                return Optional.of(new Difference(number, "The engine's run broke.", trace(e), expected));
            }
            Optional<String> first = actual.differenceFrom(expected, settings.keepsOrder());
            if (first.isPresent()) {
                return Optional.of(new Difference(number, first.get(), actual.toString(), expected));
            }
            verdict.agreed(outcome, actual);
        }
        return Optional.empty();
    }

    /**
     * Plays the first run of a world with all targets looked up, and again with those presumed that can be; fails with
     * a world as small as can be when the two or the model differ.
     *
     * @return how many records were presumed
     */
    long checkPresumption(World world, Settings settings) {
        Optional<Difference> difference = differenceByPresumption(world, settings);
        if (difference.isPresent()) {
            World small = Shrink.world(
                    world,
                    smaller -> (settings.keepsOrder() || Reference.isOrderFree(smaller))
                            && differenceByPresumption(smaller, settings).isPresent());
            throw new AssertionError("Presumption changes world " + world.seed() + ", " + settings + ".\n\n" + small
                    + "\n"
                    + differenceByPresumption(small, settings)
                            .or(() -> difference)
                            .orElseThrow());
        }
        return driver.presumed();
    }

    private Optional<Difference> differenceByPresumption(World world, Settings settings) {
        World.Run run = world.runs().getFirst();
        Report expected = Report.of(Reference.play(world).getFirst()).withoutLines();
        List<Report> reports = new ArrayList<>();
        for (Settings way : List.of(settings.lookingUp(), settings.presuming())) {
            driver.load(world);
            try {
                reports.add(driver.run(world, run, way));
            } catch (RuntimeException e) {
                return Optional.of(new Difference(1, "The engine's run broke.", trace(e), expected));
            }
        }
        Report lookedUp = reports.getFirst();
        Report presumed = reports.getLast();
        return lookedUp.withoutLines()
                .differenceFrom(expected, settings.keepsOrder())
                .map(first -> new Difference(1, "Looked up. " + first, lookedUp.toString(), expected))
                .or(() -> presumed.differenceFrom(lookedUp, settings.keepsOrder())
                        .map(first -> new Difference(1, "Presumed. " + first, presumed.toString(), lookedUp)));
    }

    /** The world as its last run left it. */
    World after(World world) {
        return world.with(driver.targets(world), driver.links());
    }

    /**
     * Plays a world on the engine, and takes each run back: then everything is as it was before, and, once the undo is
     * taken back, as it was after the run. Answers what was taken back, by kind of effect.
     */
    Map<Measure, Long> checkThatItCanBeTakenBack(World start, Settings settings) {
        Map<Measure, Long> total = new EnumMap<>(Measure.class);
        World world = start;
        driver.load(world);
        for (World.Run asked : start.runs()) {
            State before = State.of(driver, world);
            driver.run(world, asked, settings);
            String run = driver.last();
            State after = State.of(driver, world);
            if (asked.analyze()) {
                continue;
            }
            List<Entry> looked = driver.undo(world, settings, run, true);
            Map<Measure, Long> expected = driver.effects(driver.last());
            mustBe(after, State.of(driver, world), "after a look at the undo", start, settings, looked);
            List<Entry> undo = driver.undo(world, settings, run, false);
            String undone = driver.last();
            mustBe(before, State.of(driver, world), "after the undo", start, settings, undo);
            mustBe(expected, driver.effects(undone), "effects as a look told them", start, settings, undo);
            List<Entry> redo = driver.undo(world, settings, undone, false);
            mustBe(after, State.of(driver, world), "after the undo of the undo", start, settings, redo);
            driver.effects(run).forEach((effect, number) -> total.merge(effect, number, Long::sum));
        }
        return total;
    }

    private record State(Map<String, Map<String, String>> targets, Set<Link> links) {

        static State of(WorldDriver driver, World world) {
            return new State(driver.targets(world), new HashSet<>(driver.links()));
        }
    }

    private static void mustBe(
            Object expected, Object actual, String when, World world, Settings settings, List<Entry> entries) {
        List<Entry> failed =
                entries.stream().filter(entry -> entry.outcome().isFailure()).toList();
        if (!expected.equals(actual) || !failed.isEmpty()) {
            throw new AssertionError("World " + world.seed() + ", " + settings + ", " + when + ":\n" + actual
                    + "\n\nand not\n" + expected + "\n\n" + world + "\n"
                    + entries.stream().map(String::valueOf).collect(Collectors.joining("\n")));
        }
    }

    private static String trace(RuntimeException e) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    /**
     * Plays a world on the engine alone: what comes out of it may depend on which of its threads is faster, but each
     * run comes to its end and its ledger adds up.
     */
    void checkThatItAddsUp(World start, Settings settings) {
        World world = start;
        driver.load(world);
        for (World.Run run : start.runs()) {
            int targets = driver.targets(world).size();
            int links = driver.links().size();
            Report report = driver.run(world, run, settings);
            if (!report.addsUp(run.analyze(), targets, links)) {
                throw new AssertionError("The report of world " + start.seed() + ", " + settings
                        + ", does not add up. Before it there were " + targets + " targets and " + links + " links.\n\n"
                        + start + "\n" + report);
            }
        }
    }
}
