package dev.concord.canary;

import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.h2.api.Trigger;
import org.springframework.jdbc.core.JdbcTemplate;

/** Keeps a copy of each row that is ever written to a table whose rows do not stay. */
public final class Keepsakes implements Trigger {

    private String table = "";

    /** Made by H2. */
    public Keepsakes() {}

    static void of(String table, TestDatabase database) {
        JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
        jdbc.execute("create table kept_" + table + " as select * from " + table + " where 1 = 0");
        if (database.kind() == Databases.H2) {
            jdbc.execute("create trigger keep_" + table + " after insert on " + table + " for each row call '"
                    + Keepsakes.class.getName() + "'");
        } else {
            List<String> columns = jdbc.queryForList(
                    "select column_name from information_schema.columns where table_schema = database() and table_name = ?"
                            + " order by ordinal_position",
                    String.class,
                    table);
            jdbc.execute(
                    "create trigger keep_" + table + " after insert on " + table + " for each row insert into kept_"
                            + table + " values ("
                            + columns.stream().map(column -> "new." + column).collect(Collectors.joining(", ")) + ")");
        }
    }

    @Override
    public void init(Connection connection, String schema, String trigger, String table, boolean before, int type) {
        this.table = table;
    }

    @Override
    public void fire(Connection connection, Object[] before, Object[] after) throws SQLException {
        String places = String.join(", ", Collections.nCopies(after.length, "?"));
        try (PreparedStatement insert =
                connection.prepareStatement("insert into kept_" + table + " values (" + places + ")")) {
            for (int i = 0; i < after.length; i++) {
                insert.setObject(i + 1, after[i]);
            }
            insert.execute();
        }
    }
}
