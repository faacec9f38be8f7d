package dev.concord.canary;

import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;

class CanaryMariaDbIT extends CanaryContract {

    @Override
    TestDatabase open() {
        return Databases.MARIADB.fresh();
    }
}
