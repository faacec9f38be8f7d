package dev.concord.acceptance;

import dev.concord.testing.Databases;

class SafetyChainH2IT extends SafetyChainContract {

    SafetyChainH2IT() {
        super(Databases.H2);
    }
}
