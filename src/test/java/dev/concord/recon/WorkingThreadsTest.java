package dev.concord.recon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.testing.Databases;

class WorkingThreadsTest extends WorkingThreadsContract {

    WorkingThreadsTest() {
        super(Databases.H2);
    }

    @Override
    void checkMost(int threads, int pool) {
        assertThat(threads).isEqualTo(400);
        assertThat(pool).isEqualTo(804);
    }
}
