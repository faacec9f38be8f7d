package dev.concord.explanation;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A property row and the value it gave. Values of sensitive attributes are withheld.
 *
 * @param target pointer of the target attribute, such as {@code /mail}
 * @param source pointer of the source attribute; {@code /} is the whole object; null when the row names none
 * @param condition null when it has none
 * @param sourceValue what stood at the source; null also when the row was not looked at that far
 * @param transform whether there is a script that makes another value of it
 * @param transformed what that script gave
 * @param defaulted whether the row's default had to stand in
 * @param value what was put; null unless something was
 */
public record RowValue(
        String target,
        @Nullable String source,
        @Nullable Check condition,
        @Nullable Object sourceValue,
        boolean transform,
        @Nullable Object transformed,
        boolean defaulted,
        Result result,
        @Nullable Object value) {

    /** What a row did to the target. */
    public enum Result {
        PUT,
        /** The source does not have the attribute, so the target must not either. */
        REMOVED,
        /** The condition does not hold; the attribute stays as it is. */
        SKIPPED,
        FAILED
    }

    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("target", target);
        json.put("source", source);
        json.put("condition", condition == null ? null : condition.text());
        json.put("answer", condition == null ? null : condition.answer().name());
        json.put("sourceValue", sourceValue);
        json.put("transform", transform);
        json.put("transformed", transformed);
        json.put("defaulted", defaulted);
        json.put("result", result.name());
        json.put("value", value);
        return json;
    }
}
