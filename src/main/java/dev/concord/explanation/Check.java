package dev.concord.explanation;

import dev.concord.mapping.Place;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A script or a condition that says yes or no to a record.
 *
 * @param name the key in the mapping, such as {@code validSource}
 * @param text as it stands in the mapping: a query filter, or JavaScript
 */
public record Check(String name, String text, Place place, Answer answer) {

    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("place", place.toString());
        json.put("text", text);
        json.put("answer", answer.name());
        return json;
    }
}
