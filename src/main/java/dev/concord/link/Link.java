package dev.concord.link;

import dev.concord.record.CompareKey;
import java.util.Map;

/**
 * One link, seen from the side of a mapping.
 *
 * @param revision counts the changes of the link, starting at 0
 * @param digests keyed digests of the secrets that were written to the target last, by attribute
 */
public record Link(
        String qualifier,
        String sourceId,
        CompareKey sourceKey,
        String targetId,
        CompareKey targetKey,
        int revision,
        Map<String, String> digests) {

    public Link {
        digests = Map.copyOf(digests);
    }

    /** A link that remembers no secrets. */
    public Link(
            String qualifier,
            String sourceId,
            CompareKey sourceKey,
            String targetId,
            CompareKey targetKey,
            int revision) {
        this(qualifier, sourceId, sourceKey, targetId, targetKey, revision, Map.of());
    }

    /** The same link pointing to another target, of which no secrets are remembered. */
    public Link pointingTo(String otherId, CompareKey otherKey) {
        return new Link(qualifier, sourceId, sourceKey, otherId, otherKey, revision + 1);
    }

    /** The link before it is written for the first time, remembering secrets. */
    public Link with(Map<String, String> written) {
        return new Link(qualifier, sourceId, sourceKey, targetId, targetKey, revision, written);
    }

    /** The same link remembering other secrets. */
    public Link remembering(Map<String, String> written) {
        return new Link(qualifier, sourceId, sourceKey, targetId, targetKey, revision + 1, written);
    }
}
