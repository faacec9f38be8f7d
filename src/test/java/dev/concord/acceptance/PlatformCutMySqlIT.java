package dev.concord.acceptance;

import dev.concord.testing.Databases;

class PlatformCutMySqlIT extends PlatformCutContract {

    PlatformCutMySqlIT() {
        super(Databases.MYSQL);
    }
}
