package dev.concord.mapping;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that a run of one mapping means, as text: its own file, its script files, the file of the mapping that has
 * its links, those of the systems and managed types on both sides (of all, where a script may ask any of them), and the
 * keys (where they are, not what they say). Loading {@code Sources.of(closure.texts())} gives the same mapping again.
 *
 * @param texts text by path relative to {@code jobs/}, sorted
 * @param hash SHA-256 over paths and texts, in hexadecimal
 */
public record Closure(Map<String, String> texts, String hash) {

    static Closure of(Map<String, String> texts) {
        TreeMap<String, String> sorted = new TreeMap<>(texts);
        return new Closure(Collections.unmodifiableMap(sorted), hash(sorted));
    }

    /** Lengths go in before the texts, so that no two different sets of files run together into the same bytes. */
    private static String hash(TreeMap<String, String> texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            texts.forEach((path, text) -> {
                add(digest, path);
                add(digest, text);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256, which every Java must have.", e);
        }
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }
}
