package dev.concord.telemetry.webhook;

import dev.concord.mapping.Webhook;
import dev.concord.record.Json;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to one webhook.
 *
 * @param attempts how often it was tried
 */
record Delivery(String id, String webhook, String body, int attempts) {

    boolean isWantedBy(Webhook of) {
        Map<String, @Nullable Object> event = Json.readObject(body);
        return !(event.get("data") instanceof Map<?, ?> data)
                || Stream.of(Webhook.Event.values())
                        .filter(one -> CloudEvent.type(one).equals(event.get("type")))
                        .allMatch(one -> of.wants(one, String.valueOf(data.get("mapping"))));
    }
}
