package dev.concord.secret;

import dev.concord.record.Json;
import dev.concord.record.JsonValues;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * Hashes, encrypts and compares values with the keys of a house. Hashed and encrypted values are {@link CryptoValue}s.
 * No message of an exception holds a value. Safe for use by several threads.
 */
public final class Crypto {

    /** Authenticated, with a random nonce for each value. */
    private static final String CIPHER = "AES/GCM/NoPadding";

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int DIGEST_BYTES = 16;
    private static final int SALT_BYTES = 16;

    /** Hashed fast with a salt: read and made because PingIDM does, not for attributes of our own. */
    private static final List<String> FAST_HASHES = List.of("SHA-256", "SHA-384", "SHA-512");

    private final Keys keys;
    private final SecureRandom random = new SecureRandom();

    public Crypto(Keys keys) {
        this.keys = keys;
    }

    /** Throws {@link KeyUnavailable} unless values can be encrypted with this key. */
    public void needKey(String name) {
        keys.forEncryption(name);
    }

    /**
     * Whether digests can be made, for which a key of the usual name is needed. Throws {@link KeyUnavailable} when
     * there is one and its secret cannot be had.
     */
    public boolean makesDigests() {
        if (!keys.has(Keys.USUAL)) {
            return false;
        }
        keys.forDigests(Keys.USUAL);
        return true;
    }

    // Hashes

    /** Throws {@link IllegalArgumentException} when the algorithm cannot take the text. */
    public Map<String, @Nullable Object> hash(String text, HashAlgorithm algorithm) {
        algorithm.check(text);
        return hashed(algorithm.name(), String.valueOf(algorithm.encoder().encode(text)));
    }

    /**
     * Hashes as scripts ask for it.
     *
     * @param algorithm BCRYPT (when null), PBKDF2, SHA-256, SHA-384 or SHA-512, in any case
     * @param cost of BCRYPT, 4 to 31; null for the usual one
     */
    public Map<String, @Nullable Object> hash(String text, @Nullable String algorithm, @Nullable Integer cost) {
        String name = algorithm == null ? HashAlgorithm.BCRYPT.name() : algorithm.toUpperCase(Locale.ROOT);
        if (FAST_HASHES.contains(name)) {
            byte[] salt = new byte[SALT_BYTES];
            random.nextBytes(salt);
            return hashed(name, Base64.getEncoder().encodeToString(salted(name, text, salt)));
        }
        HashAlgorithm slow = slow(name);
        if (slow == null) {
            throw new IllegalArgumentException(
                    "This hash algorithm is not known; allowed: BCRYPT, PBKDF2, SHA-256, SHA-384, SHA-512.");
        }
        if (cost != null) {
            if (slow != HashAlgorithm.BCRYPT || cost < 4 || cost > 31) {
                throw new IllegalArgumentException("The option cost is for BCRYPT, from 4 to 31.");
            }
            slow.check(text);
            return hashed(name, String.valueOf(new BCryptPasswordEncoder(cost).encode(text)));
        }
        return hash(text, slow);
    }

    /**
     * Whether a text is the one that was hashed. Throws {@link IllegalArgumentException} when the value is not hashed,
     * or in a way that is not known.
     */
    public boolean matches(String text, @Nullable Object hashed) {
        if (!CryptoValue.isHashed(hashed)) {
            throw new IllegalArgumentException("The value to match is not hashed.");
        }
        String algorithm = CryptoValue.part(hashed, "algorithm").toUpperCase(Locale.ROOT);
        String data = CryptoValue.part(hashed, "data");
        HashAlgorithm slow = slow(algorithm);
        if (slow != null) {
            return slow.takes(text) && slow.encoder().matches(text, data);
        }
        if (!FAST_HASHES.contains(algorithm)) {
            throw new IllegalArgumentException(
                    "The value is hashed in a way that is not known; known are BCRYPT, PBKDF2, SHA-256, SHA-384, SHA-512.");
        }
        byte[] known = Base64.getDecoder().decode(data);
        int digest = digest(algorithm).getDigestLength();
        return known.length > digest
                && MessageDigest.isEqual(
                        known, salted(algorithm, text, Arrays.copyOfRange(known, digest, known.length)));
    }

    /** Whether a hashed value can be compared with a text. */
    public static boolean isComparable(@Nullable Object hashed) {
        if (!CryptoValue.isHashed(hashed)) {
            return false;
        }
        String algorithm = CryptoValue.part(hashed, "algorithm").toUpperCase(Locale.ROOT);
        return slow(algorithm) != null || FAST_HASHES.contains(algorithm);
    }

    private static @Nullable HashAlgorithm slow(String name) {
        return Arrays.stream(HashAlgorithm.values())
                .filter(algorithm -> algorithm.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static byte[] salted(String algorithm, String text, byte[] salt) {
        MessageDigest digest = digest(algorithm);
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        byte[] hash = digest.digest(salt);
        return ByteBuffer.allocate(hash.length + salt.length)
                .put(hash)
                .put(salt)
                .array();
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no " + algorithm + ".", e);
        }
    }

    private static Map<String, @Nullable Object> hashed(String algorithm, String data) {
        Map<String, @Nullable Object> value = new LinkedHashMap<>();
        value.put("algorithm", algorithm);
        value.put("data", data);
        return CryptoValue.of(CryptoValue.HASHED, value);
    }

    // Encryption

    /**
     * Encrypts a JSON value, null included. Throws {@link KeyUnavailable} when the key cannot be had.
     *
     * @param key the name of the key
     */
    public Map<String, @Nullable Object> encrypt(@Nullable Object clear, String key) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] data = cipher(Cipher.ENCRYPT_MODE, key, nonce, Json.write(clear).getBytes(StandardCharsets.UTF_8));
        Map<String, @Nullable Object> value = new LinkedHashMap<>();
        value.put("cipher", CIPHER);
        value.put("key", key);
        value.put("iv", Base64.getEncoder().encodeToString(nonce));
        value.put("data", Base64.getEncoder().encodeToString(data));
        return CryptoValue.of(CryptoValue.ENCRYPTED, value);
    }

    /** Whether a value is one that {@link #encrypt} made, and its key is among those of the house. */
    public boolean canDecrypt(@Nullable Object value) {
        return CryptoValue.isEncrypted(value)
                && CryptoValue.part(value, "cipher").equals(CIPHER)
                && keys.has(CryptoValue.part(value, "key"));
    }

    /**
     * The value that was encrypted. Throws {@link KeyUnavailable} when its key cannot be had, and
     * {@link IllegalArgumentException} when it was encrypted by somebody else, with another key, or tampered with.
     */
    public @Nullable Object decrypt(@Nullable Object encrypted) {
        if (!CryptoValue.isEncrypted(encrypted)
                || !CryptoValue.part(encrypted, "cipher").equals(CIPHER)) {
            throw new IllegalArgumentException("The value was not encrypted by Concord (" + CIPHER + ").");
        }
        try {
            Base64.Decoder decoder = Base64.getDecoder();
            byte[] clear = cipher(
                    Cipher.DECRYPT_MODE,
                    CryptoValue.part(encrypted, "key"),
                    decoder.decode(CryptoValue.part(encrypted, "iv")),
                    decoder.decode(CryptoValue.part(encrypted, "data")));
            return Json.read(new String(clear, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The encrypted value was made with another key, or is damaged.");
        }
    }

    private byte[] cipher(int mode, String key, byte[] nonce, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, keys.forEncryption(key), new GCMParameterSpec(TAG_BITS, nonce));
            // A value cannot be passed off as one of another key.
            cipher.updateAAD(key.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(text);
        } catch (AEADBadTagException e) {
            throw new IllegalArgumentException("The authentication tag does not fit.");
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The cipher refuses what it was given.");
        }
    }

    // Digests

    /**
     * A keyed digest (HMAC with SHA-256, the first 128 bits) of a value in its context, as text. The same value in
     * another context has another digest, so that nobody sees who has equal ones. Throws {@link KeyUnavailable} when
     * the usual key cannot be had.
     */
    public String digest(@Nullable Object value, String... context) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(keys.forDigests(Keys.USUAL));
            for (String part : context) {
                add(mac, part);
            }
            add(mac, Json.write(sorted(JsonValues.key(value))));
            return Base64.getEncoder().withoutPadding().encodeToString(Arrays.copyOf(mac.doFinal(), DIGEST_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no HMAC with SHA-256.", e);
        }
    }

    private static void add(Mac mac, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        mac.update(bytes);
    }

    /** Equal values are written alike. */
    private static @Nullable Object sorted(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> sorted = new TreeMap<>();
                map.forEach((name, element) -> sorted.put(String.valueOf(name), sorted(element)));
                yield sorted;
            }
            case List<?> list -> list.stream().map(Crypto::sorted).collect(Collectors.toList());
            case null -> null;
            default -> value;
        };
    }
}
