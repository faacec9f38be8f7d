package dev.concord.acceptance;

import dev.concord.testing.Databases;

class SafetyChainMariaDbIT extends SafetyChainContract {

    SafetyChainMariaDbIT() {
        super(Databases.MARIADB);
    }
}
