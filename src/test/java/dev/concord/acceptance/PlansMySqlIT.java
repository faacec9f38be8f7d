package dev.concord.acceptance;

import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;

class PlansMySqlIT extends PlansContract {
    @Override
    TestDatabase database() {
        return Databases.MYSQL.fresh();
    }
}
