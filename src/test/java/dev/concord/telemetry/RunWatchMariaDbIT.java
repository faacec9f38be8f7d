package dev.concord.telemetry;

import dev.concord.testing.Databases;

class RunWatchMariaDbIT extends RunWatchContract {

    RunWatchMariaDbIT() {
        super(Databases.MARIADB);
    }
}
