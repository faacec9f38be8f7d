package dev.concord.acceptance;

import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;

class UndoMariaDbIT extends UndoContract {
    @Override
    TestDatabase database() {
        return Databases.MARIADB.fresh();
    }
}
