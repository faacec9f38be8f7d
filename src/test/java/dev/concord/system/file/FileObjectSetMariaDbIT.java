package dev.concord.system.file;

import dev.concord.testing.Databases;

class FileObjectSetMariaDbIT extends CsvObjectSetTest {

    @Override
    Databases database() {
        return Databases.MARIADB;
    }
}
