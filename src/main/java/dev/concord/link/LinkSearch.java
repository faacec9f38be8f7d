package dev.concord.link;

import dev.concord.record.CompareKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Finds the links of many objects at once. Objects that are read in the order of their ids mostly have links that lie
 * together as well, and these cost a database far less than as many keys; where they do not lie together, that is
 * noticed and not tried again for a while. Safe for use by several threads.
 */
final class LinkSearch {

    /** Fewer keys than this are as well asked for one by one. */
    private static final int FEWEST_NEIGHBOURS = 32;

    /** Links between the first key and the last, for each key that is asked for, that are still less work. */
    private static final int MOST_PER_KEY = 4;

    private static final int LONGEST_PAUSE = 1 << 12;

    private final JdbcTemplate jdbc;
    private final LinkType type;
    private final LinkRow row;
    private final KeyLists lists;
    private final String column;
    private final Function<Link, CompareKey> side;

    /** How many searches go by before neighbours are tried again, and how many the next failure will cost. */
    private final AtomicInteger pause = new AtomicInteger();

    private final AtomicInteger nextPause = new AtomicInteger(1);

    /**
     * @param column the one that holds the keys
     * @param side takes its key out of a link
     */
    LinkSearch(JdbcTemplate jdbc, LinkType type, String column, Function<Link, CompareKey> side) {
        this.jdbc = jdbc;
        this.type = type;
        this.row = new LinkRow(type);
        this.lists = new KeyLists(jdbc);
        this.column = column;
        this.side = side;
    }

    /** The links by key; keys without links are not in the answer. */
    Map<CompareKey, List<Link>> find(Collection<CompareKey> asked) {
        // No link has a longer key, and a very long one would be more than some databases take as a parameter.
        List<CompareKey> keys = asked.stream()
                .filter(key -> key.text().length() <= LinkType.LONGEST_ID)
                .toList();
        Map<CompareKey, List<Link>> found = new HashMap<>();
        if (!type.enabled() || keys.isEmpty()) {
            return found;
        }
        List<Link> links = neighbours(keys).orElseGet(() -> listed(keys));
        if (links.isEmpty()) {
            return found;
        }
        keys.forEach(key -> found.put(key, new ArrayList<>(1)));
        for (Link link : links) {
            List<Link> ofKey = found.get(side.apply(link));
            if (ofKey != null) {
                ofKey.add(link);
            }
        }
        found.values().removeIf(List::isEmpty);
        return found;
    }

    private Optional<List<Link>> neighbours(Collection<CompareKey> keys) {
        if (keys.size() < FEWEST_NEIGHBOURS || pause.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return Optional.empty();
        }
        int most = keys.size() * MOST_PER_KEY;
        List<Link> links = jdbc.query(
                row.selected() + " where " + column + " between ? and ? and link_type = ? order by " + column
                        + " limit ?",
                row,
                Collections.min(keys).bytes(),
                Collections.max(keys).bytes(),
                type.name(),
                most + 1);
        if (links.size() > most) {
            pause.set(nextPause.getAndUpdate(last -> Math.min(LONGEST_PAUSE, last * 2)));
            return Optional.empty();
        }
        nextPause.set(1);
        return Optional.of(links);
    }

    private List<Link> listed(Collection<CompareKey> keys) {
        List<Link> links = new ArrayList<>();
        lists.each(new TreeSet<>(keys).stream().map(CompareKey::bytes).toList(), list -> {
            List<Object> parameters = new ArrayList<>(list);
            parameters.add(type.name());
            links.addAll(jdbc.query(
                    row.selected() + " where " + column + " in (" + KeyLists.marks(list.size()) + ") and link_type = ?",
                    row,
                    parameters.toArray()));
        });
        return links;
    }
}
