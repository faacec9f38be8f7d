package dev.concord.canary;

import dev.concord.testing.Databases;

class CanaryH2IT extends CanaryContract {

    @Override
    Databases databases() {
        return Databases.H2;
    }
}
