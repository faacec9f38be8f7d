package dev.concord.link;

import dev.concord.record.CompareKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The links of one type, seen from the side of one mapping. Takes part in the transaction bound to the calling thread.
 * Safe for use by several threads. When linking is not enabled every look-up is empty and every change does nothing.
 */
public final class Links {

    private static final int ROWS_PER_INSERT = 200;
    private static final int SAMPLE = 5_000;

    private final JdbcTemplate jdbc;
    private final LinkType type;
    private final LinkRow row;
    private final KeyLists lists;
    private final LinkSearch bySource;
    private final LinkSearch byTarget;

    public Links(JdbcTemplate jdbc, LinkType type) {
        this.jdbc = jdbc;
        this.type = type;
        this.row = new LinkRow(type);
        this.lists = new KeyLists(jdbc);
        this.bySource = new LinkSearch(jdbc, type, row.first("first_key", "second_key"), Link::sourceKey);
        this.byTarget = new LinkSearch(jdbc, type, row.second("first_key", "second_key"), Link::targetKey);
    }

    public LinkType type() {
        return type;
    }

    /** The links of these sources, under all qualifiers; sources without a link are not in the answer. */
    public Map<CompareKey, List<Link>> ofSources(Collection<CompareKey> keys) {
        return bySource.find(keys);
    }

    /** The links of these targets, under all qualifiers; targets without a link are not in the answer. */
    public Map<CompareKey, List<Link>> ofTargets(Collection<CompareKey> keys) {
        return byTarget.find(keys);
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
                        + row.digestsColumn() + " = ?"
                        + " where first_key = ? and link_type = ? and qualifier = ? and revision = ?",
                changes.entrySet(),
                changes.size(),
                (statement, change) -> {
                    Link before = change.getKey();
                    Link after = change.getValue();
                    statement.setBytes(
                            1, row.first(after.sourceKey(), after.targetKey()).bytes());
                    statement.setBytes(
                            2, row.second(after.sourceKey(), after.targetKey()).bytes());
                    statement.setString(3, row.first(after.sourceId(), after.targetId()));
                    statement.setString(4, row.second(after.sourceId(), after.targetId()));
                    statement.setInt(5, after.revision());
                    statement.setString(6, LinkRow.digestsText(after));
                    statement.setBytes(
                            7, row.first(before.sourceKey(), before.targetKey()).bytes());
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
                        .add(row.first(link.sourceKey(), link.targetKey()).bytes()));
        keys.forEach((qualifier, all) -> lists.each(all, list -> {
            List<Object> parameters = new ArrayList<>(list);
            parameters.add(type.name());
            parameters.add(qualifier);
            jdbc.update(
                    "delete from link where first_key in (" + KeyLists.marks(list.size())
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
        String columns = row.selected() + " where link_type = ?";
        if (after == null) {
            return jdbc.query(columns + " order by first_key, qualifier limit ?", row, type.name(), limit);
        }
        int split = after.indexOf(':');
        byte[] key = HexFormat.of().parseHex(after, 0, split);
        String qualifier = after.substring(split + 1);
        return jdbc.query(
                columns
                        + " and first_key >= ? and (first_key > ? or qualifier > ?) order by first_key, qualifier limit ?",
                row,
                type.name(),
                key,
                key,
                qualifier,
                limit);
    }

    /** The position of a link, for {@link #scan}. */
    public String position(Link link) {
        return HexFormat.of()
                        .formatHex(row.first(link.sourceKey(), link.targetKey()).bytes()) + ":" + link.qualifier();
    }

    /** How many links of this type there are. */
    public long count() {
        Long count = type.enabled()
                ? jdbc.queryForObject("select count(*) from link where link_type = ?", Long.class, type.name())
                : null;
        return count == null ? 0 : count;
    }

    /**
     * Whether links were made by somebody for whom the case of ids mattered where it does not matter here, or the other
     * way round: no look-up from here would find them. Looks at the first and the last thousands of them.
     */
    public boolean areKeyedOtherwise() {
        if (!type.enabled()) {
            return false;
        }
        String columns = row.selected() + " where link_type = ? order by first_key ";
        return Stream.of("asc", "desc")
                .flatMap(direction -> jdbc.query(columns + direction + " limit ?", row, type.name(), SAMPLE).stream())
                .anyMatch(link -> !link.sourceKey().equals(type.sourceKey(link.sourceId()))
                        || !link.targetKey().equals(type.targetKey(link.targetId())));
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

    private void insert(List<Link> links) {
        List<@Nullable Object> parameters = new ArrayList<>(links.size() * 8);
        for (Link link : links) {
            parameters.add(row.first(link.sourceKey(), link.targetKey()).bytes());
            parameters.add(type.name());
            parameters.add(link.qualifier());
            parameters.add(row.second(link.sourceKey(), link.targetKey()).bytes());
            parameters.add(row.first(link.sourceId(), link.targetId()));
            parameters.add(row.second(link.sourceId(), link.targetId()));
            parameters.add(link.revision());
            parameters.add(LinkRow.digestsText(link));
        }
        jdbc.update(
                "insert into link (first_key, link_type, qualifier, second_key, first_id, second_id, revision, "
                        + row.digestsColumn() + ") values " + "(?,?,?,?,?,?,?,?),".repeat(links.size() - 1)
                        + "(?,?,?,?,?,?,?,?)",
                parameters.toArray());
    }
}
