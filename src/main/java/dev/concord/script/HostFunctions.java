package dev.concord.script;

import dev.concord.record.JsonValues;
import dev.concord.record.PatchOperations;
import dev.concord.secret.CryptoValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyObject;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/** The Java side of {@code openidm}, {@code logger} and {@code identityServer}. */
final class HostFunctions {

    private final ScriptLimits limits;
    private final ScriptLog log;
    private final Function<String, @Nullable Object> properties;

    HostFunctions(ScriptLimits limits, ScriptLog log, Function<String, @Nullable Object> properties) {
        this.limits = limits;
        this.log = log;
        this.properties = properties;
    }

    /** What a call of {@code openidm} does, given its arguments as JSON values. */
    private interface Operation {
        @Nullable
        Object on(Objects objects, List<@Nullable Object> arguments);
    }

    /** The functions as the prelude expects them, for one sandbox. */
    ProxyObject of(Sandbox sandbox) {
        Map<String, Object> functions = new LinkedHashMap<>();
        functions.put("read", operation(sandbox, (objects, given) -> objects.read(text(given, 0, "a path"))));
        functions.put(
                "query",
                operation(
                        sandbox,
                        (objects, given) -> answer(objects.query(text(given, 0, "an object set"), parameters(given)))));
        functions.put(
                "create",
                operation(
                        sandbox,
                        (objects, given) -> objects.create(
                                text(given, 0, "an object set"), textOrNull(given, 1), object(given, 2))));
        functions.put(
                "update",
                operation(
                        sandbox,
                        (objects, given) ->
                                objects.update(text(given, 0, "a path"), textOrNull(given, 1), object(given, 2))));
        functions.put("patch", operation(sandbox, HostFunctions::patch));
        functions.put(
                "delete",
                operation(sandbox, (objects, given) -> objects.delete(text(given, 0, "a path"), textOrNull(given, 1))));
        functions.put("encrypt", operation(sandbox, HostFunctions::encrypt));
        functions.put("decrypt", operation(sandbox, (objects, given) -> decrypted(objects, at(given, 0))));
        functions.put("hash", operation(sandbox, HostFunctions::hash));
        functions.put(
                "matches",
                operation(sandbox, (objects, given) -> objects.matches(text(given, 0, "a text"), at(given, 1))));
        functions.put("property", (ProxyExecutable) given -> {
            Object value = properties.apply(given[0].asString());
            return sandbox.call().values.toScript(JsonValues.copy(value), false);
        });
        functions.put("log", (ProxyExecutable) given -> log(sandbox.call(), given));
        return ProxyObject.fromMap(functions);
    }

    private ProxyExecutable operation(Sandbox sandbox, Operation operation) {
        return given -> {
            ScriptCall call = sandbox.call();
            List<@Nullable Object> arguments = new ArrayList<>();
            for (Value value : given) {
                arguments.add(call.values.fromScript(value));
            }
            Object answer = sandbox.outside(() -> operation.on(call.objects, arguments));
            // The script may change what it got; that is nobody else's object.
            return call.values.toScript(JsonValues.copy(answer), false);
        };
    }

    private @Nullable Object log(ScriptCall call, Value[] given) {
        if (call.nextLogLine() <= limits.logLines()) {
            log.log(
                    call.script,
                    Level.valueOf(given[0].asString().toUpperCase(Locale.ROOT)),
                    given[1],
                    List.of(given).subList(2, given.length));
        }
        return null;
    }

    /** PingIDM's scripts name the cipher that was usual then; every AES becomes the one that is authenticated. */
    private static Object encrypt(Objects objects, List<@Nullable Object> given) {
        String cipher = textOrNull(given, 1);
        if (cipher != null && !cipher.toUpperCase(Locale.ROOT).startsWith("AES")) {
            throw new IllegalArgumentException("Argument 2 must be null or an AES cipher.");
        }
        return objects.encrypt(at(given, 0), textOrNull(given, 2));
    }

    private static @Nullable Object decrypted(Objects objects, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> || value instanceof List<?>)) {
            throw new IllegalArgumentException(
                    "Argument 1 must be an object with encrypted values, not a plain value.");
        }
        return everywhere(objects, value);
    }

    /** A copy with every encrypted value in it decrypted. */
    private static @Nullable Object everywhere(Objects objects, @Nullable Object value) {
        if (CryptoValue.is(value)) {
            return CryptoValue.isEncrypted(value) ? objects.decrypt(value) : value;
        }
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> copy = new LinkedHashMap<>();
                map.forEach((name, member) -> copy.put(String.valueOf(name), everywhere(objects, member)));
                yield copy;
            }
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>();
                list.forEach(element -> copy.add(everywhere(objects, element)));
                yield copy;
            }
            case null -> null;
            default -> value;
        };
    }

    private static Object hash(Objects objects, List<@Nullable Object> given) {
        Integer cost = null;
        if (at(given, 2) instanceof Map<?, ?> options) {
            if (!options.keySet().stream().allMatch("cost"::equals)) {
                throw new IllegalArgumentException("Argument 3 may have the option cost, and no other.");
            }
            cost = options.get("cost") instanceof Number number ? Integer.valueOf(number.intValue()) : null;
        }
        return objects.hash(text(given, 0, "a text"), textOrNull(given, 1), cost);
    }

    private static @Nullable Object patch(Objects objects, List<@Nullable Object> given) {
        String path = text(given, 0, "a path");
        Map<String, @Nullable Object> content = objects.read(path);
        if (content == null) {
            throw new IllegalArgumentException("There is no object at " + path + ".");
        }
        Map<String, @Nullable Object> patched = JsonValues.copyOf(content);
        PatchOperations.apply(patched, given.size() > 2 ? given.get(2) : null);
        Object revision = content.get("_rev");
        String expected = textOrNull(given, 1);
        return objects.update(
                path, expected != null ? expected : revision instanceof String text ? text : null, patched);
    }

    private static Map<String, @Nullable Object> answer(Objects.Found found) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("result", found.objects());
        answer.put("resultCount", found.objects().size());
        answer.put("pagedResultsCookie", found.cookie());
        answer.put("totalPagedResultsPolicy", "NONE");
        answer.put("totalPagedResults", -1);
        answer.put("remainingPagedResults", -1);
        return answer;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> parameters(List<@Nullable Object> given) {
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        if (given.size() > 1 && given.get(1) instanceof Map<?, ?> map) {
            parameters.putAll((Map<String, @Nullable Object>) map);
        }
        if (given.size() > 2 && given.get(2) instanceof List<?> fields) {
            parameters.putIfAbsent("_fields", fields);
        }
        return parameters;
    }

    private static String text(List<@Nullable Object> given, int at, String what) {
        if (given.size() > at && given.get(at) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("Argument " + (at + 1) + " must be " + what + ", as a string.");
    }

    private static @Nullable Object at(List<@Nullable Object> given, int at) {
        return given.size() > at ? given.get(at) : null;
    }

    private static @Nullable String textOrNull(List<@Nullable Object> given, int at) {
        Object value = at(given, at);
        return value == null ? null : value.toString();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> object(List<@Nullable Object> given, int at) {
        if (given.size() > at && given.get(at) instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw new IllegalArgumentException("Argument " + (at + 1) + " must be an object.");
    }
}
