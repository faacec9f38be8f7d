package dev.concord.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
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
        coverage.assertAtLeast(80);
        assertThat(coverage.missingPairs()).isEmpty();
    }

    @Test
    void aWorldThatFailsIsShrunkToWhatMatters() {
        World world = LongStream.range(0, 100)
                .mapToObj(Worlds::random)
                .filter(w -> w.targets().size() > 8)
                .findFirst()
                .orElseThrow();
        World smallest = Shrink.world(world, w -> w.targets().size() >= 2);
        assertThat(smallest.targets())
                .hasSize(2)
                .allSatisfy((id, attributes) -> assertThat(attributes).isEmpty());
        assertThat(smallest.sources()).isEmpty();
        assertThat(smallest.links()).isEmpty();
        assertThat(smallest.rules()).isEmpty();
    }

    @Test
    void someWorldsDependOnTheOrderAndMostDoNot() {
        int free = 0;
        for (int seed = 0; seed < 1_000; seed++) {
            free += Reference.isOrderFree(Worlds.random(seed)) ? 1 : 0;
        }
        assertThat(free).isBetween(400, 950);
    }
}
