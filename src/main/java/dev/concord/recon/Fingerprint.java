package dev.concord.recon;

import dev.concord.ledger.EntryView;
import dev.concord.record.AttributeChange;
import dev.concord.record.Json;
import dev.concord.secret.Crypto;
import dev.concord.secret.KeyUnavailable;
import dev.concord.system.SystemUnavailable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a plan keeps of the values that it withholds, so that they can be compared when it is applied: for each such
 * change, in the order of the changes, a digest of the value before as the target holds it and the value after in
 * clear. Digests are keyed ({@link PlanKey}) and bound to plan, record and attribute, so that nobody finds out the
 * value of one, or who has equal ones. Where there is no key sensitive values get none: a digest that is not keyed
 * would give short secrets away to whoever reads the ledger.
 */
final class Fingerprint {

    private static final int DIGEST_BYTES = 16;

    private final Crypto crypto;
    private final PlanKey key;
    private final String plan;
    private final String set;

    /**
     * @param crypto opens what is encrypted
     * @param key of the digests
     * @param plan the id of the run that planned
     * @param set the path of the target set
     */
    Fingerprint(Crypto crypto, PlanKey key, String plan, String set) {
        this.crypto = crypto;
        this.key = key;
        this.plan = plan;
        this.set = set;
    }

    /**
     * Null when the changes withhold nothing, or what they withhold cannot be digested.
     *
     * @param shown the changes as they may be shown
     * @param changes the same, as they are
     * @param clear the target as rows and scripts want it, before anything in it is hashed or encrypted
     */
    @Nullable
    String of(Op op, List<AttributeChange> shown, List<AttributeChange> changes, Map<String, @Nullable Object> clear) {
        StringBuilder digests = new StringBuilder();
        for (int i = 0; i < shown.size(); i++) {
            if (isWithheld(shown.get(i))) {
                AttributeChange change = changes.get(i);
                Object after = clear.containsKey(change.attribute()) ? clear.get(change.attribute()) : change.after();
                String digest = digest(op, change, opened(after), isSecret(shown.get(i)));
                if (digest == null) {
                    return null;
                }
                digests.append(digests.isEmpty() ? "" : " ").append(digest);
            }
        }
        return digests.isEmpty() ? null : digests.toString();
    }

    static boolean isWithheld(AttributeChange shown) {
        return EntryView.isWithheld(shown.before()) || EntryView.isWithheld(shown.after());
    }

    private static boolean isSecret(AttributeChange shown) {
        return isSecret(shown.before()) || isSecret(shown.after());
    }

    private static boolean isSecret(@Nullable Object value) {
        return value instanceof Map<?, ?> map
                && EntryView.isWithheld(value)
                && !Sight.TOO_LONG.equals(map.get(EntryView.WITHHELD));
    }

    /** What a script encrypted differs each time; what it encrypted does not. */
    private @Nullable Object opened(@Nullable Object value) {
        return crypto.canDecrypt(value) ? crypto.decrypt(value) : value;
    }

    private @Nullable String digest(Op op, AttributeChange change, @Nullable Object after, boolean secret) {
        List<@Nullable Object> pair = Arrays.asList(change.before(), after);
        try {
            Crypto digesting = key.crypto();
            if (digesting != null) {
                return digesting.digest(
                        pair,
                        "plan",
                        plan,
                        set,
                        op.qualifier,
                        String.valueOf(op.sourceId),
                        String.valueOf(op.targetId),
                        change.attribute());
            }
        } catch (KeyUnavailable e) {
            throw new SystemUnavailable("Values of " + set + " cannot be compared: " + e.getMessage(), null);
        }
        return secret ? null : plain(pair);
    }

    /** Nobody guesses a value that is too long to be kept. */
    private static String plain(List<@Nullable Object> pair) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(Json.write(pair).getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, DIGEST_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no SHA-256.", e);
        }
    }
}
