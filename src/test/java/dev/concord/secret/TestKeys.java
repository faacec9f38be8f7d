package dev.concord.secret;

import java.util.Map;

/** Keys for tests, which nobody else may use. */
public final class TestKeys {

    public static final String SECRET = "0123456789abcdef0123456789abcdef";

    private TestKeys() {}

    public static Keys of(Map<String, String> values) {
        Map<String, Secret> secrets = new java.util.HashMap<>();
        values.forEach((name, value) ->
                secrets.put(name, Secret.of("${env:KEY}", variable -> value.isEmpty() ? null : value)));
        return new Keys(secrets);
    }

    /** A house with the usual key. */
    public static Crypto usual() {
        return new Crypto(of(Map.of(Keys.USUAL, SECRET)));
    }
}
