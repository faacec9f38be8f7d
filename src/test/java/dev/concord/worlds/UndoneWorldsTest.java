package dev.concord.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Measure;
import dev.concord.model.World;
import dev.concord.testing.Databases;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Runs of random worlds that are taken back, and whose undo is taken back again. */
class UndoneWorldsTest {

    private final Map<Measure, Long> total = new ConcurrentHashMap<>();

    @Test
    void everyRunCanBeTakenBackWhateverItDid() {
        new Trials().play(Databases.H2, 30_000, 30_150, (world, trial) -> {
            play(trial, world, new Settings(1, 0));
            play(trial, world, new Settings(1000, 0));
            play(trial, world, new Settings(3, 4));
        });
        assertThat(total.values()).hasSize(6).allMatch(number -> number > 10);
    }

    private void play(Trial trial, World world, Settings settings) {
        trial.checkThatItCanBeTakenBack(world, settings)
                .forEach((effect, number) -> total.merge(effect, number, Long::sum));
    }
}
