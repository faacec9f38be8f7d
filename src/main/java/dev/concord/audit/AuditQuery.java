package dev.concord.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which lines of the trail are wanted; null leaves a question out.
 *
 * @param since lines of this time and later ones
 * @param run the whole id of a run
 * @param user the name of an actor, through whichever door
 */
public record AuditQuery(
        @Nullable Instant since,
        @Nullable AuditEvent event,
        @Nullable String run,
        @Nullable String user) {

    public static final AuditQuery ALL = new AuditQuery(null, null, null, null);
}
