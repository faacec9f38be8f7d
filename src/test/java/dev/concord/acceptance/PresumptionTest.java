package dev.concord.acceptance;

import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;

class PresumptionTest extends PresumptionContract {
    @Override
    TestDatabase database() {
        return Databases.H2.fresh();
    }
}
