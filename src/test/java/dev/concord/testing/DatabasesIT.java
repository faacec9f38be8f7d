package dev.concord.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatabasesIT {

    @ParameterizedTest
    @EnumSource
    void everyDatabaseStartsAndEachOneAskedForIsFreshAndEmpty(Databases kind) throws SQLException {
        try (TestDatabase one = kind.fresh();
                TestDatabase other = kind.fresh()) {
            one.execute("create table t (id integer primary key)", "insert into t values (1)");
            other.execute("create table t (id integer primary key)");
            try (Connection connection = other.dataSource().getConnection();
                    var rows = connection.createStatement().executeQuery("select count(*) from t")) {
                rows.next();
                assertThat(rows.getInt(1)).isZero();
            }
        }
    }
}
