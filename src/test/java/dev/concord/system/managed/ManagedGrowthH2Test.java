package dev.concord.system.managed;

import dev.concord.testing.Databases;

class ManagedGrowthH2Test extends ManagedGrowthContract {
    ManagedGrowthH2Test() {
        super(Databases.H2);
    }
}
