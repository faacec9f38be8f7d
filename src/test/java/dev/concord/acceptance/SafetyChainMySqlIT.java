package dev.concord.acceptance;

import dev.concord.testing.Databases;

class SafetyChainMySqlIT extends SafetyChainContract {

    SafetyChainMySqlIT() {
        super(Databases.MYSQL);
    }
}
