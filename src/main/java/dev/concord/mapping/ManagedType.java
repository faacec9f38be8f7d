package dev.concord.mapping;

import java.util.Map;

/**
 * What a file below {@code jobs/managed} says: one type of the built-in store, a real table of the platform database.
 */
public record ManagedType(String name, Map<String, AttributeDefinition> attributes, Place place)
        implements NamedDefinition {}
