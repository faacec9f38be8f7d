package dev.concord.acceptance;

import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;

class HooksTest extends HooksContract {
    @Override
    TestDatabase database() {
        return Databases.H2.fresh();
    }
}
