package dev.concord.acceptance;

import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;

class PresumptionMariaDbIT extends PresumptionContract {
    @Override
    TestDatabase database() {
        return Databases.MARIADB.fresh();
    }
}
