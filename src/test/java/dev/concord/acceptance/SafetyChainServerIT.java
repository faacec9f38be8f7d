package dev.concord.acceptance;

import dev.concord.testing.Databases;

class SafetyChainServerIT extends SafetyChainContract {

    SafetyChainServerIT() {
        super(Databases.server());
    }
}
