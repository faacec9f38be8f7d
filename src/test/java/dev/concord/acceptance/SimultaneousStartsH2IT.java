package dev.concord.acceptance;

import dev.concord.testing.Databases;

class SimultaneousStartsH2IT extends SimultaneousStartsContract {

    SimultaneousStartsH2IT() {
        super(Databases.H2);
    }
}
