package dev.concord.system.managed;

import dev.concord.testing.Databases;

class ManagedMySqlIT extends ManagedContract {
    ManagedMySqlIT() {
        super(Databases.MYSQL);
    }
}
