package dev.concord.acceptance;

import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;

class HooksMariaDbIT extends HooksContract {
    @Override
    TestDatabase database() {
        return Databases.MARIADB.fresh();
    }
}
