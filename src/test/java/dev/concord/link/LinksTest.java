package dev.concord.link;

import dev.concord.testing.Databases;

class LinksTest extends LinksContract {

    LinksTest() {
        super(Databases.H2);
    }
}
