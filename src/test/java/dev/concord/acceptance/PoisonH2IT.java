package dev.concord.acceptance;

import dev.concord.testing.Databases;

class PoisonH2IT extends PoisonContract {

    @Override
    Databases kind() {
        return Databases.H2;
    }
}
