package dev.concord.system.secrecy;

import dev.concord.mapping.AttributeDefinition;
import dev.concord.mapping.Secrecy;
import dev.concord.record.JsonValues;
import dev.concord.secret.Crypto;
import dev.concord.secret.CryptoValue;
import dev.concord.secret.HashAlgorithm;
import org.jspecify.annotations.Nullable;

/** Hashes and encrypts the values of attributes. Safe for use by several threads. */
final class Sealing {

    private final Crypto crypto;

    Sealing(Crypto crypto) {
        this.crypto = crypto;
    }

    /**
     * A value as it is kept. It stays what was kept before when that means the same, because a salt or nonce makes
     * equal values look different. Values that were hashed or encrypted elsewhere stay as they are.
     *
     * @param kept what is kept now, or null
     * @throws IllegalArgumentException when the value cannot be hashed, saying why
     */
    Object sealed(AttributeDefinition attribute, Object value, @Nullable Object kept) {
        if (CryptoValue.is(value) && JsonValues.same(value, kept)) {
            return value;
        }
        return switch (attribute.secrecy()) {
            case Secrecy.Hashed hashed -> hashed(hashed.algorithm(), opened(value), kept);
            case Secrecy.Encrypted encrypted -> encrypted(attribute, encrypted.key(), opened(value), value, kept);
            case Secrecy.Open _, Secrecy.WriteOnly _ -> value;
        };
    }

    /** What is behind an encrypted value whose key is known; other values are what they are. */
    private @Nullable Object opened(Object value) {
        return crypto.canDecrypt(value) ? crypto.decrypt(value) : value;
    }

    private Object hashed(HashAlgorithm algorithm, @Nullable Object value, @Nullable Object kept) {
        if (value != null && CryptoValue.is(value)) {
            return value;
        }
        if (!(value instanceof String text)) {
            throw new IllegalArgumentException("It is hashed, and takes one text.");
        }
        return kept != null && Crypto.isComparable(kept) && crypto.matches(text, kept)
                ? kept
                : crypto.hash(text, algorithm);
    }

    private Object encrypted(
            AttributeDefinition attribute, String key, @Nullable Object clear, Object value, @Nullable Object kept) {
        if (kept != null && crypto.canDecrypt(kept) && !CryptoValue.is(clear) && means(kept, clear, attribute)) {
            return kept;
        }
        return CryptoValue.is(value) ? value : crypto.encrypt(value, key);
    }

    private boolean means(Object kept, @Nullable Object clear, AttributeDefinition attribute) {
        Object keptClear;
        try {
            keptClear = crypto.decrypt(kept);
        } catch (IllegalArgumentException damaged) {
            return false;
        }
        return attribute.unordered() ? JsonValues.sameUnordered(keptClear, clear) : JsonValues.same(keptClear, clear);
    }
}
