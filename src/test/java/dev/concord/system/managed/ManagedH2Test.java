package dev.concord.system.managed;

import dev.concord.testing.Databases;

class ManagedH2Test extends ManagedContract {
    ManagedH2Test() {
        super(Databases.H2);
    }
}
