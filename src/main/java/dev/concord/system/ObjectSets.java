package dev.concord.system;

import dev.concord.mapping.Definitions;

/**
 * Opens the object sets that the definitions describe. Safe for use by several threads; close it to let go of
 * connections.
 */
public interface ObjectSets extends AutoCloseable {

    /**
     * The set with this path. The same path gives the same set. Throws {@link IllegalArgumentException} listing the
     * known paths when there is none of that name.
     */
    ObjectSet open(String path);

    @Override
    void close();

    /** Makes the object sets of one state of the definitions. */
    interface Factory {
        ObjectSets of(Definitions definitions);
    }
}
