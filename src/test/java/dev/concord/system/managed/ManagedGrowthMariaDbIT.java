package dev.concord.system.managed;

import dev.concord.testing.Databases;

class ManagedGrowthMariaDbIT extends ManagedGrowthContract {
    ManagedGrowthMariaDbIT() {
        super(Databases.MARIADB);
    }
}
