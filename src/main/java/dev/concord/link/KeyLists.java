package dev.concord.link;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** Cuts many keys into lists that a statement takes. Safe for use by several threads. */
final class KeyLists {

    private static final int LONGEST = 1000;

    /** H2 goes through the whole list again for each row that it finds by it. */
    private static final int LONGEST_OF_H2 = 64;

    private final JdbcTemplate jdbc;
    private int longest;

    KeyLists(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Few distinct statement texts keep the statement caches of driver and server small. */
    void each(List<byte[]> keys, Consumer<List<byte[]>> statement) {
        int most = longest();
        for (int from = 0; from < keys.size(); from += most) {
            List<byte[]> list = new ArrayList<>(keys.subList(from, Math.min(keys.size(), from + most)));
            int size = Math.min(most, Integer.highestOneBit(list.size() * 2 - 1));
            while (list.size() < size) {
                list.add(list.getLast());
            }
            statement.accept(list);
        }
    }

    static String marks(int count) {
        return "?,".repeat(count - 1) + "?";
    }

    /** Threads that ask at the same time all find the same. */
    private int longest() {
        if (longest == 0) {
            String product = jdbc.execute((ConnectionCallback<String>)
                    connection -> connection.getMetaData().getDatabaseProductName());
            longest = "H2".equals(product) ? LONGEST_OF_H2 : LONGEST;
        }
        return longest;
    }
}
