package dev.concord.recon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.testing.Databases;

/** MariaDB takes 151 connections where nobody says otherwise. */
class WorkingThreadsMariaDbIT extends WorkingThreadsContract {

    WorkingThreadsMariaDbIT() {
        super(Databases.MARIADB);
    }

    @Override
    void checkMost(int threads, int pool) {
        assertThat(pool).isEqualTo(75);
        assertThat(threads).isEqualTo(35);
    }
}
