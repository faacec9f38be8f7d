package dev.concord.acceptance;

import dev.concord.testing.Databases;

class CompanyH2IT extends CompanyContract {

    CompanyH2IT() {
        super(Databases.H2);
    }
}
