package dev.concord.recon;

import dev.concord.link.Link;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Secrecy;
import dev.concord.record.Resource;
import dev.concord.secret.Crypto;
import dev.concord.secret.CryptoText;
import dev.concord.secret.CryptoValue;
import dev.concord.secret.KeyUnavailable;
import dev.concord.system.ObjectSchema;
import dev.concord.system.ObjectSet;
import dev.concord.system.SystemUnavailable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a run knows of the secrets it writes: by keyed digests that are kept with the links it sees whether a value is
 * the one that was written last, where the target cannot say (write-only attributes) or only slowly (hashed ones). Safe
 * for use by several threads.
 */
final class TargetSecrets {

    /** What stands for a value that is there and cannot be read. */
    private static final String UNREADABLE = "(written)";

    private final Crypto crypto;
    private final String set;
    private final ObjectSchema schema;
    private final Set<String> hashed = new HashSet<>();
    private final Set<String> writeOnly = new HashSet<>();
    private final boolean digests;

    private TargetSecrets(ObjectSet target, Crypto crypto) {
        this.crypto = crypto;
        this.set = target.name();
        this.schema = target.schema();
        schema.attributes().forEach((name, attribute) -> {
            switch (attribute.secrecy()) {
                case Secrecy.Hashed _ -> hashed.add(name);
                case Secrecy.WriteOnly _ -> writeOnly.add(name);
                case Secrecy.Open _, Secrecy.Encrypted _ -> {}
            }
        });
        this.digests = !(hashed.isEmpty() && writeOnly.isEmpty()) && crypto.makesDigests();
    }

    /**
     * Finds out that all keys are there that the sets of a run need.
     *
     * @throws SystemUnavailable naming the key that is not
     */
    static TargetSecrets of(Mapping mapping, ObjectSet source, ObjectSet target, Crypto crypto) {
        try {
            needKeys(source, crypto);
            needKeys(target, crypto);
            return new TargetSecrets(target, crypto);
        } catch (KeyUnavailable e) {
            throw new SystemUnavailable("The mapping " + mapping.name() + " needs a key: " + e.getMessage(), null);
        }
    }

    private static void needKeys(ObjectSet set, Crypto crypto) {
        set.schema().attributes().values().forEach(attribute -> {
            if (attribute.secrecy() instanceof Secrecy.Encrypted(String key)) {
                crypto.needKey(key);
            }
        });
    }

    Crypto crypto() {
        return crypto;
    }

    /** Whether the digests on a link say what the target holds, so that its own attributes do not say everything. */
    boolean areComparedByDigests() {
        return digests;
    }

    /** The clear values that an op wants to write, where they are compared by digests. */
    Map<String, @Nullable Object> clear(Map<String, @Nullable Object> wanted) {
        Map<String, @Nullable Object> clear = new LinkedHashMap<>();
        if (digests) {
            wanted.forEach((name, value) -> {
                boolean compared = writeOnly.contains(name) || (hashed.contains(name) && !CryptoValue.is(value));
                if (value != null && compared) {
                    clear.put(name, value);
                }
            });
        }
        return clear;
    }

    /** Takes back what a target has already, as the link remembers it. */
    void takeBackKnown(Map<String, @Nullable Object> wanted, Resource before, @Nullable Link link) {
        if (link == null || link.digests().isEmpty()) {
            return;
        }
        clear(wanted).forEach((name, value) -> {
            Object kept = before.content().get(name);
            if (digest(name, value, kept, before.id()).equals(link.digests().get(name))) {
                if (kept == null) {
                    wanted.remove(name);
                } else {
                    wanted.put(name, kept);
                }
            }
        });
    }

    /** The target as it was read, and in it what is known to be there though it cannot be read and shall go. */
    Resource withUnreadable(Resource before, Map<String, @Nullable Object> wanted, @Nullable Link link) {
        if (writeOnly.isEmpty()) {
            return before;
        }
        Map<String, @Nullable Object> content = new LinkedHashMap<>(before.content());
        writeOnly.stream()
                .filter(name -> wanted.containsKey(name)
                        && wanted.get(name) == null
                        && link != null
                        && link.digests().containsKey(name))
                .forEach(name -> content.put(name, UNREADABLE));
        return content.size() == before.content().size()
                ? before
                : new Resource(before.id(), before.revision(), content);
    }

    /**
     * What the link has to remember once an op wrote its values.
     *
     * @param before what it remembered
     * @param clear the clear values
     * @param written the content as it was written
     */
    Map<String, String> digests(
            Map<String, String> before,
            Map<String, @Nullable Object> clear,
            Map<String, @Nullable Object> written,
            String targetId) {
        Map<String, String> after = new HashMap<>(before);
        after.keySet().removeIf(name -> written.containsKey(name) && written.get(name) == null);
        clear.forEach((name, value) -> {
            Object kept = written.get(name);
            if (writeOnly.contains(name) || CryptoValue.is(kept)) {
                after.put(name, digest(name, value, writeOnly.contains(name) ? null : kept, targetId));
            }
        });
        return after;
    }

    /** A digest of a clear value is bound to the hash beside it: a hash that somebody else wrote is not vouched for. */
    private String digest(String attribute, @Nullable Object value, @Nullable Object kept, String targetId) {
        return crypto.digest(value, set, targetId, attribute, CryptoValue.is(kept) ? CryptoText.of(kept) : "");
    }
}
