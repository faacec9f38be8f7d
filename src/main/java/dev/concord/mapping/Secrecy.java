package dev.concord.mapping;

import dev.concord.secret.HashAlgorithm;

/** How the values of an attribute are kept from being read. */
public sealed interface Secrecy {

    Secrecy NONE = new Open();

    /** Values are kept as they are. */
    record Open() implements Secrecy {}

    /** A salted hash is kept instead of the value. */
    record Hashed(HashAlgorithm algorithm) implements Secrecy {}

    /**
     * Values are kept encrypted.
     *
     * @param key the name of the key
     */
    record Encrypted(String key) implements Secrecy {}

    /** Values are written and never read back. */
    record WriteOnly() implements Secrecy {}
}
