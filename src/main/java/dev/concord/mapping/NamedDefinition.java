package dev.concord.mapping;

/** A definition that others find by its name; each kind has its own names. */
public interface NamedDefinition {

    String name();

    /** Where it is written. */
    Place place();
}
