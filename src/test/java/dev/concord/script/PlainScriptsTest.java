package dev.concord.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.mapping.Place;
import dev.concord.mapping.ScriptSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlainScriptsTest {

    private static final ScriptLimits TIGHT =
            new ScriptLimits(2_000, Duration.ofSeconds(5), 50, 64L << 20, 50, 1_000, 1_000, 10, 10);

    private final GraalScripts scripts = new GraalScripts();

    @AfterEach
    void close() {
        scripts.close();
    }

    private static ScriptSource source(String text, Map<String, Object> globals) {
        return new ScriptSource(text, "scripts/x.js", globals, new Place("hr.yaml", 3, "/transform"));
    }

    private Object run(String text, Object source) {
        return run(scripts, text, source);
    }

    private static Object run(GraalScripts scripts, String text, Object source) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("source", source);
        return scripts.run(source(text, Map.of()), variables, new SampleObjects());
    }

    @Test
    void areEvaluatedWithoutTheEngine() {
        assertThat(run("source.name.trim().toLowerCase()", Map.of("name", " Ann ")))
                .isEqualTo("ann");
        assertThat(run("const x = source ? 1 : 2;\nreturn x + 1", "")).isEqualTo(3);
        assertThat(scripts.isStarted()).isFalse();
        assertThat(run("Math.abs(source)", -1)).isEqualTo(1);
        assertThat(scripts.isStarted()).isTrue();
    }

    @Test
    void runInTheEngineWhereTheyAreRuledOut() {
        try (GraalScripts engine = new GraalScripts(ScriptLimits.DEFAULT, name -> null, false, false)) {
            assertThat(run(engine, "source.name.trim().toLowerCase()", Map.of("name", " Ann ")))
                    .isEqualTo("ann");
            assertThat(engine.isStarted()).isTrue();
        }
    }

    @Test
    void failInTheWordsOfTheEngine() {
        assertThatThrownBy(() -> run("source.name ?\nsource.name.first.last :\nnull", Map.of("name", "Ann")))
                .isInstanceOf(ScriptFailure.class)
                .hasMessage("scripts/x.js:2: the script threw TypeError.");
        assertThatThrownBy(() -> run("1 - source", List.of(Map.of())))
                .isInstanceOf(ScriptFailure.class)
                .hasMessage("scripts/x.js: the script returned NaN; a result must be a JSON value.");
        assertThatThrownBy(() -> run("nobody.name", null))
                .isInstanceOf(ScriptFailure.class)
                .hasMessageContaining("ReferenceError");
    }

    @Test
    void seeGlobalsAndWhatIsAlwaysThereBehindTheirVariables() {
        ScriptSource script = source(
                "[a, b, context.x, request, linkQualifier]", Map.of("a", 1, "b", List.of(2), "linkQualifier", "g"));
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("a", 5);
        variables.put("context", null);
        List<Object> expected = new ArrayList<>(List.of(5, List.of(2)));
        Collections.addAll(expected, null, null, "g");
        assertThat(scripts.run(script, variables, new SampleObjects())).isEqualTo(expected);
        assertThat(scripts.isStarted()).isFalse();
        assertThat(scripts.runInEngine(script, variables, Set.of(), new SampleObjects()))
                .isEqualTo(expected);
    }

    @Test
    void giveNoPartOfARecordAway() {
        Map<String, Object> address = new HashMap<>(Map.of("city", "Oslo"));
        Map<String, Object> record = Map.of("address", address);
        assertThat(run("source.address", record)).isEqualTo(address).isNotSameAs(address);
        assertThat(((Map<?, ?>) run("({a: source.address})", record)).get("a"))
                .isEqualTo(address)
                .isNotSameAs(address);
        assertThat(run("source", record)).isSameAs(record);
        assertThat(scripts.isStarted()).isFalse();
    }

    @Test
    void haveTheLimitsOfOthers() {
        try (GraalScripts tight = new GraalScripts(TIGHT, name -> null, false)) {
            List<Integer> numbers = Collections.nCopies(200, 1);
            assertThatThrownBy(() -> run(
                            tight,
                            "source.map(a => source.map(b => source.map(c => a + b + c).length).length).length",
                            numbers))
                    .isInstanceOf(ScriptFailure.class)
                    .hasMessageContaining("was stopped for");
        }
        try (GraalScripts tight = new GraalScripts(TIGHT, name -> null, false)) {
            assertThatThrownBy(() -> run(tight, "source + source", "x".repeat(30)))
                    .isInstanceOf(ScriptFailure.class);
        }
    }

    @Test
    void doNotRunAnyMoreOnceScriptsAreClosed() {
        scripts.close();
        assertThatThrownBy(() -> run("source", 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> run("Math.abs(source)", 1)).isInstanceOf(IllegalStateException.class);
    }
}
