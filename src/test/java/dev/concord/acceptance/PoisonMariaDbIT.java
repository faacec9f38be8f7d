package dev.concord.acceptance;

import dev.concord.testing.Databases;

class PoisonMariaDbIT extends PoisonContract {

    @Override
    Databases kind() {
        return Databases.MARIADB;
    }
}
