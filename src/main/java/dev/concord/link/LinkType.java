package dev.concord.link;

import dev.concord.record.CompareKey;

/**
 * How a mapping uses links.
 *
 * @param name the name of the mapping that defines the links
 * @param reversed whether this mapping's source stands in the second column
 * @param enabled whether links are read and written at all
 */
public record LinkType(
        String name,
        boolean reversed,
        boolean enabled,
        boolean sourceIdsCaseSensitive,
        boolean targetIdsCaseSensitive) {

    public CompareKey sourceKey(String id) {
        return CompareKey.of(id, sourceIdsCaseSensitive);
    }

    public CompareKey targetKey(String id) {
        return CompareKey.of(id, targetIdsCaseSensitive);
    }

    public Link link(String qualifier, String sourceId, String targetId) {
        return new Link(qualifier, sourceId, sourceKey(sourceId), targetId, targetKey(targetId), 0);
    }
}
