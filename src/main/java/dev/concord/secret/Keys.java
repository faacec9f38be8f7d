package dev.concord.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The keys of a house, by name. What a key's secret says is never used as it is: keys for each use are derived from it
 * (HKDF with SHA-256), so that one secret may serve them all. Secrets are resolved when a key is first asked for. Safe
 * for use by several threads.
 */
public final class Keys {

    /** The name of the key that is meant where none is named. */
    public static final String USUAL = "default";

    public static final Keys NONE = new Keys(Map.of());

    /** A shorter secret can be guessed. */
    private static final int LEAST_CHARACTERS = 32;

    private static final int KEY_BYTES = 32;

    private final Map<String, Secret> secrets;
    private final Map<String, SecretKey> derived = new ConcurrentHashMap<>();

    public Keys(Map<String, Secret> secrets) {
        this.secrets = Map.copyOf(secrets);
    }

    boolean has(String name) {
        return secrets.containsKey(name);
    }

    /** Throws {@link KeyUnavailable} when there is no such key or its secret cannot be had. */
    SecretKey forEncryption(String name) {
        return derived.computeIfAbsent("AES " + name, use -> derive(name, "AES", "concord encryption"));
    }

    /** Throws {@link KeyUnavailable} when there is no such key or its secret cannot be had. */
    SecretKey forDigests(String name) {
        return derived.computeIfAbsent("Hmac " + name, use -> derive(name, "HmacSHA256", "concord digests"));
    }

    private SecretKey derive(String name, String algorithm, String use) {
        byte[] secret = secret(name).getBytes(StandardCharsets.UTF_8);
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            algorithm,
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(secret)
                                    .thenExpand(use.getBytes(StandardCharsets.UTF_8), KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no HKDF with SHA-256.", e);
        }
    }

    private String secret(String name) {
        Secret secret = secrets.get(name);
        if (secret == null) {
            throw new KeyUnavailable("There is no key '" + name + "'; there are: "
                    + (secrets.isEmpty() ? "none" : String.join(", ", new TreeSet<>(secrets.keySet())))
                    + ". Describe it in jobs/keys/" + name + ".yaml.");
        }
        String value;
        try {
            value = secret.resolve();
        } catch (IllegalStateException e) {
            throw new KeyUnavailable("The key '" + name + "' cannot be had: " + e.getMessage());
        }
        if (value.length() < LEAST_CHARACTERS) {
            throw new KeyUnavailable("The secret of the key '" + name + "' has " + value.length()
                    + " characters; at least " + LEAST_CHARACTERS
                    + " are required. `openssl rand -base64 32` makes a good one.");
        }
        return value;
    }
}
