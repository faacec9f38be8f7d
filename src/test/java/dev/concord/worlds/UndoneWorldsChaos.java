package dev.concord.worlds;

import dev.concord.testing.Databases;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Many more worlds to take back than {@link UndoneWorldsIT} has time for. */
class UndoneWorldsChaos {

    private static final int EVERY_FEW = 3;

    @Test
    void everyRunCanBeTakenBack() {
        new Trials().play(Databases.H2, 40_000, 40_500, (world, trial) -> {
            trial.checkThatItCanBeTakenBack(world, new Settings(3, 0));
            trial.checkThatItCanBeTakenBack(world, new Settings(1000, 2));
        });
    }

    @Test
    void everyRunCanBeTakenBackWhereTheTargetIsElsewhereAndWritesBreak() {
        new Trials(UnaryOperator.identity(), (set, database) -> Apart.of(set, database, EVERY_FEW))
                .play(Databases.H2, 40_000, 40_500, (world, trial) -> {
                    trial.checkThatItCanBeTakenBack(world, new Settings(3, 0));
                    trial.checkThatItCanBeTakenBack(world, new Settings(1000, 0));
                });
    }
}
