package dev.concord.acceptance;

import dev.concord.testing.Databases;

class CompanyMySqlIT extends CompanyContract {

    CompanyMySqlIT() {
        super(Databases.MYSQL);
    }
}
