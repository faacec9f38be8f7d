package dev.concord.acceptance;

import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/** The database elsewhere, with a table {@code person} and a log of each change that any row of it saw. */
final class Away {

    private Away() {}

    /** H2 in a file. */
    static TestDatabase h2(Path folder) {
        return TestDatabase.at(
                Databases.H2, "jdbc:h2:file:" + folder.resolve("away").toAbsolutePath() + ";WRITE_DELAY=0", "sa", "");
    }

    /** @param ids how the ids come about, such as {@code varchar(50)} */
    static void make(TestDatabase database, String ids) {
        database.execute(
                "create table person (id " + ids
                        + " primary key, name varchar(50), mail varchar(50) unique, dept varchar(50), pin varchar(50),"
                        + " age integer, rev bigint)",
                "create table change_log (kind varchar(10), mail varchar(50))");
        for (String kind : List.of("insert", "update", "delete")) {
            database.execute(
                    database.kind() == Databases.H2
                            ? "create trigger after_" + kind + " after " + kind + " on person for each row call '"
                                    + ChangeLog.class.getName() + "'"
                            : "create trigger after_" + kind + " after " + kind
                                    + " on person for each row insert into change_log values ('" + kind + "', "
                                    + (kind.equals("delete") ? "old" : "new") + ".mail)");
        }
    }

    /** The rows, and how often each was written. */
    static Map<String, List<String>> contents(TestDatabase database, boolean withIds) {
        JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
        return Map.of(
                "person",
                        jdbc
                                .query("select id, name, mail, dept, pin, age, rev from person", (row, n) -> {
                                    StringBuilder text = new StringBuilder();
                                    for (int column = withIds ? 1 : 2; column <= 7; column++) {
                                        text.append(row.getString(column)).append(" | ");
                                    }
                                    return text.toString();
                                })
                                .stream()
                                .sorted()
                                .toList(),
                "change_log",
                        jdbc
                                .query(
                                        "select kind, mail from change_log",
                                        (row, n) -> row.getString(1) + " " + row.getString(2))
                                .stream()
                                .sorted()
                                .toList());
    }
}
