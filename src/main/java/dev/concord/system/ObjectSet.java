package dev.concord.system;

import dev.concord.filter.Filter;
import dev.concord.record.Resource;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One type of object in one system: {@code managed/alpha_user}, {@code system/hr/employee}.
 *
 * <p>Reads and writes of sets in the platform database take part in the transaction that is bound to the calling
 * thread; all others speak for themselves. Safe for use by several threads.
 *
 * <p>Trouble with the system itself (no connection, time-out, deadlock, disk) is thrown as {@link SystemUnavailable},
 * or as a Spring {@code DataAccessException} where the platform database is concerned; trouble with one record is an
 * answer, never an exception.
 */
public interface ObjectSet {

    /** The path, such as {@code system/hr/employee}. */
    String name();

    ObjectSchema schema();

    /** Whether writes commit together with the links and the ledger. */
    boolean inPlatformDatabase();

    /**
     * Cuts the set into at most {@code count} ranges of about the same size, in the store's own order, which together
     * hold everything: the first and the last are open-ended.
     */
    List<KeyRange> ranges(int count);

    /**
     * The next records of a range in the store's own order.
     *
     * @param after the position of the last record seen, or null to start
     * @param limit how many records to read at the most
     * @param filter which records to return; null for all. Records that cannot be read are always returned
     */
    Page scan(KeyRange range, @Nullable String after, int limit, @Nullable Filter filter);

    /** Like {@link #scan}, when nothing but ids and positions is needed: the content of the resources may be empty. */
    Page scanIds(KeyRange range, @Nullable String after, int limit, @Nullable Filter filter);

    /**
     * The objects with these ids, by id as the caller spelled it; ids that do not exist are not in the answer. One
     * round trip per 1,000 ids. Throws {@link UnreadableObject} when one of them exists but cannot be read, because
     * that must never look like an object that does not exist; ask one by one then. So does {@link #find}.
     */
    Map<String, Resource> fetch(Collection<String> ids);

    /**
     * Answers many filters at once: for each of them, in order, the objects that match it, at most {@code limit + 1}
     * (so that the caller sees that there are more). Filters of one shape cost one round trip together.
     */
    List<List<Resource>> find(List<Filter> filters, int limit);

    /**
     * The content as a read gives it after it was written: dates, times and the like in the store's own spelling.
     * Whoever asks whether an object has to be written compares with this, so that one that was written does not look
     * changed. What does not fit stays as it is. No round trip.
     */
    default Map<String, @Nullable Object> asStored(Map<String, @Nullable Object> content) {
        return content;
    }

    /**
     * The content with its secrets as the set keeps them: hashed or encrypted where attributes are declared so. A
     * secret that means the same as what the object holds already becomes exactly that, so that it does not look
     * changed. What does not fit stays as it is, and is rejected when it is written. May take long: hashing is slow on
     * purpose. No round trip.
     *
     * @param before the object as it is, null for a new one
     */
    default Map<String, @Nullable Object> sealed(Map<String, @Nullable Object> content, @Nullable Resource before) {
        return content;
    }

    /** Whether an object holds something in what the schema calls unread. A round trip, where there is such. */
    default boolean holdsUnread(String id) {
        return false;
    }

    /** How many objects match; null for all of them. */
    long count(@Nullable Filter filter);

    /**
     * Writes a batch; the outcomes are in the order of the writes, and the effect is that of one write after the other.
     *
     * <p>In the transaction of the caller, either the caller treats every outcome as done, or it rolls back: after a
     * {@link WriteOutcome.Rejected} the other writes of the batch may or may not have happened, and which one was
     * rejected is only certain in a batch of one. After a {@link WriteOutcome.Stale} the others did happen.
     *
     * <p>A set that speaks for itself (a database elsewhere, or the platform database where no transaction is bound to
     * the thread) does a batch as a whole or not at all: unless every outcome is {@link WriteOutcome.Written}, none is,
     * and nothing happened.
     */
    List<WriteOutcome> write(List<Write> writes);

    /**
     * Writes a batch as {@link #write(List)} does. Where the set speaks for itself, {@code stillAllowed} is called as
     * late as can be: behind everything that the batch does, with the changed rows locked, right before the commit.
     * What it throws keeps the batch from happening, and comes out of here.
     */
    default List<WriteOutcome> write(List<Write> writes, Runnable stillAllowed) {
        stillAllowed.run();
        return write(writes);
    }

    /** The set as something to write to: what does not exist yet, such as the file of an export, counts as empty. */
    default ObjectSet asTarget() {
        return this;
    }

    /**
     * A view that does not change while a run reads it, kept in a folder of that run; sets that read consistently by
     * themselves return themselves.
     */
    default ObjectSet snapshotIn(Path folder) {
        return this;
    }

    /**
     * Whether {@link #snapshotIn} finds in a folder what it made there before; a run that is continued must go on with
     * that.
     */
    default boolean hasSnapshotIn(Path folder) {
        return true;
    }

    /**
     * The set as it is by now, where {@link #snapshotIn} made a view that does not change, and the set has changed
     * since; this very set elsewhere, and where what the snapshot was made of is gone.
     */
    default ObjectSet now() {
        return this;
    }

    /**
     * Makes collected changes final, where writes were only collected so far (files). Called once, when a run closes;
     * repeatable.
     */
    default void publish() {}
}
