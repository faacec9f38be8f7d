package dev.concord.acceptance;

import dev.concord.testing.Databases;

class PlatformCutMySqlChaos extends PlatformCutContract {

    PlatformCutMySqlChaos() {
        super(Databases.MYSQL);
    }
}
