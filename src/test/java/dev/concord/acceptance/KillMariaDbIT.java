package dev.concord.acceptance;

import dev.concord.ledger.Phase;
import dev.concord.testing.CompanyHome;
import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;
import dev.concord.testing.fault.Operation;
import java.nio.file.Path;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

class KillMariaDbIT extends KillContract {

    @Override
    Installation empty(CompanyHome home) {
        return at(home, Databases.MARIADB.fresh());
    }

    @Override
    Installation copy(Installation installation, Path other) {
        TestDatabase database = Databases.MARIADB.fresh();
        JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
        String name = installation.url().substring(installation.url().lastIndexOf('/') + 1);
        for (String table : jdbc.queryForList(
                "select table_name from information_schema.tables where table_schema = ?", String.class, name)) {
            jdbc.execute("create table `" + table + "` like `" + name + "`.`" + table + "`");
            jdbc.execute("insert into `" + table + "` select * from `" + name + "`.`" + table + "`");
        }
        return at(installation.home().copyTo(other), database);
    }

    @Override
    List<Point> points() {
        return List.of(
                new Point(Scenario.AFTER_EDITS, Faults.TARGET, Operation.WRITE, 3, Moment.AFTER),
                new Point(Scenario.AFTER_EDITS, Faults.pages(Phase.DELETES), Operation.COMMIT, 2, Moment.BEFORE));
    }

    @Override
    int randomPoints() {
        return 1;
    }

    private static Installation at(CompanyHome home, TestDatabase database) {
        database.close();
        return new Installation(home, database.url(), database.username(), database.password());
    }
}
