package dev.concord.ledger;

import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import dev.concord.record.AttributeChange;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The report line of one op.
 *
 * @param situation null when the op failed before it was known; likewise {@code action}
 * @param candidateIds the ids of several correlated targets; empty otherwise
 * @param message what happened, in words, without personal values
 * @param detail what a script or a system said; may hold personal values
 * @param display values of the mapping's display attributes: {@code source} and {@code target}, each name to value
 * @param differences what changed on the target, with the values before; values of sensitive attributes are withheld
 * @param trace what the op did to target and links
 */
public record Entry(
        @Nullable Situation situation,
        @Nullable Action action,
        Outcome outcome,
        @Nullable String sourceId,
        @Nullable String targetId,
        String qualifier,
        List<String> candidateIds,
        @Nullable String message,
        @Nullable String detail,
        Map<String, Map<String, @Nullable Object>> display,
        List<AttributeChange> differences,
        Trace trace) {

    /** The entry of an op that left no trace. */
    public Entry(
            @Nullable Situation situation,
            @Nullable Action action,
            Outcome outcome,
            @Nullable String sourceId,
            @Nullable String targetId,
            String qualifier,
            List<String> candidateIds,
            @Nullable String message,
            @Nullable String detail,
            Map<String, Map<String, @Nullable Object>> display,
            List<AttributeChange> differences) {
        this(
                situation,
                action,
                outcome,
                sourceId,
                targetId,
                qualifier,
                candidateIds,
                message,
                detail,
                display,
                differences,
                Trace.NONE);
    }
}
