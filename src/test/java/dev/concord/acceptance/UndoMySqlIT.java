package dev.concord.acceptance;

import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;

class UndoMySqlIT extends UndoContract {
    @Override
    TestDatabase database() {
        return Databases.MYSQL.fresh();
    }
}
