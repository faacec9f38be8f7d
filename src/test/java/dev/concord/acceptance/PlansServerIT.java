package dev.concord.acceptance;

import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;

class PlansServerIT extends PlansContract {
    @Override
    TestDatabase database() {
        return Databases.server().fresh();
    }
}
