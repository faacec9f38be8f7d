package dev.concord.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.mapping.DefinitionLoader;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Sources;
import dev.concord.model.Reference;
import dev.concord.model.World;
import dev.concord.model.Worlds;
import dev.concord.script.plain.PlainScript;
import dev.concord.testing.Databases;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Random worlds over several nights: what is presumed comes to the same as what is looked up. */
class PresumedWorldsTest {

    private static final int FIRST = 50_000;
    private static final int END = 50_060;

    /** Larger than usual, so that many are linked. */
    private static final int SIZE = 20;

    private static final int NIGHTS = 3;

    private final AtomicLong presumed = new AtomicLong();

    @Test
    void runsComeToTheSameWhetherTargetsArePresumedOrLookedUp() {
        new Trials(PresumableWorlds::plain)
                .play(Databases.H2, FIRST, END, (world, trial) -> play(world(world.seed()), trial));
        assertThat(presumed.get()).isGreaterThan(200);
    }

    @Test
    void everyScriptOfTheseWorldsIsPlain() {
        for (int seed = FIRST; seed < END; seed++) {
            Map<String, String> texts = PresumableWorlds.plain(WorldFiles.of(world(seed), new Settings(1, 0)));
            Mapping mapping = Objects.requireNonNull(
                    DefinitionLoader.load(Sources.of(texts)).mappings().get(World.LINK_TYPE));
            assertThat(mapping.scripts())
                    .allSatisfy(script -> assertThat(PlainScript.of(script.text()))
                            .as(script.text())
                            .isNotNull());
        }
    }

    private static World world(long seed) {
        return PresumableWorlds.of(Worlds.random(seed, SIZE));
    }

    private void play(World world, Trial trial) {
        Settings inOrder = List.of(new Settings(1, 0), new Settings(3, 0), new Settings(1000, 0))
                .get((int) (world.seed() % 3));
        play(world, trial, inOrder);
        if (world.seed() % 2 == 0) {
            play(world, trial, new Settings(inOrder.pageSize(), 4));
        }
    }

    /** Before the last night others change something. */
    private void play(World start, Trial trial, Settings settings) {
        World world = start;
        for (int night = 0; night < NIGHTS; night++) {
            if (night == NIGHTS - 1) {
                world = PresumableWorlds.later(world, start.seed());
            }
            if (!settings.keepsOrder() && !Reference.isOrderFree(world)) {
                return;
            }
            presumed.addAndGet(trial.checkPresumption(world, settings));
            world = trial.after(world);
        }
    }
}
