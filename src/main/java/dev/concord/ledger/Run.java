package dev.concord.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run as its row tells.
 *
 * @param number counts runs in the order of their starts
 * @param parameters what was asked for beyond the mapping: ids, filter
 * @param closureHash of the definitions as they were frozen at the start
 * @param seed of the hashes in {@link Handled}
 * @param condition null when there is nothing to add to the state
 * @param message for people, or null
 * @param facts what was measured at the start and holds for the whole run
 * @param totals the counts when the run ended, or null while it is active
 * @param entriesDropped since when its entries are gone, because they were kept for long enough; null while they are
 *     there. What it counted stays, but it can be neither continued nor read by another run
 * @param breaks how long it had been ended, all in all, before it was continued
 */
public record Run(
        String id,
        long number,
        String mapping,
        String linkType,
        RunKind kind,
        boolean analysis,
        Map<String, @Nullable Object> parameters,
        String closureHash,
        long seed,
        RunState state,
        Stage stage,
        @Nullable RunCondition condition,
        @Nullable String message,
        Facts facts,
        @Nullable Counts totals,
        Instant started,
        @Nullable Instant ended,
        @Nullable Instant entriesDropped,
        Duration breaks) {

    /** A run whose entries are there, and which was never continued. */
    public Run(
            String id,
            long number,
            String mapping,
            String linkType,
            RunKind kind,
            boolean analysis,
            Map<String, @Nullable Object> parameters,
            String closureHash,
            long seed,
            RunState state,
            Stage stage,
            @Nullable RunCondition condition,
            @Nullable String message,
            Facts facts,
            @Nullable Counts totals,
            Instant started,
            @Nullable Instant ended) {
        this(
                id,
                number,
                mapping,
                linkType,
                kind,
                analysis,
                parameters,
                closureHash,
                seed,
                state,
                stage,
                condition,
                message,
                facts,
                totals,
                started,
                ended,
                null,
                Duration.ZERO);
    }

    /** The path of the object set that one of the queries among the parameters went to; null when it was not noted. */
    @Nullable
    public String resourceCollection(String query) {
        return parameters.get(query) instanceof Map<?, ?> map && map.get("resourceName") instanceof String name
                ? name
                : null;
    }

    /**
     * What a run measures once, at its first start.
     *
     * @param sources how many source records it will visit, or -1 when that is not known yet
     * @param targets how many targets there were, or -1 when nobody needs to know
     * @param links how many links of the run's type there were, or -1
     * @param sourcesBefore how many source records the last full run with the same source query visited that ended
     *     well, or -1 when there is none, or nobody needs to know
     */
    public record Facts(long sources, long targets, long links, long sourcesBefore) {

        public static final Facts UNKNOWN = new Facts(-1, -1, -1);

        public Facts(long sources, long targets, long links) {
            this(sources, targets, links, -1);
        }

        /** Whether the target set is known to have been empty. */
        public boolean targetWasEmpty() {
            return targets == 0;
        }
    }
}
