package dev.concord.acceptance;

import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;

class PlansMariaDbIT extends PlansContract {
    @Override
    TestDatabase database() {
        return Databases.MARIADB.fresh();
    }
}
