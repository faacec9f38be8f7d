package dev.concord.api.openidm;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A client that knows PingIDM's documents and nothing else, and what Concord has besides, on one server. */
class RestRunsIT implements RunsOverRest, WatchingOverRest, EntriesOverRest, QuestionsOverRest {

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        RestHouse.start(folder);
    }

    @AfterAll
    static void stop() {
        RestHouse.stop();
    }

    @AfterEach
    void open() {
        RestHouse.GATE.open();
    }
}
