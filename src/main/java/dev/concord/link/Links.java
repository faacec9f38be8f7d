package dev.concord.link;

import dev.concord.record.CompareKey;
import dev.concord.record.Json;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The links of one type, seen from the side of one mapping. Takes part in the transaction bound to the calling thread.
 * Safe for use by several threads. When linking is not enabled every look-up is empty and every change does nothing.
 */
public final class Links {

    private static final int IN_LIST = 1000;

    /** H2 goes through the whole list again for each row that it finds by it. */
    private static final int IN_LIST_OF_H2 = 64;

    private static final int ROWS_PER_INSERT = 200;

    private final JdbcTemplate jdbc;
    private final LinkType type;
    private int longestList;

    public Links(JdbcTemplate jdbc, LinkType type) {
        this.jdbc = jdbc;
        this.type = type;
    }

    public LinkType type() {
        return type;
    }

    /** The links of these sources, under all qualifiers; sources without a link are not in the answer. */
    public Map<CompareKey, List<Link>> ofSources(Collection<CompareKey> keys) {
        return find(type.reversed() ? "second_key" : "first_key", keys, Link::sourceKey);
    }

    /** The links of these targets, under all qualifiers; targets without a link are not in the answer. */
    public Map<CompareKey, List<Link>> ofTargets(Collection<CompareKey> keys) {
        return find(type.reversed() ? "first_key" : "second_key", keys, Link::targetKey);
    }

    /**
     * Writes new links, sorted by key so that two writers meet in the same order. Throws
     * {@link org.springframework.dao.DuplicateKeyException} when a source or a target got a link from somebody else;
     * the uncommitted unique key is the claim to a target.
     */
    public void create(List<Link> links) {
        if (!type.enabled() || links.isEmpty()) {
            return;
        }
        List<Link> sorted = links.stream()
                .sorted(Comparator.comparing(Link::targetKey).thenComparing(Link::qualifier))
                .toList();
        for (int from = 0; from < sorted.size(); from += ROWS_PER_INSERT) {
            insert(sorted.subList(from, Math.min(sorted.size(), from + ROWS_PER_INSERT)));
        }
    }

    /**
     * Points an existing link somewhere else, or lets it remember other secrets. Answers false when the link is no
     * longer what it was.
     */
    public boolean repoint(Link before, Link after) {
        return repoint(Map.of(before, after));
    }

    /**
     * Does so with many links, one after the other in the order of the map, from what they were to what they shall be.
     * Answers false when one of them is no longer what it was; what became of the others is not known then.
     */
    public boolean repoint(Map<Link, Link> changes) {
        if (!type.enabled() || changes.isEmpty()) {
            return true;
        }
        int[][] changed = jdbc.batchUpdate(
                "update link set first_key = ?, second_key = ?, first_id = ?, second_id = ?, revision = ?, "
                        + digestsColumn() + " = ?"
                        + " where first_key = ? and link_type = ? and qualifier = ? and revision = ?",
                changes.entrySet(),
                changes.size(),
                (statement, change) -> {
                    Link before = change.getKey();
                    Link after = change.getValue();
                    statement.setBytes(
                            1, first(after.sourceKey(), after.targetKey()).bytes());
                    statement.setBytes(
                            2, second(after.sourceKey(), after.targetKey()).bytes());
                    statement.setString(3, first(after.sourceId(), after.targetId()));
                    statement.setString(4, second(after.sourceId(), after.targetId()));
                    statement.setInt(5, after.revision());
                    statement.setString(6, digestsText(after));
                    statement.setBytes(
                            7, first(before.sourceKey(), before.targetKey()).bytes());
                    statement.setString(8, type.name());
                    statement.setString(9, before.qualifier());
                    statement.setInt(10, before.revision());
                });
        return Arrays.stream(changed).flatMapToInt(Arrays::stream).allMatch(count -> count == 1);
    }

    /** Removes links; one that is gone already is fine. */
    public void remove(List<Link> links) {
        if (!type.enabled() || links.isEmpty()) {
            return;
        }
        Map<String, List<byte[]>> keys = new TreeMap<>();
        links.stream()
                .sorted(Comparator.comparing(Link::targetKey))
                .forEach(link -> keys.computeIfAbsent(link.qualifier(), qualifier -> new ArrayList<>())
                        .add(first(link.sourceKey(), link.targetKey()).bytes()));
        keys.forEach((qualifier, all) -> lists(all, list -> {
            List<Object> parameters = new ArrayList<>(list);
            parameters.add(type.name());
            parameters.add(qualifier);
            jdbc.update(
                    "delete from link where first_key in (" + marks(list.size())
                            + ") and link_type = ? and qualifier = ?",
                    parameters.toArray());
        }));
    }

    /**
     * The next links in the order of the stored keys.
     *
     * @param after the position of the last link seen, as {@link #position} gives it, or null to start
     */
    public List<Link> scan(@Nullable String after, int limit) {
        if (!type.enabled()) {
            return List.of();
        }
        String columns = selected() + " where link_type = ?";
        if (after == null) {
            return jdbc.query(columns + " order by first_key, qualifier limit ?", this::row, type.name(), limit);
        }
        int split = after.indexOf(':');
        byte[] key = HexFormat.of().parseHex(after, 0, split);
        String qualifier = after.substring(split + 1);
        return jdbc.query(
                columns
                        + " and first_key >= ? and (first_key > ? or qualifier > ?) order by first_key, qualifier limit ?",
                this::row,
                type.name(),
                key,
                key,
                qualifier,
                limit);
    }

    /** The position of a link, for {@link #scan}. */
    public String position(Link link) {
        return HexFormat.of()
                        .formatHex(first(link.sourceKey(), link.targetKey()).bytes()) + ":" + link.qualifier();
    }

    /** How many links of this type there are. */
    public long count() {
        Long count = type.enabled()
                ? jdbc.queryForObject("select count(*) from link where link_type = ?", Long.class, type.name())
                : null;
        return count == null ? 0 : count;
    }

    /** Whether there are links of this type under other qualifiers than these. */
    public boolean existUnderOthersThan(Collection<String> qualifiers) {
        if (!type.enabled() || qualifiers.isEmpty()) {
            return type.enabled() && count() > 0;
        }
        List<Object> parameters = new ArrayList<>(qualifiers);
        parameters.addFirst(type.name());
        return !jdbc.queryForList(
                        "select 1 from link where link_type = ? and qualifier not in ("
                                + "?,".repeat(qualifiers.size() - 1) + "?) limit 1",
                        parameters.toArray())
                .isEmpty();
    }

    private Map<CompareKey, List<Link>> find(
            String column, Collection<CompareKey> keys, Function<Link, CompareKey> side) {
        Map<CompareKey, List<Link>> found = new HashMap<>();
        if (!type.enabled() || keys.isEmpty()) {
            return found;
        }
        lists(keys.stream().distinct().map(CompareKey::bytes).toList(), list -> {
            List<Object> parameters = new ArrayList<>(list);
            parameters.add(type.name());
            jdbc.query(
                            selected() + " where " + column + " in (" + marks(list.size()) + ") and link_type = ?",
                            this::row,
                            parameters.toArray())
                    .forEach(link -> found.computeIfAbsent(side.apply(link), key -> new ArrayList<>(1))
                            .add(link));
        });
        return found;
    }

    /** Few distinct statement texts keep the statement caches of driver and server small. */
    private void lists(List<byte[]> keys, Consumer<List<byte[]>> statement) {
        int most = longestList();
        for (int from = 0; from < keys.size(); from += most) {
            List<byte[]> list = new ArrayList<>(keys.subList(from, Math.min(keys.size(), from + most)));
            int size = Math.min(most, Integer.highestOneBit(list.size() * 2 - 1));
            while (list.size() < size) {
                list.add(list.getLast());
            }
            statement.accept(list);
        }
    }

    private static String marks(int count) {
        return "?,".repeat(count - 1) + "?";
    }

    /** Threads that ask at the same time all find the same. */
    private int longestList() {
        if (longestList == 0) {
            String product = jdbc.execute((ConnectionCallback<String>)
                    connection -> connection.getMetaData().getDatabaseProductName());
            longestList = "H2".equals(product) ? IN_LIST_OF_H2 : IN_LIST;
        }
        return longestList;
    }

    private void insert(List<Link> links) {
        List<@Nullable Object> parameters = new ArrayList<>(links.size() * 8);
        for (Link link : links) {
            parameters.add(first(link.sourceKey(), link.targetKey()).bytes());
            parameters.add(type.name());
            parameters.add(link.qualifier());
            parameters.add(second(link.sourceKey(), link.targetKey()).bytes());
            parameters.add(first(link.sourceId(), link.targetId()));
            parameters.add(second(link.sourceId(), link.targetId()));
            parameters.add(link.revision());
            parameters.add(digestsText(link));
        }
        jdbc.update(
                "insert into link (first_key, link_type, qualifier, second_key, first_id, second_id, revision, "
                        + digestsColumn() + ") values " + "(?,?,?,?,?,?,?,?),".repeat(links.size() - 1)
                        + "(?,?,?,?,?,?,?,?)",
                parameters.toArray());
    }

    private Link row(ResultSet row, int number) throws SQLException {
        CompareKey firstKey = new CompareKey(new String(row.getBytes(1), StandardCharsets.UTF_8));
        CompareKey secondKey = new CompareKey(new String(row.getBytes(2), StandardCharsets.UTF_8));
        String firstId = row.getString(3);
        String secondId = row.getString(4);
        return new Link(
                row.getString(5),
                first(firstId, secondId),
                first(firstKey, secondKey),
                second(firstId, secondId),
                second(firstKey, secondKey),
                row.getInt(6),
                digests(row.getString(7)));
    }

    private String selected() {
        return "select first_key, second_key, first_id, second_id, qualifier, revision, " + digestsColumn()
                + " from link";
    }

    /** Digests belong to the object of a side, so that mappings of both directions can share a link. */
    private String digestsColumn() {
        return type.reversed() ? "first_digests" : "second_digests";
    }

    private static @Nullable String digestsText(Link link) {
        return link.digests().isEmpty() ? null : Json.write(new TreeMap<>(link.digests()));
    }

    private static Map<String, String> digests(@Nullable String text) {
        if (text == null) {
            return Map.of();
        }
        Map<String, String> digests = new HashMap<>();
        Json.readObject(text).forEach((attribute, digest) -> digests.put(attribute, String.valueOf(digest)));
        return digests;
    }

    /** Of two values, one for each side, the one that belongs to the first column; its own inverse. */
    private <T> T first(T source, T target) {
        return type.reversed() ? target : source;
    }

    private <T> T second(T source, T target) {
        return type.reversed() ? source : target;
    }
}
