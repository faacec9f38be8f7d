package dev.concord.recon;

import dev.concord.ledger.LeaseLost;
import dev.concord.record.Resource;
import dev.concord.script.Objects;
import dev.concord.secret.Crypto;
import dev.concord.secret.Keys;
import dev.concord.system.ObjectSet;
import dev.concord.system.ObjectSets;
import dev.concord.system.SystemUnavailable;
import dev.concord.system.Write;
import dev.concord.system.WriteOutcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * What lies behind {@code openidm.*} during a page. In a page that is decided as a whole, a call that touches the
 * mapping's target set, or that writes, asks for the page to be done record by record instead. That, and trouble with a
 * system, is the business of the page and not of the script: {@link #rethrow} throws it again after the script engine
 * made a failure of the script of it. Belongs to one attempt at a page.
 */
final class ScriptObjects implements Objects {

    private final ObjectSets sets;
    private final String targetSet;
    private final boolean whole;
    private final boolean looking;
    private final Crypto crypto;
    private final Runnable stillAllowed;

    /** Secrets that scripts met before it was known which op they belong to. */
    private final Set<String> unseen = new HashSet<>();

    private @Nullable RuntimeException interrupting;
    private @Nullable Op op;

    /** @param whole whether the page is decided as a whole, its writes still pending */
    ScriptObjects(RunContext context, boolean whole) {
        this(
                context.objectSets(),
                context.secrets().crypto(),
                context.target().name(),
                whole,
                context.looking(),
                context.memory()::askForLease);
    }

    /** @param stillAllowed asked before a write that the page's transaction cannot take back */
    private ScriptObjects(
            ObjectSets sets, Crypto crypto, String targetSet, boolean whole, boolean looking, Runnable stillAllowed) {
        this.sets = sets;
        this.targetSet = targetSet;
        this.whole = whole;
        this.looking = looking;
        this.crypto = crypto;
        this.stillAllowed = stillAllowed;
    }

    /** For scripts that belong to no page. */
    static ScriptObjects outsideOfPages(ObjectSets sets, Crypto crypto) {
        return new ScriptObjects(sets, crypto, "", false, false, () -> {});
    }

    /** Takes note of the op that the next calls belong to. */
    ScriptObjects about(Op next) {
        op = next;
        next.unseen.addAll(unseen);
        return this;
    }

    /** Whether a writing call does nothing and returns its input; the op's entry then names it. */
    private boolean isLeftOut(String call) {
        boolean only = looking || (op != null && op.looking);
        if (only && op != null) {
            op.leftOut.add(call);
        }
        return only;
    }

    /**
     * Throws what a call of a script met that is not the script's business; does nothing when there was no such thing.
     */
    void rethrow() {
        if (interrupting != null) {
            throw interrupting;
        }
    }

    @Override
    public @Nullable Map<String, @Nullable Object> read(String path) {
        return watched(() -> readNow(path));
    }

    private @Nullable Map<String, @Nullable Object> readNow(String path) {
        Place place = place(path);
        beforeReading(place.set);
        Resource resource = place.set.fetch(List.of(place.id)).get(place.id);
        return resource == null ? null : seen(place.set, resource);
    }

    @Override
    public Found query(String objectSet, Map<String, @Nullable Object> parameters) {
        return watched(() -> {
            ScriptQuery query = ScriptQuery.of(parameters);
            ObjectSet set = sets.open(objectSet);
            beforeReading(set);
            return query.run(set, resource -> seen(set, resource));
        });
    }

    @Override
    public Map<String, @Nullable Object> create(
            String objectSet, @Nullable String id, Map<String, @Nullable Object> content) {
        return watched(() -> createNow(objectSet, id, content));
    }

    private Map<String, @Nullable Object> createNow(
            String objectSet, @Nullable String id, Map<String, @Nullable Object> content) {
        if (isLeftOut("openidm.create " + objectSet + (id == null ? "" : "/" + id))) {
            return content;
        }
        beforeWriting();
        return written(sets.open(objectSet), new Write.Create(id, withoutMeta(content)), content);
    }

    @Override
    public Map<String, @Nullable Object> update(
            String path, @Nullable String revision, Map<String, @Nullable Object> content) {
        return watched(() -> updateNow(path, revision, content));
    }

    private Map<String, @Nullable Object> updateNow(
            String path, @Nullable String revision, Map<String, @Nullable Object> content) {
        if (isLeftOut("openidm.update " + path)) {
            return content;
        }
        beforeWriting();
        Place place = place(path);
        Resource before = place.set.fetch(List.of(place.id)).get(place.id);
        if (before == null) {
            throw new IllegalArgumentException("There is no object at " + path + ".");
        }
        Resource expected = revision == null ? before : new Resource(before.id(), revision, before.content());
        return written(place.set, new Write.Update(expected, withoutMeta(content)), content);
    }

    @Override
    public @Nullable Map<String, @Nullable Object> delete(String path, @Nullable String revision) {
        return watched(() -> deleteNow(path, revision));
    }

    private @Nullable Map<String, @Nullable Object> deleteNow(String path, @Nullable String revision) {
        Place place = place(path);
        beforeReading(place.set);
        Resource before = place.set.fetch(List.of(place.id)).get(place.id);
        if (before == null) {
            return null;
        }
        if (isLeftOut("openidm.delete " + path)) {
            return new LinkedHashMap<>(before.view());
        }
        beforeWriting();
        return written(place.set, new Write.Delete(place.id, revision), before.view());
    }

    @Override
    public Map<String, @Nullable Object> encrypt(@Nullable Object value, @Nullable String key) {
        return noted(crypto.encrypt(value, key == null ? Keys.USUAL : key));
    }

    @Override
    public @Nullable Object decrypt(@Nullable Object encrypted) {
        return noted(crypto.decrypt(encrypted));
    }

    @Override
    public Map<String, @Nullable Object> hash(String text, @Nullable String algorithm, @Nullable Integer cost) {
        return noted(crypto.hash(text, algorithm, cost));
    }

    @Override
    public boolean matches(String text, @Nullable Object hashed) {
        return crypto.matches(text, hashed);
    }

    /** An object for a script, whose secrets are taken note of. */
    private Map<String, @Nullable Object> seen(ObjectSet set, Resource resource) {
        note(Redaction.secrets(resource.content(), set.schema()));
        return new LinkedHashMap<>(resource.view());
    }

    private <T extends @Nullable Object> T noted(T secret) {
        List<String> texts = new ArrayList<>();
        Redaction.collect(secret, texts);
        note(texts);
        return secret;
    }

    private void note(List<String> secrets) {
        (op == null ? unseen : op.unseen).addAll(secrets);
    }

    private <T extends @Nullable Object> T watched(Supplier<T> call) {
        try {
            return call.get();
        } catch (PageRepeat | LeaseLost | DataAccessException | SystemUnavailable e) {
            interrupting = e;
            throw e;
        }
    }

    private Map<String, @Nullable Object> written(ObjectSet set, Write write, Map<String, @Nullable Object> otherwise) {
        List<Write> writes = List.of(write);
        List<WriteOutcome> outcomes = set.inPlatformDatabase() ? set.write(writes) : set.write(writes, stillAllowed);
        return switch (outcomes.getFirst()) {
            case WriteOutcome.Written written ->
                new LinkedHashMap<>(
                        written.resource() == null
                                ? otherwise
                                : written.resource().view());
            case WriteOutcome.Stale stale ->
                throw new IllegalStateException(
                        "The object in " + set.name() + " is not what it was when it was read.");
            case WriteOutcome.Rejected rejected ->
                throw new IllegalStateException(set.name() + " refused the write: " + rejected.message());
            case WriteOutcome.NotDone never -> throw new IllegalStateException("A single write waits for no other.");
        };
    }

    private static Map<String, @Nullable Object> withoutMeta(Map<String, @Nullable Object> content) {
        Map<String, @Nullable Object> attributes = new LinkedHashMap<>(content);
        attributes.remove("_id");
        attributes.remove("_rev");
        return attributes;
    }

    private void beforeReading(ObjectSet set) {
        if (whole && set.name().equals(targetSet)) {
            throw PageRepeat.inEveryPage("A script reads the target set.");
        }
    }

    private void beforeWriting() {
        if (whole) {
            throw PageRepeat.inEveryPage("A script writes.");
        }
    }

    private record Place(ObjectSet set, String id) {}

    private Place place(String path) {
        int slash = path.lastIndexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(path + " names no object; a path looks like managed/alpha_user/ID.");
        }
        return new Place(sets.open(path.substring(0, slash)), path.substring(slash + 1));
    }
}
