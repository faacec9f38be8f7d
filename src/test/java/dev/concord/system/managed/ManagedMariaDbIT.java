package dev.concord.system.managed;

import dev.concord.testing.Databases;

class ManagedMariaDbIT extends ManagedContract {
    ManagedMariaDbIT() {
        super(Databases.MARIADB);
    }
}
