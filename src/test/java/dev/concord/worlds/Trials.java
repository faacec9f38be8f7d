package dev.concord.worlds;

import dev.concord.model.Coverage;
import dev.concord.model.Outcome;
import dev.concord.model.Reference;
import dev.concord.model.World;
import dev.concord.model.Worlds;
import dev.concord.script.GraalScripts;
import dev.concord.script.Scripts;
import dev.concord.system.ObjectSet;
import dev.concord.testing.Databases;
import dev.concord.testing.PlatformDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Plays many worlds at once, each worker in a database of its own, and remembers what they came by. */
final class Trials implements Trial.Verdict {

    private final Coverage model = new Coverage();
    private final EngineCoverage engine = new EngineCoverage();
    private final UnaryOperator<Map<String, String>> rewriting;
    private final Placing placing;

    Trials() {
        this(UnaryOperator.identity());
    }

    /** @param rewriting what is done to the definitions of each world before the engine loads them */
    Trials(UnaryOperator<Map<String, String>> rewriting) {
        this(rewriting, (set, database) -> set);
    }

    /** @param placing what is done to the target set before the engine has it */
    Trials(UnaryOperator<Map<String, String>> rewriting, Placing placing) {
        this.rewriting = rewriting;
        this.placing = placing;
    }

    /** Where a target set is, seen from the engine. */
    interface Placing {
        ObjectSet of(ObjectSet set, PlatformDatabase database);
    }

    @Override
    public synchronized void agreed(Outcome outcome, Report report) {
        model.add(outcome);
        engine.add(report);
    }

    /** What is done with one world. */
    interface Play {
        void play(World world, Trial trial);
    }

    /** Pages of one record, some and all, on no thread of its own, on one and on several. */
    static void allWays(World world, Trial trial) {
        trial.check(world, new Settings(1, 0));
        trial.check(world, new Settings(3, 1));
        trial.check(world, new Settings(1000, 0));
        inParallel(world, trial);
    }

    /** For databases that take their time. */
    static void twoWays(World world, Trial trial) {
        trial.check(world, new Settings(world.seed() % 2 == 0 ? 3 : 1000, 0));
        inParallel(world, trial);
    }

    /** The same result is only asked for where the order of the records makes no difference. */
    private static void inParallel(World world, Trial trial) {
        Settings parallel = new Settings(world.seed() % 2 == 0 ? 1 : 3, 4);
        if (Reference.isOrderFree(world)) {
            trial.check(world, parallel);
        } else {
            trial.checkThatItAddsUp(world, parallel);
        }
    }

    /**
     * Plays the worlds of the seeds {@code from} (inclusive) to {@code to}; fails with the first that is not as it
     * should be.
     */
    Trials play(Databases kind, int from, int to, Play play) {
        try (Silence _ = new Silence()) {
            return playQuietly(kind, from, to, play);
        }
    }

    private Trials playQuietly(Databases kind, int from, int to, Play play) {
        int workers = Math.min(4, Runtime.getRuntime().availableProcessors());
        AtomicInteger next = new AtomicInteger(from);
        try (Scripts scripts = new GraalScripts();
                ExecutorService threads = Executors.newFixedThreadPool(workers)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                all.add(threads.submit(() -> {
                    try (PlatformDatabase database = database(kind)) {
                        Trial trial = new Trial(
                                new WorldDriver(database, scripts, rewriting, set -> placing.of(set, database)), this);
                        for (int seed = next.getAndIncrement(); seed < to; seed = next.getAndIncrement()) {
                            play.play(Worlds.random(seed), trial);
                        }
                    } finally {
                        // Whoever fails ends it for all.
                        next.set(to);
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case Error error -> throw error;
                case RuntimeException exception -> throw exception;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return this;
    }

    /** On H2 one that remembers the statements of the whole engine, not the last eight. */
    private static PlatformDatabase database(Databases kind) {
        return kind == Databases.H2
                ? PlatformDatabase.at(
                        "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;QUERY_CACHE_SIZE=256", "sa", "")
                : PlatformDatabase.fresh(kind);
    }

    /** Fails when the engine never came by a situation, an action or an effect. */
    void assertThatTheEngineDidEverything() {
        engine.assertAtLeast(1);
    }

    /** Fails when a row of the tables, a way to end, an action or an effect came up less often than that. */
    void assertCoverage(int minimum) {
        model.assertAtLeast(minimum);
        engine.assertAtLeast(minimum);
    }
}
