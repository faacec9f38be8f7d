package dev.concord.recon;

import dev.concord.record.Resource;
import dev.concord.system.Page;
import dev.concord.system.Page.Item;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How many records a page of the source takes. A mapping that says so is obeyed; else pages of small records grow, as
 * each costs the databases the same few questions and a commit, and pages of big records shrink, as they lie in memory.
 * Partitions keep a good number of pages, so that little is done again after a crash. Pages that take long shrink, so
 * that a run that is stopped in the middle of one loses little. Belongs to one thread.
 */
final class PageSize {

    /** Where nothing else is known. */
    static final int USUAL = 1_000;

    private static final int LEAST = 20;
    private static final int MOST = 4_000;
    private static final int PAGES_OF_A_PARTITION = 25;
    private static final long CHARACTERS_OF_A_PAGE = 4_000_000;
    private static final int SAMPLES = 16;
    /** What is decided of a page is decided anew when the run is stopped in the middle of it. */
    private static final long NANOSECONDS_OF_A_PAGE = TimeUnit.SECONDS.toNanos(5);

    private final boolean fixed;
    private final long most;
    private long inTime = MOST;
    private int next;

    /**
     * @param asked what the mapping asks for, 0 for nothing
     * @param records of all partitions
     */
    PageSize(int asked, long records, int partitions) {
        this.fixed = asked > 0;
        this.next = fixed ? asked : USUAL;
        this.most = Math.clamp(records / partitions / PAGES_OF_A_PARTITION, USUAL, MOST);
    }

    int next() {
        return fixed ? next : (int) Math.min(next, inTime);
    }

    /** Takes no page for a slow one, because an earlier attempt may not have, either. */
    void beginAsUsual() {
        inTime = MOST;
    }

    /** The most that a page of records like the last ones that were read may ever have had. */
    int ever() {
        return fixed || next <= USUAL ? next : (int) most;
    }

    /** Learns from how long a page took. */
    void took(int records, long nanoseconds) {
        if (records > 0 && nanoseconds > 0) {
            inTime = Math.clamp(NANOSECONDS_OF_A_PAGE / Math.max(1, nanoseconds / records), LEAST, MOST);
        }
    }

    /** Learns from a page that was read. */
    void learn(Page read) {
        List<Item> items = read.items();
        if (fixed || items.isEmpty()) {
            return;
        }
        int step = Math.max(1, items.size() / SAMPLES);
        long characters = 0;
        int samples = 0;
        for (int i = 0; i < items.size(); i += step) {
            if (items.get(i) instanceof Item.Found(String position, Resource resource)) {
                characters += weight(resource.content());
                samples++;
            }
        }
        if (samples > 0) {
            next = (int) Math.clamp(CHARACTERS_OF_A_PAGE * samples / Math.max(1, characters), LEAST, most);
        }
    }

    private static long weight(@Nullable Object value) {
        return switch (value) {
            case String text -> text.length();
            case Map<?, ?> map ->
                map.values().stream().mapToLong(PageSize::weight).sum();
            case List<?> list -> list.stream().mapToLong(PageSize::weight).sum();
            case null, default -> 1;
        };
    }
}
