package dev.concord.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.model.World.Condition;
import dev.concord.model.World.Correlation;
import dev.concord.model.World.Labels;
import dev.concord.model.World.SourceRecord;
import dev.concord.model.World.Transform;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Runs the texts with a plain JavaScript engine, to see that they mean what the model takes them to mean. */
class WorldScriptsTest {

    private static final List<@Nullable String> MARKERS = Arrays.asList(
            null, "true", "false", "throw", "text", "null", "default", "side", "none", "a", "a b", "t01 t02");

    private static Context context;

    @BeforeAll
    static void open() {
        context = Context.newBuilder("js")
                .option("engine.WarnInterpreterOnly", "false")
                .build();
    }

    @AfterAll
    static void close() {
        context.close();
    }

    @Test
    void validityIsABooleanOrAFailure() {
        for (String marker : MARKERS) {
            Object meant =
                    meant(() -> WorldScripts.valid(marker, Ending.VALID_SOURCE_THREW, Ending.VALID_SOURCE_NO_BOOLEAN));
            Map<String, Object> record = object("valid", marker);
            assertThat(booleanOr("fails", run(WorldScripts.VALID_SOURCE, Map.of("source", record))))
                    .isEqualTo(meant);
            assertThat(booleanOr("fails", run(WorldScripts.VALID_TARGET, Map.of("target", record))))
                    .isEqualTo(meant);
        }
    }

    @Test
    void labelsAreAListOrAFailure() {
        for (String marker : MARKERS) {
            Object meant =
                    meant(() -> WorldScripts.labels(new Labels.Scripted(List.of("a", "b")), source("labels", marker)));
            Object said = run(WorldScripts.LABELS, Map.of("object", object("labels", marker), "returnAll", false));
            assertThat(said instanceof List<?> ? said : "fails").isEqualTo(meant);
            assertThat(run(WorldScripts.LABELS, Map.of("object", object("labels", marker), "returnAll", true)))
                    .isEqualTo(List.of("a", "b"));
        }
    }

    @Test
    void conditionsHoldFailOrDoNot() {
        Condition.Marked condition = new Condition.Marked("rule");
        String text = WorldScripts.script(condition, "object");
        for (String marker : MARKERS) {
            Object meant = meant(() ->
                    WorldScripts.holds(condition, source("rule", marker), Map.of(), "a", Ending.RULE_CONDITION_THREW));
            // Anything but true does not hold.
            assertThat(booleanOr(false, run(text, Map.of("object", object("rule", marker)))))
                    .isEqualTo(meant);
        }
        assertThat(run(text, objectIsNull())).isEqualTo(true);
    }

    @Test
    void correlationQueriesAskForTheirAttributes() {
        Correlation.QueryScript any = new Correlation.QueryScript(false, List.of("mail", "name"));
        Correlation.QueryScript all = new Correlation.QueryScript(true, List.of("mail", "name"));
        Map<String, Object> both = Map.of("mail", "m1", "name", "n1");
        Map<String, Object> one = Map.of("mail", "m1");
        assertThat(run(WorldScripts.correlationQuery(any), Map.of("source", both)))
                .isEqualTo(Map.of("_queryFilter", "mail eq \"m1\" or name eq \"n1\""));
        assertThat(run(WorldScripts.correlationQuery(all), Map.of("source", both)))
                .isEqualTo(Map.of("_queryFilter", "mail eq \"m1\" and name eq \"n1\""));
        assertThat(run(WorldScripts.correlationQuery(any), Map.of("source", one)))
                .isEqualTo(Map.of("_queryFilter", "mail eq \"m1\""));
        assertThat(run(WorldScripts.correlationQuery(all), Map.of("source", one)))
                .isNull();
        assertThat(run(WorldScripts.correlationQuery(any), Map.of("source", Map.of())))
                .isNull();
        assertThat(run(WorldScripts.correlationQuery(any), Map.of("source", Map.of("corr", "null", "mail", "m1"))))
                .isNull();
        assertThat(run(WorldScripts.correlationQuery(any), Map.of("source", Map.of("corr", "throw"))))
                .isEqualTo("fails");
        assertThat(run(WorldScripts.correlationQuery(any), Map.of("source", Map.of("corr", "text"))))
                .isEqualTo(Map.of("_queryFilter", "mail eq"));
    }

    @Test
    void correlationScriptsListTheirCandidates() {
        assertThat(run(WorldScripts.CORRELATION_SCRIPT, Map.of("source", Map.of("candidates", "t01 t02"))))
                .isEqualTo(List.of(Map.of("_id", "t01"), Map.of("_id", "t02")));
        for (String marker : MARKERS) {
            Map<String, Object> record = object("corr", marker);
            record.put("candidates", "t01");
            SourceRecord source = new SourceRecord("s01", true, texts(record));
            Object meant = meant(() -> WorldScripts.candidates(source));
            Object said = run(WorldScripts.CORRELATION_SCRIPT, Map.of("source", record));
            assertThat(
                            switch (said) {
                                case null -> List.of();
                                case List<?> list ->
                                    list.stream()
                                            .map(c -> ((Map<?, ?>) c).get("_id"))
                                            .toList();
                                default -> "fails";
                            })
                    .isEqualTo(meant);
        }
    }

    @Test
    void transformsGiveTheirValues() {
        for (Transform transform : Transform.values()) {
            String text = WorldScripts.transform(transform);
            boolean whole = transform == Transform.ITS_ID || transform == Transform.OWN_ID;
            for (String value : Arrays.asList(null, "m1", "m2", "m3", "m4", "n1", "n2", "n3", "bad")) {
                Object meant = meant(() -> WorldScripts.transform(transform, whole ? null : value, "s01", "a"));
                Map<String, Object> scope = new HashMap<>();
                scope.put("source", whole ? Map.of("_id", "s01") : value);
                scope.put("linkQualifier", "a");
                assertThat(text == null ? value : run(text, scope))
                        .as("%s of %s", transform, value)
                        .isEqualTo(meant);
            }
        }
    }

    @Test
    void actionsAreNamesOrFailures() {
        for (String marker : MARKERS) {
            for (boolean sourceSide : List.of(true, false)) {
                Object meant = meant(
                        () -> WorldScripts.action(Action.UNLINK, source("act", marker), Action.EXCEPTION, sourceSide));
                Object said = run(
                        WorldScripts.action(Action.UNLINK),
                        Map.of(
                                "source", object("act", marker),
                                "sourceAction", sourceSide,
                                "recon", Map.of("actionParam", ProxyObject.fromMap(Map.of("action", "EXCEPTION")))));
                assertThat(Arrays.stream(Action.values())
                                .filter(a -> a.name().equalsIgnoreCase(String.valueOf(said)))
                                .findFirst()
                                .map(Object.class::cast)
                                .orElse("fails"))
                        .isEqualTo(meant);
            }
        }
        for (String marker : MARKERS) {
            assertThat("fails".equals(run(WorldScripts.POST_ACTION, Map.of("source", object("post", marker)))))
                    .isEqualTo(WorldScripts.postActionThrows(source("post", marker)));
        }
    }

    private static Object meant(Supplier<? extends @Nullable Object> meaning) {
        try {
            return meaning.get();
        } catch (Failure failure) {
            return "fails";
        }
    }

    /** What a script says as plain Java values; {@code fails} if it throws. */
    private static @Nullable Object run(String text, Map<String, ? extends @Nullable Object> scope) {
        Value bindings = context.getBindings("js");
        scope.forEach((name, value) -> bindings.putMember(name, value instanceof Map<?, ?> map ? proxy(map) : value));
        try {
            return plain(context.eval("js", text));
        } catch (PolyglotException e) {
            return "fails";
        }
    }

    private static @Nullable Object plain(Value value) {
        if (value.isNull()) {
            return null;
        }
        if (value.isBoolean()) {
            return value.asBoolean();
        }
        if (value.isNumber()) {
            return value.asInt();
        }
        if (value.isString()) {
            return value.asString();
        }
        if (value.hasArrayElements()) {
            return java.util.stream.LongStream.range(0, value.getArraySize())
                    .mapToObj(i -> plain(value.getArrayElement(i)))
                    .toList();
        }
        Map<String, Object> members = new HashMap<>();
        value.getMemberKeys().forEach(key -> members.put(key, plain(value.getMember(key))));
        return members;
    }

    private static Object booleanOr(Object otherwise, @Nullable Object said) {
        return "fails".equals(said) ? "fails" : said instanceof Boolean ? said : otherwise;
    }

    @SuppressWarnings("unchecked")
    private static ProxyObject proxy(Map<?, ?> map) {
        return ProxyObject.fromMap((Map<String, Object>) map);
    }

    private static Map<String, Object> object(String attribute, @Nullable String marker) {
        Map<String, Object> object = new HashMap<>();
        if (marker != null) {
            object.put(attribute, marker);
        }
        return object;
    }

    private static Map<String, @Nullable Object> objectIsNull() {
        Map<String, @Nullable Object> scope = new HashMap<>();
        scope.put("object", null);
        return scope;
    }

    private static SourceRecord source(String attribute, @Nullable String marker) {
        return new SourceRecord("s01", true, texts(object(attribute, marker)));
    }

    private static Map<String, String> texts(Map<String, Object> object) {
        Map<String, String> texts = new HashMap<>();
        object.forEach((name, value) -> texts.put(name, String.valueOf(value)));
        return texts;
    }
}
