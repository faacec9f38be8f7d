package dev.concord.worlds;

import dev.concord.testing.Databases;
import org.junit.jupiter.api.Test;

/**
 * Many worlds in many ways on H2, some on MySQL, or on MariaDB where no MySQL server is named;
 * {@link EngineAgainstReferenceChaos} has more of both.
 */
class EngineAgainstReferenceIT {

    @Test
    void engineAndModelAgreeOnManyWorlds() {
        new Trials().play(Databases.H2, 10_000, 10_600, Trials::allWays).assertCoverage(3);
    }

    @Test
    void engineAndModelAgreeOnTheDatabasesOfProduction() {
        new Trials().play(Databases.server(), 21_100, 21_140, Trials::twoWays);
    }
}
