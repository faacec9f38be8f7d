package dev.concord.api.openidm;

import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;

class ObjectsH2IT extends ObjectsContract {
    @Override
    TestDatabase database() {
        return Databases.H2.fresh();
    }
}
