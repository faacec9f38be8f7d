package dev.concord.worlds;

import dev.concord.model.Coverage;
import dev.concord.model.Outcome;
import dev.concord.model.Reference;
import dev.concord.model.Shrink;
import dev.concord.model.World;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;

/** Plays worlds on the engine and on the model, run by run, and says where they differ. */
final class Trial {

    private final WorldDriver driver;
    private final Coverage model = new Coverage();
    private final EngineCoverage engine = new EngineCoverage();

    Trial(WorldDriver driver) {
        this.driver = driver;
    }

    /** What the model's ops came by. */
    Coverage model() {
        return model;
    }

    /** What the engine's reports told of. */
    EngineCoverage engine() {
        return engine;
    }

    /** Fails with a world as small as can be when engine and model differ. */
    void check(World world, Settings settings) {
        Optional<Difference> difference = difference(world, settings, true);
        if (difference.isPresent()) {
            World small = Shrink.world(
                    world, smaller -> difference(smaller, settings, false).isPresent());
            throw new AssertionError("Engine and model differ on world " + world.seed() + ", " + settings + ".\n\n" + small
                    + "\n" + difference(small, settings, false).or(() -> difference).orElseThrow());
        }
    }

    /** Where they differ: in which run, in what first, and all that either of them says of that run. */
    record Difference(int run, String first, String engine, Report model) {

        @Override
        public String toString() {
            return "Run " + run + ". " + first + "\n\nengine\n" + engine + "\n\nmodel\n" + model;
        }
    }

    Optional<Difference> difference(World start, Settings settings, boolean counted) {
        World world = start;
        driver.load(world);
        boolean inOrder = settings.taskThreads() < 2;
        int number = 0;
        for (World.Run run : start.runs()) {
            number++;
            // The ids that the engine made, so that both see the store in the same order.
            world = world.with(driver.targets(world), driver.links()).withRuns(List.of(run));
            Outcome outcome = Reference.play(world).getFirst();
            Report expected = Report.of(outcome);
            Report actual;
            try {
                actual = driver.run(world, run, settings);
            } catch (RuntimeException e) {
                StringWriter trace = new StringWriter();
                e.printStackTrace(new PrintWriter(trace));
                return Optional.of(new Difference(number, "The engine's run broke.", trace.toString(), expected));
            }
            Optional<String> first = actual.differenceFrom(expected, inOrder);
            if (first.isPresent()) {
                return Optional.of(new Difference(number, first.get(), actual.toString(), expected));
            }
            if (counted) {
                model.add(outcome);
                engine.add(actual);
            }
        }
        return Optional.empty();
    }
}
