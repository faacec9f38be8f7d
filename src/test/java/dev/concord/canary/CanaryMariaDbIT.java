package dev.concord.canary;

import dev.concord.access.Role;
import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;
import java.util.List;

class CanaryMariaDbIT extends CanaryContract {

    @Override
    TestDatabase open() {
        return Databases.MARIADB.fresh();
    }

    /** The others are tried on the embedded database; it makes no difference to them which one it is. */
    @Override
    List<Role> readers() {
        return List.of(Role.VIEWER, Role.AUDITOR);
    }
}
