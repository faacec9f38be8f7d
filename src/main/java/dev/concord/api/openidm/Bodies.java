package dev.concord.api.openidm;

import dev.concord.api.Refusal;
import dev.concord.record.Json;
import dev.concord.record.JsonValues;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What requests bring with them. */
final class Bodies {

    private Bodies() {}

    /** The object that a body is; status 400 when it is none. */
    static Map<String, @Nullable Object> object(@Nullable String body) {
        if (value(body) instanceof Map<?, ?> map) {
            return JsonValues.copyOf(map);
        }
        throw Refusal.badRequest("The body must be a JSON object.");
    }

    /** What a body is; status 400 when it is no JSON, or holds what nothing can keep. */
    static @Nullable Object value(@Nullable String body) {
        if (body == null || body.isBlank()) {
            throw Refusal.badRequest("The body is missing.");
        }
        Object value;
        try {
            value = Json.read(body);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("The body cannot be read: " + e.getMessage());
        }
        String fault = JsonValues.fault(value);
        if (fault != null) {
            throw Refusal.badRequest("The body " + fault + ".");
        }
        return value;
    }
}
