package dev.concord.link;

import dev.concord.record.CompareKey;
import dev.concord.record.Json;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/** How a link lies in its table, seen from one mapping's side. Safe for use by several threads. */
record LinkRow(LinkType type) implements RowMapper<Link> {

    /** The beginning of a query whose rows can be mapped. */
    String selected() {
        return "select first_key, second_key, first_id, second_id, qualifier, revision, " + digestsColumn()
                + " from link";
    }

    @Override
    public Link mapRow(ResultSet row, int number) throws SQLException {
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

    /** Digests belong to the object of a side, so that mappings of both directions can share a link. */
    String digestsColumn() {
        return type.reversed() ? "first_digests" : "second_digests";
    }

    static @Nullable String digestsText(Link link) {
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
    <T> T first(T source, T target) {
        return type.reversed() ? target : source;
    }

    <T> T second(T source, T target) {
        return type.reversed() ? source : target;
    }
}
