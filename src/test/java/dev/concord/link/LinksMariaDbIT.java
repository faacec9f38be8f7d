package dev.concord.link;

import dev.concord.testing.Databases;

class LinksMariaDbIT extends LinksContract {

    LinksMariaDbIT() {
        super(Databases.MARIADB);
    }
}
