package dev.concord.recon;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

abstract class WorkingThreadsContract {

    private final TestDatabase database;

    WorkingThreadsContract(Databases kind) {
        this.database = kind.fresh();
    }

    /** What comes of asking for 400 threads. */
    abstract void checkMost(int threads, int pool);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void thePoolOfTheUsualSizeIsEnoughForTheUsualThreads() {
        assertThat(threads(24, 10)).isEqualTo(10);
        assertThat(database.pool().getMaximumPoolSize()).isEqualTo(24);
    }

    @Test
    void thePoolGrowsForThoseWhoWantMoreAndGivesThatManyConnections() throws SQLException {
        List<Connection> open = new ArrayList<>();
        open.add(database.pool().getConnection());
        assertThat(threads(24, 14)).isEqualTo(14);
        for (int i = 1; i < 32; i++) {
            open.add(database.pool().getConnection());
        }
        assertThat(open).hasSize(32);
        for (Connection connection : open) {
            connection.close();
        }
    }

    @Test
    void aServerIsNotAskedForMoreThanHalfOfItsConnections() {
        int threads = threads(24, 400);
        checkMost(threads, database.pool().getMaximumPoolSize());
    }

    @Test
    void aPoolThatWasMadeSmallStaysSmallAndFewerPartitionsWorkAtOnce() {
        assertThat(threads(12, 10)).isEqualTo(4);
        assertThat(threads(3, 10)).isEqualTo(1);
        assertThat(database.pool().getMaximumPoolSize()).isEqualTo(3);
    }

    @Test
    void oneAfterTheOtherStaysOneAfterTheOther() {
        assertThat(threads(24, 0)).isZero();
        assertThat(threads(24, 1)).isOne();
    }

    private int threads(int size, int wanted) {
        HikariDataSource pool = database.pool();
        pool.setMaximumPoolSize(size);
        return WorkingThreads.of(new JdbcTemplate(pool), wanted);
    }
}
