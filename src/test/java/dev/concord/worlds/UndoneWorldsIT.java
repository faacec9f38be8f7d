package dev.concord.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.testing.Databases;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Random worlds that are taken back on another database, and in one whose connection breaks every few writes. */
class UndoneWorldsIT {

    private static final int EVERY_FEW = 3;

    @Test
    void everyRunCanBeTakenBackOnADatabaseOfProduction() {
        new Trials().play(Databases.MARIADB, 31_000, 31_025, (world, trial) -> {
            trial.checkThatItCanBeTakenBack(world, new Settings(3, 0));
            trial.checkThatItCanBeTakenBack(world, new Settings(1000, 2));
        });
    }

    /**
     * Where a write was broken off and finished later, it is not always certain that nobody else has written since:
     * then a record is left alone.
     */
    @Test
    void everyRunIsTakenBackOrListedWhereTheTargetIsElsewhereAndWritesBreak() {
        LongAdder left = new LongAdder();
        new Trials(UnaryOperator.identity(), (set, database) -> Apart.of(set, database, EVERY_FEW))
                .play(Databases.H2, 32_000, 32_060, (world, trial) -> {
                    left.add(trial.checkThatItIsTakenBackOrListed(world, new Settings(3, 0)));
                    left.add(trial.checkThatItIsTakenBackOrListed(world, new Settings(1000, 0)));
                });
        assertThat(left.sum()).as("records that were left alone").isLessThan(10);
    }
}
