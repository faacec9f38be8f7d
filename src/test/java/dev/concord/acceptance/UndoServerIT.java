package dev.concord.acceptance;

import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;

class UndoServerIT extends UndoContract {
    @Override
    TestDatabase database() {
        return Databases.server().fresh();
    }
}
