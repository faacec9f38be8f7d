package dev.concord.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorldsTest {

    @Test
    void theSameSeedGivesTheSameWorld() {
        for (int seed = 0; seed < 100; seed++) {
            assertThat(Worlds.random(seed)).isEqualTo(Worlds.random(seed));
        }
    }

    @Test
    void everyRowOfTheTablesAndEveryEndingIsComeByOften() {
        Coverage coverage = new Coverage();
        for (int seed = 0; seed < 20_000; seed++) {
            Reference.play(Worlds.random(seed)).forEach(coverage::add);
        }
        System.out.println(coverage);
        coverage.assertAtLeast(100);
        assertThat(coverage.missingPairs()).isEmpty();
    }
}
