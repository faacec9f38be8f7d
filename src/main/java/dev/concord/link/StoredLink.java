package dev.concord.link;

import dev.concord.record.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A link as it is stored, belonging to no mapping's side.
 *
 * @param firstKey what the first id is compared by, in its type
 * @param revision counts the changes of the link, starting at 0
 */
public record StoredLink(
        String type, String qualifier, String firstKey, String firstId, String secondId, int revision) {

    /** The three texts that tell a link from all others. */
    record Key(String firstKey, String type, String qualifier) {

        String text() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            Json.write(List.of(firstKey, type, qualifier)).getBytes(StandardCharsets.UTF_8));
        }

        /** Empty when the text is no id of a link. */
        static Optional<Key> of(String text) {
            try {
                return Json.read(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8))
                                        instanceof List<?> parts
                                && parts.size() == 3
                                && parts.get(0) instanceof String firstKey
                                && parts.get(1) instanceof String type
                                && parts.get(2) instanceof String qualifier
                        ? Optional.of(new Key(firstKey, type, qualifier))
                        : Optional.empty();
            } catch (IllegalArgumentException foreign) {
                return Optional.empty();
            }
        }
    }

    /** Tells this link from all others, in letters that need no escaping in addresses. */
    public String id() {
        return new Key(firstKey, type, qualifier).text();
    }

    /** The link in the shape that PingIDM gives it. */
    public Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("_id", id());
        json.put("_rev", Integer.toString(revision));
        json.put("linkType", type);
        json.put("linkQualifier", qualifier);
        json.put("firstId", firstId);
        json.put("secondId", secondId);
        return json;
    }
}
