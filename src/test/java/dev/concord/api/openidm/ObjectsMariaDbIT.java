package dev.concord.api.openidm;

import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;

class ObjectsMariaDbIT extends ObjectsContract {
    @Override
    TestDatabase database() {
        return Databases.MARIADB.fresh();
    }
}
