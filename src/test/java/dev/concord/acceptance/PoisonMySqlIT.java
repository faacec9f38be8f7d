package dev.concord.acceptance;

import dev.concord.testing.Databases;

class PoisonMySqlIT extends PoisonContract {

    @Override
    Databases kind() {
        return Databases.MYSQL;
    }
}
