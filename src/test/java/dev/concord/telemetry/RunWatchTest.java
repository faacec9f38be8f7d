package dev.concord.telemetry;

import dev.concord.testing.Databases;

class RunWatchTest extends RunWatchContract {

    RunWatchTest() {
        super(Databases.H2);
    }
}
