package dev.concord.acceptance;

import dev.concord.acceptance.People.Style;
import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

class ElsewhereKillMariaDbChaos extends ElsewhereKillContract {

    @Override
    Place place(Path folder, Place like) {
        try (TestDatabase database = Databases.MARIADB.fresh()) {
            if (like != null) {
                JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
                String name = nameOf(like.url());
                for (String table : jdbc.queryForList(
                        "select table_name from information_schema.tables where table_schema = ?",
                        String.class,
                        name)) {
                    jdbc.execute("create table `" + table + "` like `" + name + "`.`" + table + "`");
                    jdbc.execute("insert into `" + table + "` select * from `" + name + "`.`" + table + "`");
                }
            }
            return Place.at(folder, database);
        }
    }

    @Override
    TestDatabase away(Path folder, Style style, TestDatabase like) {
        TestDatabase database = Databases.MARIADB.fresh();
        Away.make(database, style.ids(database));
        if (like != null) {
            String name = nameOf(like.url());
            database.execute(
                    "insert into person select * from `" + name + "`.person",
                    // What the copying itself wrote there.
                    "delete from change_log",
                    "insert into change_log select * from `" + name + "`.change_log");
        }
        return database;
    }

    private static String nameOf(String url) {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    @Override
    List<Kill> kills() {
        List<Kill> kills = new ArrayList<>(List.of(
                new Kill(Style.WHOLE, List.of("intent:3:after", "write:1:after", "write:2:before")),
                new Kill(Style.STORE_IDS, List.of("write:2:after"))));
        kills.addAll(ElsewhereKills.many());
        return kills;
    }
}
