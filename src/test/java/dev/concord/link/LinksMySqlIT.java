package dev.concord.link;

import dev.concord.testing.Databases;

class LinksMySqlIT extends LinksContract {

    LinksMySqlIT() {
        super(Databases.MYSQL);
    }
}
