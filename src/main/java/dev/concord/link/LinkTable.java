package dev.concord.link;

import dev.concord.record.CompareKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/**
 * All links, whatever mappings they belong to. Takes part in the transaction bound to the calling thread. Safe for use
 * by several threads.
 */
public final class LinkTable {

    private static final RowMapper<StoredLink> ROW = (row, number) -> new StoredLink(
            row.getString(2),
            row.getString(3),
            new String(row.getBytes(1), StandardCharsets.UTF_8),
            row.getString(4),
            row.getString(5),
            row.getInt(6));

    private static final String SELECTED =
            "select first_key, link_type, qualifier, first_id, second_id, revision from link";

    private final JdbcTemplate jdbc;

    public LinkTable(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What links must have to be read, null for anything. An id is found in the case it is given in and in lower case,
     * which are the keys it can have; whoever asks still has to look at the ids.
     */
    public record Selection(
            @Nullable String type,
            @Nullable String qualifier,
            @Nullable String firstId,
            @Nullable String secondId) {

        public static final Selection ALL = new Selection(null, null, null, null);
    }

    /**
     * The next links in the order of their keys.
     *
     * @param after the id of the last link seen, or null to start
     * @throws IllegalArgumentException when that is no id of a link
     */
    public List<StoredLink> scan(@Nullable String after, int limit, Selection selection) {
        List<String> conditions = new ArrayList<>();
        List<Object> parameters = new ArrayList<>();
        if (selection.type != null) {
            conditions.add("link_type = ?");
            parameters.add(selection.type);
        }
        if (selection.qualifier != null) {
            conditions.add("qualifier = ?");
            parameters.add(selection.qualifier);
        }
        addKeys("first_key", selection.firstId, conditions, parameters);
        addKeys("second_key", selection.secondId, conditions, parameters);
        if (after != null) {
            StoredLink.Key last = StoredLink.Key.of(after)
                    .orElseThrow(() -> new IllegalArgumentException("This is no position among the links."));
            conditions.add("first_key >= ? and (first_key > ? or link_type > ? or (link_type = ? and qualifier > ?))");
            byte[] key = last.firstKey().getBytes(StandardCharsets.UTF_8);
            parameters.addAll(List.of(key, key, last.type(), last.type(), last.qualifier()));
        }
        parameters.add(limit);
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        return jdbc.query(
                SELECTED + where + " order by first_key, link_type, qualifier limit ?", ROW, parameters.toArray());
    }

    private static void addKeys(String column, @Nullable String id, List<String> conditions, List<Object> parameters) {
        if (id != null) {
            conditions.add(column + " in (?, ?)");
            parameters.add(CompareKey.of(id, true).bytes());
            parameters.add(id.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The link with this id, if there is one. */
    public Optional<StoredLink> find(String id) {
        return StoredLink.Key.of(id)
                .filter(key -> key.firstKey().length() <= LinkType.LONGEST_ID)
                .flatMap(key -> jdbc
                        .query(
                                SELECTED + " where first_key = ? and link_type = ? and qualifier = ?",
                                ROW,
                                key.firstKey().getBytes(StandardCharsets.UTF_8),
                                key.type(),
                                key.qualifier())
                        .stream()
                        .findFirst());
    }

    /** Removes a link. Answers false when it is gone, or no longer what it was. */
    public boolean remove(StoredLink link) {
        return jdbc.update(
                        "delete from link where first_key = ? and link_type = ? and qualifier = ? and revision = ?",
                        link.firstKey().getBytes(StandardCharsets.UTF_8),
                        link.type(),
                        link.qualifier(),
                        link.revision())
                == 1;
    }

    /** How many links there are, of all types or of one. */
    public long count(@Nullable String type) {
        Long count = type == null
                ? jdbc.queryForObject("select count(*) from link", Long.class)
                : jdbc.queryForObject("select count(*) from link where link_type = ?", Long.class, type);
        return count == null ? 0 : count;
    }
}
