package dev.concord.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.model.Outcome;
import dev.concord.model.Reference;
import dev.concord.model.World;
import dev.concord.model.Worlds;
import dev.concord.oracle.Expectation;
import dev.concord.oracle.Holdings;
import dev.concord.oracle.Oracle;
import dev.concord.oracle.Verdict;
import dev.concord.script.GraalScripts;
import dev.concord.script.Scripts;
import dev.concord.testing.Databases;
import dev.concord.testing.PlatformDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In random worlds the oracle finds nothing wrong with what the engine does, by the word of the reference model. */
class OracleAgainstReferenceTest {

    private static final int FIRST = 60_000;
    private static final int WORLDS = 120;

    @Test
    void theOracleFindsNothingWrongWithTheEngine() {
        int changed = 0;
        try (Silence _ = new Silence();
                PlatformDatabase database = PlatformDatabase.fresh(Databases.H2);
                Scripts scripts = new GraalScripts()) {
            WorldDriver driver = new WorldDriver(database, scripts);
            for (int seed = FIRST; seed < FIRST + WORLDS; seed++) {
                World world = Worlds.random(seed);
                driver.load(world);
                for (World.Run run : world.runs()) {
                    World now =
                            world.with(driver.targets(world), driver.links()).withRuns(List.of(run));
                    Outcome model = Reference.play(now).getFirst();
                    Holdings before = driver.holdings(world);
                    driver.run(now, run, new Settings(3, 0));
                    Holdings after = driver.holdings(world);
                    Verdict verdict = Oracle.judge(Expectation.of(model), before, after, driver.account());
                    assertThat(verdict.isFaultless())
                            .as(() -> verdict + "\n\n" + now)
                            .isTrue();
                    changed += after.targets().equals(before.targets()) ? 0 : 1;
                }
            }
        }
        assertThat(changed).isGreaterThan(WORLDS / 2);
    }
}
