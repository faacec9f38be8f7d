package dev.concord.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.model.Reference;
import dev.concord.model.World;
import dev.concord.model.Worlds;
import dev.concord.script.GraalScripts;
import dev.concord.script.Scripts;
import dev.concord.testing.Databases;
import dev.concord.testing.PlatformDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * In random worlds, a plan that is applied at once comes to what a plain run comes to, wherever records have nothing to
 * do with each other; and it never does more than the plan says.
 */
class PlansInWorldsTest {

    private static final int FIRST = 70_000;
    private static final int WORLDS = 120;
    private static final World.Run PLAIN = new World.Run(new World.Run.Kind.Full(), false);
    private static final World.Run LOOK = new World.Run(new World.Run.Kind.Full(), true);

    private static final List<Measure> CHANGES = List.of(
            Measure.CREATED,
            Measure.UPDATED,
            Measure.DELETED,
            Measure.LINKS_CREATED,
            Measure.LINKS_REPOINTED,
            Measure.LINKS_REMOVED);

    private int compared;
    private int changed;
    private int refused;

    @Test
    void aPlanThatIsAppliedAtOnceComesToWhatARunComesTo() {
        try (Silence _ = new Silence();
                PlatformDatabase database = PlatformDatabase.fresh(Databases.H2);
                Scripts scripts = new GraalScripts()) {
            WorldDriver driver = new WorldDriver(database, scripts);
            for (int seed = FIRST; seed < FIRST + WORLDS; seed++) {
                play(Worlds.random(seed).withRuns(List.of(PLAIN)), driver);
            }
        }
        assertThat(compared).isGreaterThan(WORLDS / 4);
        assertThat(changed).isGreaterThan(WORLDS / 5);
        assertThat(refused).isPositive();
    }

    private void play(World world, WorldDriver driver) {
        Settings settings = new Settings(world.seed() % 2 == 0 ? 1 : 3, 0);
        driver.load(world);
        Report plain = driver.run(world, PLAIN, settings);
        driver.load(world);
        Report plan = driver.run(world, LOOK, settings);
        if (plan.refused()) {
            return;
        }
        assertThat(driver.targets(world)).isEqualTo(world.targets());
        Report applied = driver.apply(world, settings);
        for (Measure change : CHANGES) {
            assertThat(count(applied, change))
                    .as("%s in world %d", change, world.seed())
                    .isLessThanOrEqualTo(count(plan, change));
        }
        long notDone = applied.lines().stream()
                .filter(line -> !line.outcome().equals(Outcome.SUCCESS.name()))
                .count();
        refused += notDone > 0 ? 1 : 0;
        if (notDone == 0 && Reference.isOrderFree(world)) {
            compared++;
            changed += CHANGES.stream().anyMatch(change -> count(applied, change) > 0) ? 1 : 0;
            assertThat(applied.targets()).as("targets of %s", world).isEqualTo(plain.targets());
            assertThat(applied.links()).as("links of %s", world).isEqualTo(plain.links());
        }
    }

    private static long count(Report report, Measure measure) {
        return report.counts().getOrDefault(measure.name(), 0L);
    }
}
