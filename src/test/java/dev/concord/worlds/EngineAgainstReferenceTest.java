package dev.concord.worlds;

import dev.concord.testing.Databases;
import org.junit.jupiter.api.Test;

/** A hundred worlds, quickly; {@link EngineAgainstReferenceIT} plays thousands and counts what came up in them. */
class EngineAgainstReferenceTest {

    @Test
    void engineAndModelAgreeWhateverThePagesAndThreads() {
        new Trials().play(Databases.H2, 3_400, 3_500, Trials::allWays);
    }
}
