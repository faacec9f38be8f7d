package dev.concord.system.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallLimitsTest {

    private static final CallLimits LIMITS = new CallLimits(Duration.ofMillis(1500), Duration.ofSeconds(60));

    @ParameterizedTest
    @CsvSource({
        "jdbc:mysql://db.example/crm, 1500, 60000",
        "jdbc:mariadb://db.example/crm, 1500, 60000",
        "jdbc:postgresql://db.example/crm, 2, 60",
        "jdbc:h2:mem:crm, , "
    })
    void eachDriverIsToldInItsOwnUnit(String url, String connect, String call) {
        HikariConfig pool = pool(url);
        LIMITS.limit(pool);

        assertThat(pool.getDataSourceProperties().get("connectTimeout")).isEqualTo(connect);
        assertThat(pool.getDataSourceProperties().get("socketTimeout")).isEqualTo(call);
        assertThat(pool.getConnectionTimeout()).isEqualTo(4500);
    }

    @Test
    void whatTheUrlSaysGoesBefore() {
        HikariConfig pool = pool("jdbc:mysql://db.example/crm?socketTimeout=0");
        LIMITS.limit(pool);

        assertThat(pool.getDataSourceProperties())
                .doesNotContainKey("socketTimeout")
                .containsKey("connectTimeout");
    }

    @Test
    void exceptWhereTheLimitsAreTightened() {
        HikariConfig pool = pool("jdbc:mysql://db.example/crm?socketTimeout=0&useSSL=false");
        LIMITS.tighten(pool);

        assertThat(pool.getJdbcUrl()).doesNotContain("socketTimeout").contains("useSSL=false");
        assertThat(pool.getDataSourceProperties()).containsEntry("socketTimeout", "60000");
    }

    @Test
    void aPoolThatWasToldHowLongToWaitKeepsThat() {
        HikariConfig pool = pool("jdbc:mysql://db.example/crm");
        pool.setConnectionTimeout(7_000);
        LIMITS.limit(pool);

        assertThat(pool.getConnectionTimeout()).isEqualTo(7_000);
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:mysql://db.example/crm, true",
        "jdbc:mysql://db.example/crm?sessionVariables=innodb_lock_wait_timeout=1, true",
        "jdbc:mysql://db.example/crm?sessionVariables=wait_timeout=9, false",
        "jdbc:h2:mem:crm, false"
    })
    void idleSessionsEndWhereTheDatabaseCanDoThat(String url, boolean ends) {
        HikariConfig pool = pool(url);
        CallLimits.endIdleSessions(pool, Duration.ofMinutes(2));

        assertThat(pool.getConnectionInitSql()).isEqualTo(ends ? "set session wait_timeout = 120" : null);
    }

    private static HikariConfig pool(String url) {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(url);
        return pool;
    }
}
