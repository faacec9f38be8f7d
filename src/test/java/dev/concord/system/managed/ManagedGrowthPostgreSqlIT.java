package dev.concord.system.managed;

import dev.concord.testing.Databases;

class ManagedGrowthPostgreSqlIT extends ManagedGrowthContract {
    ManagedGrowthPostgreSqlIT() {
        super(Databases.POSTGRESQL);
    }
}
