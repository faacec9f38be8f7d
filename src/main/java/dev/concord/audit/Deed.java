package dev.concord.audit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is done: an event, and what it is about.
 *
 * @param run the id of the run, or null
 * @param mapping its name, or null
 * @param object the address of what is changed, such as {@code managed/alpha_user/4711}, or null
 * @param why what somebody said as the reason, or null
 * @param details numbers, names and ids; never values of attributes
 */
public record Deed(
        AuditEvent event,
        @Nullable String run,
        @Nullable String mapping,
        @Nullable String object,
        @Nullable String why,
        Map<String, @Nullable Object> details) {

    public Deed {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    public static Deed of(AuditEvent event) {
        return new Deed(event, null, null, null, null, Map.of());
    }

    /** Something that is done with a run, or by it. */
    public static Deed of(AuditEvent event, String run, String mapping) {
        return new Deed(event, run, mapping, null, null, Map.of());
    }

    /** Something that is done to what has an address. */
    public static Deed to(String object, AuditEvent event) {
        return new Deed(event, null, null, object, null, Map.of());
    }

    public Deed because(@Nullable String reason) {
        return new Deed(event, run, mapping, object, reason, details);
    }

    /** With one more detail; null leaves it out. */
    public Deed with(String name, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        Map<String, @Nullable Object> more = new LinkedHashMap<>(details);
        more.put(name, value);
        return new Deed(event, run, mapping, object, why, more);
    }
}
