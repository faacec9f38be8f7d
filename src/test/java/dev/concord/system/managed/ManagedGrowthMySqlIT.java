package dev.concord.system.managed;

import dev.concord.testing.Databases;

class ManagedGrowthMySqlIT extends ManagedGrowthContract {
    ManagedGrowthMySqlIT() {
        super(Databases.MYSQL);
    }
}
