package dev.concord.worlds;

import dev.concord.testing.Databases;
import org.junit.jupiter.api.Test;

/** Thousands of worlds on H2, some hundreds on MySQL, or on MariaDB where no MySQL server is named. */
class EngineAgainstReferenceIT {

    @Test
    void engineAndModelAgreeOnThousandsOfWorlds() {
        new Trials().play(Databases.H2, 10_000, 12_500, Trials::allWays).assertCoverage(10);
    }

    @Test
    void engineAndModelAgreeOnTheDatabasesOfProduction() {
        Databases kind = System.getenv("CONCORD_TEST_MYSQL_URL") == null ? Databases.MARIADB : Databases.MYSQL;
        new Trials().play(kind, 21_100, 21_300, Trials::twoWays).assertThatTheEngineDidEverything();
    }
}
