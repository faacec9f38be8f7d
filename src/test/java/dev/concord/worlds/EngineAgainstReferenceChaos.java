package dev.concord.worlds;

import dev.concord.testing.Databases;
import org.junit.jupiter.api.Test;

/** Many more worlds than {@link EngineAgainstReferenceIT} has time for, so many that each ending occurs often. */
class EngineAgainstReferenceChaos {

    @Test
    void engineAndModelAgreeOnManyMoreWorlds() {
        new Trials().play(Databases.H2, 10_000, 13_000, Trials::allWays).assertCoverage(10);
    }

    @Test
    void engineAndModelAgreeOnTheDatabasesOfProductionInAllThatTheEngineCanDo() {
        new Trials().play(Databases.server(), 21_100, 21_400, Trials::twoWays).assertThatTheEngineDidEverything();
    }
}
