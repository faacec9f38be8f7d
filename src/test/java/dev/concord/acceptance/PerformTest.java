package dev.concord.acceptance;

import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;

class PerformTest extends PerformContract {
    @Override
    TestDatabase database() {
        return Databases.H2.fresh();
    }
}
