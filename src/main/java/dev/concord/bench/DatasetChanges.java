package dev.concord.bench;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What happens to the rows between two runs. Like all of {@link Dataset}, it is never timed. */
final class DatasetChanges {

    /** Rows of one statement that changes all of a range. */
    private static final long MANY = 20_000;

    private final Dataset data;

    DatasetChanges(Dataset data) {
        this.data = data;
    }

    /** Gives people the values of their next edition. */
    void changeSources(List<Long> people) throws SQLException {
        String set = BenchmarkData.CHANGING.stream()
                .map(index -> BenchmarkData.ATTRIBUTES.get(index).column() + " = ?")
                .collect(Collectors.joining(", "));
        data.forEach(
                "update " + ScratchHome.SOURCE_TABLE + " set " + set + " where id = ?",
                people.stream().mapToLong(Long::longValue),
                (statement, person) -> {
                    int at = 1;
                    for (int index : BenchmarkData.CHANGING) {
                        statement.setObject(at++, BenchmarkData.values(person, 1)[index]);
                    }
                    statement.setString(at, BenchmarkData.sourceId(person));
                });
    }

    /** Gives everybody the values of their next edition. */
    void changeAllSources(long rows) throws SQLException {
        String set = BenchmarkData.CHANGING.stream()
                .map(index ->
                        BenchmarkData.ATTRIBUTES.get(index).column() + " = '" + BenchmarkData.values(0, 1)[index] + "'")
                .collect(Collectors.joining(", "));
        for (long from = 0; from < rows; from += MANY) {
            data.execute("update " + ScratchHome.SOURCE_TABLE + " set " + set + " where id >= '"
                    + BenchmarkData.sourceId(from) + "' and id < '" + BenchmarkData.sourceId(from + MANY) + "'");
        }
    }

    void removeSources(List<Long> people) throws SQLException {
        data.forEach(
                "delete from " + ScratchHome.SOURCE_TABLE + " where id = ?",
                people.stream().mapToLong(Long::longValue),
                (statement, person) -> statement.setString(1, BenchmarkData.sourceId(person)));
    }

    /** Removes everybody from {@code first} on, below {@code rows}. */
    void removeSources(long first, long rows) throws SQLException {
        for (long from = first; from < rows; from += MANY) {
            data.execute("delete from " + ScratchHome.SOURCE_TABLE + " where id >= '" + BenchmarkData.sourceId(from)
                    + "' and id < '" + BenchmarkData.sourceId(from + MANY) + "'");
        }
    }

    /** Removes the links of everybody from {@code first} on, below {@code rows}. */
    void removeLinks(long first, long rows) throws SQLException {
        data.forEach(
                "delete from link where first_key = ? and link_type = '" + ScratchHome.MAPPING + "'",
                LongStream.range(first, rows),
                (statement, person) -> statement.setBytes(1, RowBinding.key(BenchmarkData.sourceId(person))));
    }
}
