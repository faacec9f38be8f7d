package dev.concord.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an entry keeps of its op for those who come later and take it back, or want to know whether it is still the
 * same.
 *
 * @param effects what the op did, such as {@link Measure#CREATED} or {@link Measure#LINKS_REMOVED}; empty when nothing
 * @param links the links that it changed, in the order in which it changed them
 * @param revision of the target as the op left it; null when its store counts none, or the op did not write it
 * @param fingerprint a keyed digest of the values that the entry withholds; null when it withholds none
 * @param nulls the attributes that were there with a null before the op changed or deleted them, where the store tells
 *     them from absent ones
 */
public record Trace(
        List<Measure> effects,
        List<LinkChange> links,
        @Nullable String revision,
        @Nullable String fingerprint,
        List<String> nulls) {

    public static final Trace NONE = new Trace(List.of(), List.of(), null, null);

    /** The trace of an op that changed no nulls. */
    public Trace(
            List<Measure> effects, List<LinkChange> links, @Nullable String revision, @Nullable String fingerprint) {
        this(effects, links, revision, fingerprint, List.of());
    }

    /**
     * A link before and after: made when there is no {@code before}, removed when there is no {@code after}. One that
     * had waited for a target that came back is the same before and after.
     *
     * @param qualifier the link qualifier, null when it is that of the op
     */
    public record LinkChange(
            @Nullable Ends before,
            @Nullable Ends after,
            @Nullable String qualifier) {

        /** A change under the link qualifier of the op. */
        public LinkChange(@Nullable Ends before, @Nullable Ends after) {
            this(before, after, null);
        }
    }

    /** What a link joined, each id as its system spells it. */
    public record Ends(String sourceId, String targetId) {}
}
