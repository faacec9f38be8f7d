package dev.concord.worlds;

import dev.concord.testing.Databases;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Random worlds that are taken back on another database, and in one whose connection breaks every few writes. */
class UndoneWorldsIT {

    private static final int EVERY_FEW = 3;

    @Test
    void everyRunCanBeTakenBackOnADatabaseOfProduction() {
        new Trials().play(Databases.server(), 31_000, 31_025, (world, trial) -> {
            trial.checkThatItCanBeTakenBack(world, new Settings(3, 0));
            trial.checkThatItCanBeTakenBack(world, new Settings(1000, 2));
        });
    }

    /** What was broken off and finished later is the doing of the run all the same, and not of others. */
    @Test
    void everyRunCanBeTakenBackWhereTheTargetIsElsewhereAndWritesBreak() {
        new Trials(UnaryOperator.identity(), (set, database) -> Apart.of(set, database, EVERY_FEW))
                .play(Databases.H2, 32_020, 32_060, (world, trial) -> {
                    trial.checkThatItCanBeTakenBack(world, new Settings(3, 0));
                    trial.checkThatItCanBeTakenBack(world, new Settings(1000, 0));
                });
    }

    /** A write that was refused, whose answer was lost, and behind which another record wrote the same target. */
    @Test
    void aRefusedWriteIsNotTakenForDoneBecauseALaterRecordWasAboutToWrite() {
        new Trials(UnaryOperator.identity(), (set, database) -> Apart.of(set, database, EVERY_FEW))
                .play(
                        Databases.H2,
                        32_256,
                        32_257,
                        (world, trial) -> trial.checkThatItCanBeTakenBack(world, new Settings(3, 0)));
    }

    /** A target that was to get an id that another source is linked to stays where it was: nowhere. */
    @Test
    void aTargetWhoseIdALinkWaitsForIsNotCreatedFirstAndRefusedThen() {
        new Trials(UnaryOperator.identity(), (set, database) -> Apart.of(set, database, EVERY_FEW))
                .play(Databases.H2, 40_667, 40_668, (world, trial) -> {
                    trial.checkThatItCanBeTakenBack(world, new Settings(3, 0));
                    trial.checkThatItCanBeTakenBack(world, new Settings(1000, 0));
                });
    }

    /** Links under other qualifiers were waiting for the ids of new targets before the run. */
    @Test
    void aTargetThatLinksWereWaitingForGoesAgain() {
        Trials.Play takeBack = (world, trial) -> {
            trial.checkThatItCanBeTakenBack(world, new Settings(3, 0));
            trial.checkThatItCanBeTakenBack(world, new Settings(1000, 0));
        };
        for (int seed : List.of(40_155, 40_292)) {
            new Trials(UnaryOperator.identity(), (set, database) -> Apart.of(set, database, EVERY_FEW))
                    .play(Databases.H2, seed, seed + 1, takeBack);
            new Trials().play(Databases.H2, seed, seed + 1, takeBack);
        }
    }
}
