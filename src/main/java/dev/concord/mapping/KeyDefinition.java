package dev.concord.mapping;

import dev.concord.secret.Secret;

/** What a file below {@code jobs/keys} says: the name of a key, and where its secret is. */
public record KeyDefinition(String name, Secret secret, Place place) implements NamedDefinition {}
