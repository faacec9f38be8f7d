package dev.concord.mapping;

import org.jspecify.annotations.Nullable;

/**
 * The part of a mapping that other mappings depend on, read before any of them is read whole. A part that is missing or
 * wrong is null, and its fault is in the log.
 */
record MappingDraft(
        Fields fields,
        @Nullable String name,
        @Nullable String source,
        @Nullable String target,
        @Nullable String links,
        boolean enableLinking,
        @Nullable Boolean sourceIdsCaseSensitive,
        @Nullable Boolean targetIdsCaseSensitive) {

    /**
     * @param derivedName the name when the mapping itself has none: PingIDM files may have it in their file name only
     */
    static @Nullable MappingDraft read(Node node, @Nullable String derivedName, FaultLog log) {
        Fields fields = Fields.of(node, Shape.MAPPING, log);
        if (fields == null) {
            return null;
        }
        String name = fields.get("name") == null && derivedName != null ? derivedName : fields.requiredText("name");
        if (name != null) {
            Names.mapping(at(fields, "name"), name, log);
        }
        return new MappingDraft(
                fields,
                name,
                fields.requiredText("source"),
                fields.requiredText("target"),
                fields.text("links"),
                fields.flag("enableLinking", true),
                fields.flag("sourceIdsCaseSensitive"),
                fields.flag("targetIdsCaseSensitive"));
    }

    FaultLog log() {
        return fields.log();
    }

    /** What a fault about a key should point at: its value, or the whole mapping when it is not written. */
    Node at(String key) {
        return at(fields, key);
    }

    boolean ownsItsLinks() {
        return links == null || links.equals(name);
    }

    private static Node at(Fields fields, String key) {
        Node node = fields.get(key);
        return node == null ? fields.node() : node;
    }
}
