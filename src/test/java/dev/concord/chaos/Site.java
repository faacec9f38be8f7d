package dev.concord.chaos;

import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/** A home folder and its platform database: all that is left when a process has died. */
record Site(Databases kind, Path home, String url, String username, String password) {

    /** An empty database for a home folder: on H2 a file in it. */
    static Site at(Databases kind, Path home) {
        try (TestDatabase database = kind == Databases.H2 ? Databases.h2File(home.resolve("data")) : kind.fresh()) {
            return new Site(kind, home, database.url(), database.username(), database.password());
        }
    }

    /** The same in another folder and another database. */
    Site copyTo(Path other) {
        try {
            FileSystemUtils.copyRecursively(home, other);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Site copy = at(kind, other);
        if (kind != Databases.H2) {
            JdbcTemplate jdbc = copy.jdbc();
            String from = database();
            for (String table : jdbc.queryForList(
                    "select table_name from information_schema.tables where table_schema = ?", String.class, from)) {
                jdbc.execute("create table `" + table + "` like `" + from + "`.`" + table + "`");
                jdbc.execute("insert into `" + table + "` select * from `" + from + "`.`" + table + "`");
            }
        }
        return copy;
    }

    /** Forgets a copy whose files and tables are not needed any more. */
    void remove() {
        try {
            if (kind != Databases.H2) {
                jdbc().execute("drop database `" + database() + "`");
            }
            FileSystemUtils.deleteRecursively(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    House open() {
        return plan().open();
    }

    /** Cut into two partitions even where there are few records. */
    House.Plan plan() {
        return House.on(home, url, username, password).partitionsOf(Runner.SMALLEST_PARTITION);
    }

    /** For a look at what is there while no process works. */
    JdbcTemplate jdbc() {
        return new JdbcTemplate(new DriverManagerDataSource(url, username, password));
    }

    private String database() {
        String path = url.substring(url.lastIndexOf('/') + 1);
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }
}
