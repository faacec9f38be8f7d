package dev.concord.acceptance;

import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;

class UndoTest extends UndoContract {
    @Override
    TestDatabase database() {
        return Databases.H2.fresh();
    }
}
