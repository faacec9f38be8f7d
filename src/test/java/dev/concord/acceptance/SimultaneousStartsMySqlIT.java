package dev.concord.acceptance;

import dev.concord.testing.Databases;

class SimultaneousStartsMySqlIT extends SimultaneousStartsContract {

    SimultaneousStartsMySqlIT() {
        super(Databases.MYSQL);
    }
}
