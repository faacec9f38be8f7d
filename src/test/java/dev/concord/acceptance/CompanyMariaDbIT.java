package dev.concord.acceptance;

import dev.concord.testing.Databases;

class CompanyMariaDbIT extends CompanyContract {

    CompanyMariaDbIT() {
        super(Databases.MARIADB);
    }
}
