package dev.concord.acceptance;

import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;

class PerformMariaDbIT extends PerformContract {
    @Override
    TestDatabase database() {
        return Databases.MARIADB.fresh();
    }
}
