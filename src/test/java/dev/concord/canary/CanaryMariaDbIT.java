package dev.concord.canary;

import dev.concord.testing.Databases;

class CanaryMariaDbIT extends CanaryContract {

    @Override
    Databases databases() {
        return Databases.MARIADB;
    }
}
