package dev.concord.system.file;

import dev.concord.record.Json;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The changes to one object set that its file does not show yet, one row an object, in the platform database. Takes
 * part in the transaction bound to the calling thread. Safe for use by several threads.
 */
final class PendingChanges {

    /** As long as an id can be, in bytes of UTF-8. */
    static final int LONGEST_ID = 768;

    /** As large as an object can be, in characters of JSON: what databases usually take at once, with room to spare. */
    static final int LARGEST_OBJECT = 12 << 20;

    private static final int IN_LIST = 1000;

    /**
     * One changed object.
     *
     * @param number tells rows apart and orders them; it stays when the object changes again
     * @param token changes with each change
     * @param content null when the object was deleted
     */
    record Change(
            long number, long token, String id, @Nullable Map<String, @Nullable Object> content) {}

    private final JdbcTemplate jdbc;
    private final String set;

    PendingChanges(JdbcTemplate jdbc, String set) {
        this.jdbc = jdbc;
        this.set = set;
    }

    /** The changes of these objects, by id. */
    Map<String, Change> of(Collection<String> ids) {
        Map<String, Change> changes = new HashMap<>();
        List<String> asked = ids.stream()
                .filter(id -> bytes(id).length <= LONGEST_ID)
                .distinct()
                .toList();
        for (int from = 0; from < asked.size(); from += IN_LIST) {
            List<String> some = asked.subList(from, Math.min(asked.size(), from + IN_LIST));
            List<Object> arguments = new ArrayList<>();
            arguments.add(set);
            some.forEach(id -> arguments.add(bytes(id)));
            String places = String.join(", ", Collections.nCopies(some.size(), "?"));
            jdbc.query(
                    "select change_no, token, id_key, content from pending_file_change"
                            + " where object_set = ? and id_key in (" + places + ")",
                    row -> {
                        Change change = change(row);
                        changes.put(change.id(), change);
                    },
                    arguments.toArray());
        }
        return changes;
    }

    /** The next changes by number. */
    List<Change> after(long number, int limit) {
        return jdbc.query(
                "select change_no, token, id_key, content from pending_file_change"
                        + " where object_set = ? and change_no > ? order by change_no limit ?",
                (row, at) -> change(row),
                set,
                number,
                limit);
    }

    /** Adds changes to objects that had none; answers the ids of those that got one from somebody else meanwhile. */
    List<String> add(List<Change> changes) {
        if (changes.isEmpty()) {
            return List.of();
        }
        try {
            insert(changes);
            return List.of();
        } catch (DuplicateKeyException e) {
            // Which rows of a failed batch are there differs between databases.
            Map<String, Change> there = of(changes.stream().map(Change::id).toList());
            return changes.stream()
                    .filter(change -> !isStored(change, there.get(change.id())))
                    .map(Change::id)
                    .toList();
        }
    }

    private boolean isStored(Change change, @Nullable Change there) {
        if (there != null) {
            return there.token() == change.token();
        }
        try {
            insert(List.of(change));
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    private void insert(List<Change> changes) {
        jdbc.batchUpdate(
                "insert into pending_file_change (id_key, object_set, token, id, content) values (?, ?, ?, ?, ?)",
                changes,
                changes.size(),
                (row, change) -> {
                    row.setBytes(1, bytes(change.id()));
                    row.setString(2, set);
                    row.setLong(3, change.token());
                    row.setString(4, change.id());
                    row.setString(5, text(change.content()));
                });
    }

    /** A change and the one that takes its place. */
    record Replacement(Change before, Change after) {}

    /** Replaces changes by newer ones; answers the ids of those that were no longer what they were. */
    List<String> replace(List<Replacement> replacements) {
        if (replacements.isEmpty()) {
            return List.of();
        }
        int[][] counts = jdbc.batchUpdate(
                "update pending_file_change set token = ?, content = ? where id_key = ? and object_set = ? and token = ?",
                replacements,
                replacements.size(),
                (row, replacement) -> {
                    row.setLong(1, replacement.after().token());
                    row.setString(2, text(replacement.after().content()));
                    row.setBytes(3, bytes(replacement.before().id()));
                    row.setString(4, set);
                    row.setLong(5, replacement.before().token());
                });
        return missed(counts, replacements.stream().map(Replacement::before).toList());
    }

    /** Drops changes; answers the ids of those that were no longer what they were, and stay. */
    List<String> remove(List<Change> changes) {
        if (changes.isEmpty()) {
            return List.of();
        }
        int[][] counts = jdbc.batchUpdate(
                "delete from pending_file_change where id_key = ? and object_set = ? and token = ?",
                changes,
                changes.size(),
                (row, change) -> {
                    row.setBytes(1, bytes(change.id()));
                    row.setString(2, set);
                    row.setLong(3, change.token());
                });
        return missed(counts, changes);
    }

    private static List<String> missed(int[][] counts, List<Change> changes) {
        int[] all = Arrays.stream(counts).flatMapToInt(Arrays::stream).toArray();
        return IntStream.range(0, all.length)
                .filter(at -> all[at] == 0)
                .mapToObj(at -> changes.get(at).id())
                .toList();
    }

    /** Waits until nobody else publishes this set, and keeps others from it until the transaction ends. */
    boolean lock() {
        return !jdbc.queryForList(
                        "select object_set from pending_file where object_set = ? for update", String.class, set)
                .isEmpty();
    }

    /** Makes the row that {@link #lock} locks. */
    void makeLockable() {
        jdbc.update("insert into pending_file (object_set) values (?)", set);
    }

    private static byte[] bytes(String id) {
        return id.getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable String text(@Nullable Map<String, @Nullable Object> content) {
        return content == null ? null : Json.write(content);
    }

    private static Change change(ResultSet row) throws SQLException {
        String content = row.getString("content");
        return new Change(
                row.getLong("change_no"),
                row.getLong("token"),
                new String(row.getBytes("id_key"), StandardCharsets.UTF_8),
                content == null ? null : Json.readObject(content));
    }
}
