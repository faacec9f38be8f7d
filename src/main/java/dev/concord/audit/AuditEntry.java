package dev.concord.audit;

import dev.concord.record.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of the trail.
 *
 * @param number 1 for the first, without gaps
 * @param time to the microsecond
 * @param previous the hash of the line before, in hexadecimal
 * @param hash of everything else here, that of the line before included
 */
public record AuditEntry(long number, Instant time, Actor actor, Deed deed, String previous, String hash) {

    /** A line behind another one. */
    static AuditEntry after(String previous, long number, Instant time, Actor actor, Deed deed) {
        return new AuditEntry(number, time, actor, deed, previous, hash(previous, number, time, actor, deed));
    }

    /** Whether it is as it was when it was written. */
    boolean isIntact() {
        return hash.equals(hash(previous, number, time, actor, deed));
    }

    private static String hash(String previous, long number, Instant time, Actor actor, Deed deed) {
        String text = Json.write(Arrays.asList(
                previous,
                number,
                time.toString(),
                actor.door().name(),
                actor.name(),
                actor.address(),
                actor.roles(),
                actor.request(),
                deed.event().word(),
                deed.run(),
                deed.mapping(),
                deed.object(),
                deed.why(),
                // As it is read again, where 1.50 may be written as something else than what somebody computed.
                Json.write(Json.readObject(Json.write(deed.details())))));
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256, which every Java must have.", e);
        }
    }

    /** As commands, REST and the log show it. */
    public Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> by = new LinkedHashMap<>();
        by.put("door", actor.door().name());
        by.put("name", actor.name());
        by.put("address", actor.address());
        by.put("roles", actor.roles());
        by.put("request", actor.request());
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("_id", Long.toString(number));
        json.put("timestamp", time.toString());
        json.put("event", deed.event().word());
        json.put("by", by);
        json.put("run", deed.run());
        json.put("mapping", deed.mapping());
        json.put("object", deed.object());
        json.put("why", deed.why());
        json.put("details", deed.details());
        json.put("hash", hash);
        return json;
    }
}
