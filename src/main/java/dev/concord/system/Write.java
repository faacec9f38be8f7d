package dev.concord.system;

import dev.concord.record.Resource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One change to an object set. */
public sealed interface Write {

    /**
     * A new object; {@code id} is null when the system gives the id. The content holds neither {@code _id} nor
     * {@code _rev}.
     */
    record Create(@Nullable String id, Map<String, @Nullable Object> content) implements Write {}

    /**
     * The object as it was read and the content it shall have. Only attributes that differ are written, and only if the
     * object still has the revision it was read with (where the set has none: still the old values of these
     * attributes).
     */
    record Update(Resource before, Map<String, @Nullable Object> content) implements Write {}

    /** Removes an object; {@code revision} null removes whatever is there. */
    record Delete(String id, @Nullable String revision) implements Write {}
}
