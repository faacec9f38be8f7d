package dev.concord.acceptance;

import dev.concord.testing.Databases;

class PlatformCutMariaDbIT extends PlatformCutContract {

    PlatformCutMariaDbIT() {
        super(Databases.MARIADB);
    }
}
