package dev.concord.worlds;

import dev.concord.testing.Databases;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Worlds whose target is in another database, whose connection breaks before and after every few writes. */
class ElsewhereAgainstReferenceIT {

    /** An odd number, so that writes break before and after they were done. */
    private static final int EVERY_FEW = 3;

    @Test
    void whatAnInterruptedPageIntendedIsFinishedAsTheModelSays() {
        new Trials(UnaryOperator.identity(), (set, database) -> Apart.of(set, database, EVERY_FEW))
                .play(Databases.H2, 5_000, 5_060, (world, trial) -> {
                    // What the model undoes when a script fails after a write stays elsewhere.
                    if (!world.hooks()) {
                        trial.check(world, new Settings(3, 0));
                        trial.check(world, new Settings(1000, 0));
                    }
                });
    }
}
