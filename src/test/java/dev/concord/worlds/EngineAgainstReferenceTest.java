package dev.concord.worlds;

import dev.concord.testing.Databases;
import org.junit.jupiter.api.Test;

/** Some hundred worlds, quickly; {@link EngineAgainstReferenceIT} plays thousands. */
class EngineAgainstReferenceTest {

    @Test
    void engineAndModelAgreeWhateverThePagesAndThreads() {
        new Trials().play(Databases.H2, 3_400, 3_600, Trials::allWays).assertThatTheEngineDidEverything();
    }
}
