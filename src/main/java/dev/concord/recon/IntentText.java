package dev.concord.recon;

import dev.concord.ledger.Phase;
import dev.concord.mapping.Action;
import dev.concord.mapping.AttributeDefinition;
import dev.concord.mapping.Secrecy;
import dev.concord.mapping.Situation;
import dev.concord.record.AttributeChange;
import dev.concord.record.Difference;
import dev.concord.record.Json;
import dev.concord.record.Resource;
import dev.concord.secret.Crypto;
import dev.concord.secret.CryptoValue;
import dev.concord.secret.Keys;
import dev.concord.situation.Step;
import dev.concord.system.ObjectSchema;
import dev.concord.system.Write;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Intents as lines of JSON. Clear values of sensitive attributes do not stand there: they are encrypted with the
 * house's usual key, and left out where there is none. Safe for use by several threads.
 */
final class IntentText {

    /** What stands for a value of the object as it was that is not kept. */
    static final String WITHHELD = "(withheld)";

    private final String set;
    private final ObjectSchema schema;
    private final Crypto crypto;
    private final boolean encrypts;

    IntentText(RunContext context) {
        this.set = context.target().name();
        this.schema = context.sight().target();
        this.crypto = context.secrets().crypto();
        this.encrypts = crypto.makesDigests();
    }

    String write(Intent intent) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        put(json, "set", set);
        put(json, "phase", intent.key().phase().name());
        put(json, "qualifier", intent.key().qualifier());
        put(json, "source", intent.sourceId());
        put(json, "visited", intent.visitedTargetId());
        put(json, "situation", intent.situation().name());
        put(json, "target", intent.targetId());
        put(json, "candidates", intent.candidateIds());
        put(json, "action", intent.action().name());
        put(json, "rule", intent.rule());
        put(json, "steps", intent.steps().stream().map(Step::name).toList());
        put(json, "message", intent.message());
        put(json, "digests", intent.digests());
        put(json, "display", intent.display());
        put(json, "there", intent.there());
        put(json, "planned", planned(intent.planned()));
        Map<String, @Nullable Object> content = new LinkedHashMap<>();
        switch (intent.write()) {
            case Write.Create create -> {
                put(json, "write", "create");
                put(json, "id", create.id());
                content.putAll(create.content());
            }
            case Write.Update update -> {
                put(json, "write", "update");
                Difference.between(update.before().content(), update.content(), name -> false)
                        .changes()
                        .forEach(change -> content.put(change.attribute(), change.after()));
            }
            case Write.Delete delete -> put(json, "write", "delete");
        }
        Map<String, @Nullable Object> before = new LinkedHashMap<>();
        if (intent.before() != null) {
            put(json, "id", intent.before().id());
            put(json, "revision", intent.before().revision());
            before.putAll(intent.before().content());
        }
        Map<String, @Nullable Object> secrets = new LinkedHashMap<>();
        put(secrets, "content", takeSecrets(content, false));
        put(secrets, "before", takeSecrets(before, true));
        put(json, "content", content);
        put(json, "before", before);
        if (!secrets.isEmpty() && encrypts) {
            put(json, "secrets", crypto.encrypt(secrets, Keys.USUAL));
        } else if (!secrets.isEmpty()) {
            put(json, "withheld", map(secrets, "content").keySet());
            put(json, "withheldBefore", map(secrets, "before").keySet());
            put(json, "differences", intent.differences());
        }
        return Json.write(json);
    }

    /** Moves the clear values of sensitive attributes out of an object. */
    private Map<String, @Nullable Object> takeSecrets(Map<String, @Nullable Object> content, boolean asRead) {
        Map<String, @Nullable Object> secrets = new LinkedHashMap<>();
        content.forEach((name, value) -> {
            // Nothing that can be read stands for a write-only value.
            boolean open = !schema.isSensitive(name) || (asRead && isWriteOnly(schema, name));
            if (value != null && !open && !CryptoValue.is(value)) {
                secrets.put(name, value);
            }
        });
        content.keySet().removeAll(secrets.keySet());
        return secrets;
    }

    static boolean isWriteOnly(ObjectSchema schema, String attribute) {
        AttributeDefinition definition = schema.attributes().get(attribute);
        return definition != null && definition.secrecy() instanceof Secrecy.WriteOnly;
    }

    /** Whether a line is about the run's own target set. */
    boolean isOfTarget(String line) {
        return set.equals(Json.readObject(line).get("set"));
    }

    Intent read(String line) {
        Map<String, @Nullable Object> json = Json.readObject(line);
        Map<String, @Nullable Object> content = map(json, "content");
        Map<String, @Nullable Object> beforeContent = map(json, "before");
        if (json.containsKey("secrets") && crypto.decrypt(json.get("secrets")) instanceof Map<?, ?> secrets) {
            putAll(content, secrets.get("content"));
            putAll(beforeContent, secrets.get("before"));
        }
        texts(json, "withheldBefore").forEach(name -> beforeContent.put(name, WITHHELD));
        String id = text(json, "id");
        Write write;
        Resource before = null;
        switch (required(json, "write")) {
            case "create" -> write = new Write.Create(id, content);
            case "update" -> {
                before = new Resource(required(json, "id"), text(json, "revision"), beforeContent);
                Map<String, @Nullable Object> wanted = new LinkedHashMap<>(beforeContent);
                wanted.putAll(content);
                write = new Write.Update(before, wanted);
            }
            default -> {
                before = new Resource(required(json, "id"), text(json, "revision"), beforeContent);
                write = new Write.Delete(before.id(), before.revision());
            }
        }
        Phase phase = Phase.valueOf(required(json, "phase"));
        String source = text(json, "source");
        String visited = text(json, "visited");
        return new Intent(
                new Intent.Key(phase, required(json, "qualifier"), phase == Phase.TARGET ? visited : source),
                source,
                visited,
                Situation.valueOf(required(json, "situation")),
                text(json, "target"),
                texts(json, "candidates"),
                Action.valueOf(required(json, "action")),
                json.get("rule") instanceof Number rule ? rule.intValue() : -1,
                texts(json, "steps").stream().map(Step::valueOf).toList(),
                text(json, "message"),
                write,
                before,
                changes(json),
                digests(json),
                display(json),
                Set.copyOf(texts(json, "there")),
                Set.copyOf(texts(json, "withheld")),
                planned(map(json, "planned")));
    }

    private static Map<String, @Nullable Object> planned(Intent.@Nullable Planned planned) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        if (planned != null) {
            put(json, "situation", planned.situation().name());
            put(json, "action", planned.action().name());
        }
        return json;
    }

    private static Intent.@Nullable Planned planned(Map<String, @Nullable Object> json) {
        return json.isEmpty()
                ? null
                : new Intent.Planned(
                        Situation.valueOf(required(json, "situation")), Action.valueOf(required(json, "action")));
    }

    private static void put(Map<String, @Nullable Object> json, String name, @Nullable Object value) {
        boolean empty = switch (value) {
            case null -> true;
            case List<?> list -> list.isEmpty();
            case Set<?> set -> set.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            default -> false;
        };
        if (!empty) {
            json.put(name, value);
        }
    }

    private static @Nullable String text(Map<String, @Nullable Object> json, String name) {
        return (String) json.get(name);
    }

    private static String required(Map<String, @Nullable Object> json, String name) {
        if (json.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalStateException("An intent of the ledger is damaged: it has no '" + name + "'.");
    }

    private static List<String> texts(Map<String, @Nullable Object> json, String name) {
        return json.get(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static Map<String, @Nullable Object> map(Map<String, @Nullable Object> json, String name) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        putAll(map, json.get(name));
        return map;
    }

    private static void putAll(Map<String, @Nullable Object> map, @Nullable Object members) {
        if (members instanceof Map<?, ?> some) {
            some.forEach((name, value) -> map.put(String.valueOf(name), value));
        }
    }

    private static Map<String, String> digests(Map<String, @Nullable Object> json) {
        Map<String, String> digests = new HashMap<>();
        map(json, "digests").forEach((name, digest) -> digests.put(name, String.valueOf(digest)));
        return digests;
    }

    private static Map<String, Map<String, @Nullable Object>> display(Map<String, @Nullable Object> json) {
        Map<String, Map<String, @Nullable Object>> display = new LinkedHashMap<>();
        Map<String, @Nullable Object> sides = map(json, "display");
        sides.keySet().forEach(side -> display.put(side, map(sides, side)));
        return display;
    }

    private static List<AttributeChange> changes(Map<String, @Nullable Object> json) {
        return json.get("differences") instanceof List<?> list
                ? list.stream()
                        .map(Map.class::cast)
                        .map(change -> new AttributeChange(
                                String.valueOf(change.get("attribute")), change.get("before"), change.get("after")))
                        .toList()
                : List.of();
    }
}
