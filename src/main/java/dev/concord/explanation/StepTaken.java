package dev.concord.explanation;

import dev.concord.record.AttributeChange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A step of the action.
 *
 * @param name {@code rows}, the key of a script such as {@code onUpdate}, or what is done, such as {@code createLink}
 * @param changes what a script changed in the target that is being built
 */
public record StepTaken(String name, State state, List<AttributeChange> changes) {

    /** What became of a step. */
    public enum State {
        DONE,
        /** A script that only runs where something really changes. */
        LEFT_OUT,
        /** The mapping has no such script. */
        NOT_CONFIGURED,
        FAILED,
        /** An earlier step failed. */
        NOT_REACHED
    }

    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("state", state.name());
        json.put("changes", changes.stream().map(Decision::json).toList());
        return json;
    }
}
