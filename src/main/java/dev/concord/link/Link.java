package dev.concord.link;

import dev.concord.record.CompareKey;

/**
 * One link, seen from the side of a mapping.
 *
 * @param revision counts the changes of the link, starting at 0
 */
public record Link(
        String qualifier, String sourceId, CompareKey sourceKey, String targetId, CompareKey targetKey, int revision) {

    /** The same link pointing to another target. */
    public Link pointingTo(String otherId, CompareKey otherKey) {
        return new Link(qualifier, sourceId, sourceKey, otherId, otherKey, revision + 1);
    }
}
