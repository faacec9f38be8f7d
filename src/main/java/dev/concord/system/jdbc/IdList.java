package dev.concord.system.jdbc;

import dev.concord.record.Json;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Many ids as one value, which the database takes for a table of ids and joins with the table of the objects. That is
 * less work for driver and server than a long list of question marks: its statement is short and always the same, and
 * nobody sorts the list and looks for ranges in it.
 *
 * @param collation of the column of the ids; any other one would keep the database from using the column's index
 */
record IdList(Column id, String collation) {

    /** Ids in a value; some hundred kilobytes at most. */
    static final int LONGEST = 4000;

    /** Fewer than this are as well asked for by a list. */
    static final int SHORTEST = 8;

    /** MySQL has tables made of JSON since this version. */
    private static final int MYSQL_VERSION = 8;

    /** Null where the database cannot do it, or where it was not found to be faster. */
    static @Nullable IdList of(DatabaseMetaData metadata, Dialect dialect, Column id, @Nullable String collation)
            throws SQLException {
        boolean possible = dialect == Dialect.MYSQL
                && metadata.getDatabaseMajorVersion() >= MYSQL_VERSION
                && id.type() == ColumnType.TEXT
                && id.size() > 0;
        return possible && collation != null ? new IdList(id, collation) : null;
    }

    /** Asks for columns of the rows with these ids. */
    Statement select(String table, List<Column> columns, List<String> ids) {
        String names = columns.stream().map(column -> "o." + column.quoted()).collect(Collectors.joining(", "));
        // Without the word the optimizer may read the whole table, because it cannot know how few ids there are.
        String sql = "select straight_join " + names + " from json_table(?, '$[*]' columns (id varchar(" + id.size()
                + ") character set utf8mb4 collate " + collation + " path '$')) asked join " + table
                + " o on o." + id.quoted() + " = asked.id";
        return new Statement(sql, List.of(Binder.text(Json.write(ids))));
    }
}
