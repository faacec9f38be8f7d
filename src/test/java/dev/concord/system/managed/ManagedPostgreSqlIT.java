package dev.concord.system.managed;

import dev.concord.testing.Databases;

class ManagedPostgreSqlIT extends ManagedContract {
    ManagedPostgreSqlIT() {
        super(Databases.POSTGRESQL);
    }
}
