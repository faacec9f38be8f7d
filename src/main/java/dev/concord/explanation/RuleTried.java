package dev.concord.explanation;

import dev.concord.mapping.Place;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rule of the situation, in the order of the file.
 *
 * @param action the name of its action, or the script that chooses one
 * @param condition null when it has none, and so always holds
 * @param chosen whether it is the one that applied
 */
public record RuleTried(
        Place place,
        String action,
        boolean scripted,
        @Nullable Check condition,
        boolean chosen) {

    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("place", place.toString());
        json.put("action", scripted ? null : action);
        json.put("actionScript", scripted ? action : null);
        json.put("condition", condition == null ? null : condition.text());
        json.put("answer", condition == null ? null : condition.answer().name());
        json.put("chosen", chosen);
        return json;
    }
}
