package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Entry;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every script of a mapping in a real run: when it runs, what it sees, what it may change, and what its throw undoes.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class HooksContract {

    /** Names that are variables of some script. */
    private static final List<String> NAMES = List.of(
            "source",
            "oldSource",
            "target",
            "oldTarget",
            "existingTarget",
            "object",
            "oldValue",
            "returnAll",
            "mapping",
            "situation",
            "sourceId",
            "targetId",
            "mappingConfig",
            "error",
            "action",
            "sourceAction",
            "recon",
            "reconId",
            "actionParam",
            "global",
            "reconState");

    private static final String ROWS = """
            properties:
              - {target: userName, source: name}
              - {target: tags, source: tags}
            """;

    private HookHome home;

    abstract TestDatabase database();

    @BeforeAll
    void open(@TempDir Path folder) throws IOException {
        home = new HookHome(folder, database());
    }

    @AfterAll
    void close() {
        home.close();
    }

    /** A script that writes down its name and all variables it sees, and gives a value back. */
    private static String tracing(String hook, String value) {
        String look = NAMES.stream()
                .map(name -> "if (typeof %1$s !== 'undefined') seen.%1$s = %1$s;".formatted(name))
                .collect(Collectors.joining(" "));
        return "(function () { var seen = {hook: '" + hook + "', opId: context.opId || null, reconId: context.reconId,"
                + " qualifier: linkQualifier}; var vars = seen; (function () { var seen = {}; " + look
                + " vars.variables = seen; })(); openidm.create('system/trace/line', null, vars); return " + value
                + "; })()";
    }

    private static String quoted(String script) {
        return "\"" + script + "\"";
    }

    private static String hook(String key, String value) {
        return key + ": " + quoted(tracing(key, value)) + "\n";
    }

    private static final String RULES = """
            policies:
              - {situation: ABSENT, condition: {script: %1$s}, action: {script: %2$s}, postAction: %3$s}
              - {situation: FOUND, action: UPDATE, postAction: %3$s}
              - {situation: CONFIRMED, action: UPDATE, postAction: %3$s}
              - {situation: SOURCE_MISSING, action: DELETE, postAction: %3$s}
              - {situation: UNQUALIFIED, action: UNLINK, postAction: %3$s}
            """.formatted(
                    quoted(tracing("condition of a rule", "true")),
                    quoted(tracing("action of a rule", "'create'")),
                    quoted(tracing("postAction of a rule", "null")));

    private static final String ALL = hook("linkQualifiers", "['default']")
            + hook("validSource", "source.name !== 'nobody'")
            + hook("validTarget", "true")
            + "sourceCondition: {script: " + quoted(tracing("sourceCondition", "true")) + "}\n"
            + hook("correlationQuery", "{_queryFilter: 'userName eq \\\"' + source.name + '\\\"'}")
            + "properties:\n  - {target: userName, source: name, transform: "
            + quoted(tracing("transform of a row", "source"))
            + "}\n  - {target: tags, source: tags, condition: {script: "
            + quoted(tracing("condition of a row", "true")) + "}}\n"
            + Set.of("onMapping", "onCreate", "onUpdate", "onLink", "onUnlink", "onDelete", "postMapping", "onError")
                    .stream()
                    .map(key -> hook(key, "null"))
                    .collect(Collectors.joining())
            + hook("onRecon", "null")
            + hook("result", "null")
            + RULES;

    private static List<String> hooks(List<Map<String, Object>> trace) {
        return trace.stream()
                .map(line -> String.valueOf(line.get("hook")))
                .filter(name -> !name.equals("linkQualifiers"))
                .toList();
    }

    @Test
    void scriptsRunInTheirOrderAndSeeTheVariablesThatThePageLists() throws IOException {
        home.mapping(ALL);
        home.people(HookHome.PEOPLE.lines().findFirst().orElseThrow());
        List<Map<String, Object>> everything = new ArrayList<>();

        RunView created = home.run();
        List<Map<String, Object>> trace = home.trace();
        everything.addAll(trace);
        assertThat(home.entries(created))
                .allSatisfy(entry -> assertThat(entry.outcome()).as("%s", entry).isEqualTo(Outcome.SUCCESS));
        assertThat(hooks(trace))
                .containsExactly(
                        "onRecon",
                        "validSource",
                        "sourceCondition",
                        "condition of a rule",
                        "action of a rule",
                        "transform of a row",
                        "condition of a row",
                        "onMapping",
                        "onCreate",
                        "onLink",
                        "postMapping",
                        "postAction of a rule",
                        "result");
        assertThat(trace.stream().filter(line -> line.get("opId") != null).map(line -> line.get("opId")))
                .hasSizeGreaterThan(5)
                .containsOnly(created.run().id() + "/default/source:1");

        home.unlink();
        home.run();
        trace = home.trace();
        everything.addAll(trace);
        assertThat(hooks(trace))
                .as("FOUND")
                .containsExactly(
                        "onRecon",
                        "validSource",
                        "sourceCondition",
                        "correlationQuery",
                        "onLink",
                        "transform of a row",
                        "condition of a row",
                        "onMapping",
                        "onUpdate",
                        "postMapping",
                        "postAction of a rule",
                        "result");

        home.people("{\"number\": \"1\", \"name\": \"nobody\"}");
        home.run();
        trace = home.trace();
        everything.addAll(trace);
        assertThat(hooks(trace))
                .as("UNQUALIFIED, unlinked in the deletes step")
                .containsExactly("onRecon", "validSource", "validSource", "onUnlink", "postAction of a rule", "result");

        home.people(HookHome.PEOPLE.lines().findFirst().orElseThrow());
        home.run();
        home.trace();
        home.people("{\"number\": \"9\", \"name\": \"nobody\"}");
        home.run();
        trace = home.trace();
        everything.addAll(trace);
        assertThat(hooks(trace))
                .as("SOURCE_MISSING, deleted in the deletes step")
                .endsWith("validTarget", "validTarget", "onDelete", "onUnlink", "postAction of a rule", "result");

        home.mapping(ALL.replace(quoted(tracing("onMapping", "null")), quoted("throw new Error('no')")));
        home.run();
        everything.addAll(home.trace());

        Map<String, Set<String>> seen = new TreeMap<>();
        for (Map<String, Object> line : everything) {
            Set<String> names = new TreeSet<>(((Map<?, ?>) line.get("variables"))
                    .keySet().stream().map(String::valueOf).toList());
            Set<String> before = seen.putIfAbsent(String.valueOf(line.get("hook")), names);
            assertThat(before == null ? names : before)
                    .as("%s", line.get("hook"))
                    .isEqualTo(names);
        }
        Map<String, Set<String>> documented = documented();
        documented.remove("correlationScript");
        assertThat(seen).isEqualTo(documented);
    }

    /** The table of docs/scripts.md. */
    private static Map<String, Set<String>> documented() throws IOException {
        Map<String, Set<String>> variables = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("docs/scripts.md"))) {
            String[] cells = line.split("\\|");
            if (line.startsWith("| `") && cells.length >= 4 && !cells[1].contains("(")) {
                variables.put(
                        cells[1].replace("`", "").strip(),
                        Arrays.stream(cells[2].replaceAll("\\(.*?\\)", "").split(","))
                                .map(String::strip)
                                .collect(Collectors.toCollection(TreeSet::new)));
            }
        }
        return variables;
    }

    @Test
    void valuesOfVariablesAreThoseOfTheOp() throws IOException {
        home.mapping(ALL);
        home.people(HookHome.PEOPLE.lines().findFirst().orElseThrow());
        RunView run = home.run();
        Map<String, Map<?, ?>> seen = new LinkedHashMap<>();
        home.trace().forEach(line -> seen.put(String.valueOf(line.get("hook")), (Map<?, ?>) line.get("variables")));
        String id = home.accounts().get("Ada").id();
        assertThat(seen.get("onMapping").get("target")).isEqualTo(Map.of("userName", "Ada", "tags", List.of("a")));
        assertThat(seen.get("onCreate").get("targetId")).isNull();
        assertThat(seen.get("onLink").get("targetId")).isEqualTo(id);
        assertThat(((Map<?, ?>) seen.get("postMapping").get("target")).get("_id"))
                .isEqualTo(id);
        assertThat(((Map<?, ?>) seen.get("postAction of a rule").get("target")).get("userName"))
                .isEqualTo("Ada");
        assertThat(seen.get("postAction of a rule").get("action")).isEqualTo("CREATE");
        assertThat(seen.get("postAction of a rule").get("reconId"))
                .isEqualTo(run.run().id());
        assertThat(seen.get("onLink").get("mappingConfig"))
                .isEqualTo(Map.of("name", "people", "source", "system/hr/person", "target", "managed/account"));
        home.run();
        seen.clear();
        home.trace().forEach(line -> seen.put(String.valueOf(line.get("hook")), (Map<?, ?>) line.get("variables")));
        assertThat(((Map<?, ?>) seen.get("onUpdate").get("oldTarget")).get("userName"))
                .isEqualTo("Ada");
        assertThat(((Map<?, ?>) seen.get("onUpdate").get("target")).get("_id")).isEqualTo(id);
        assertThat(((Map<?, ?>) seen.get("postMapping").get("existingTarget")).get("_id"))
                .isEqualTo(id);
    }

    // What scripts may change

    private static final String CHANGING =
            "target.note = (target.note || '') + '%s '; source.name = 'X'; source.tags.push('x'); source.address.city = 'X';";

    @Test
    void onlyThreeHooksChangeTheTargetAndNoneChangesTheSource() throws IOException {
        home.mapping(ROWS
                + Set.of("onMapping", "onCreate", "onUpdate", "onLink", "postMapping").stream()
                        .map(key -> key + ": " + quoted(CHANGING.formatted(key)) + "\n")
                        .collect(Collectors.joining())
                + "validSource: \"source.tags.push('x'); source.address.city = 'X'; source.address.city === 'X' && source.tags.length === 2\"\n"
                + """
                policies:
                  - {situation: ABSENT, action: CREATE, condition: {script: "object.address.city = 'Y'; object.tags.pop(); true"}}
                  - {situation: CONFIRMED, action: UPDATE}
                """);
        RunView run = home.run();
        assertThat(home.entries(run))
                .hasSize(3)
                .allSatisfy(entry -> assertThat(entry.outcome()).as("%s", entry).isEqualTo(Outcome.SUCCESS));
        assertThat(home.accounts().keySet()).containsExactly("Ada", "Ben", "Cem");
        assertThat(home.accounts().get("Ben").content())
                .containsEntry("note", "onMapping onCreate ")
                .containsEntry("tags", List.of("b"));
        home.run();
        assertThat(home.accounts().get("Ben").content())
                .containsEntry("note", "onMapping onCreate onMapping onUpdate ")
                .containsEntry("tags", List.of("b"));
    }

    @Test
    void whatOneRowDoesToTheSourceTheNextOneDoesNotSee() throws IOException {
        home.mapping("""
                properties:
                  - {target: userName, source: "", transform: "source.tags.push('x'); source.address.city = 'X'; source.name"}
                  - {target: tags, source: tags, transform: "source.reverse(); source.push('y'); source"}
                  - {target: note, source: address, transform: "source.city"}
                policies:
                  - {situation: ABSENT, action: CREATE}
                """);
        home.run();
        assertThat(home.accounts().get("Ada").content())
                .containsEntry("tags", List.of("a", "y"))
                .containsEntry("note", "Oslo");
    }

    // What a throw undoes

    private static final String THROWING =
            "if (%1$s != null && (%1$s.name === 'Ben' || %1$s.userName === 'Ben')) throw new Error('no'); %2$s";

    @ParameterizedTest
    @CsvSource({
        "linkQualifiers, object, ['default']",
        "validSource, source, true",
        "sourceCondition, source, true",
        "correlationQuery, source, null",
        "correlationScript, source, []",
        "onMapping, source, null",
        "onCreate, source, null",
        "onLink, source, null",
        "postMapping, source, null"
    })
    void aThrowOnTheWayToANewTargetLeavesNothingOfTheRecord(String hook, String variable, String value)
            throws IOException {
        home.mapping(ROWS + hook + ": {script: " + quoted(THROWING.formatted(variable, value)) + """
                }
                correlateEmptyTargetSet: true
                policies:
                  - {situation: ABSENT, action: CREATE}
                """);
        RunView run = home.run();
        assertThat(run.run().state()).isEqualTo(RunState.SUCCESS);
        assertThat(home.accounts().keySet()).containsExactly("Ada", "Cem");
        assertThat(home.linked()).containsExactly("1", "3");
        assertFailed(run, "2", hook);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{situation: ABSENT, action: CREATE, condition: {script: \"%s\"}}",
                "{situation: ABSENT, action: {script: \"%s\"}}"
            })
    void aThrowInARuleLeavesNothingOfTheRecord(String rule) throws IOException {
        String variable = rule.contains("condition") ? "object" : "source";
        String value = rule.contains("condition") ? "true" : "'CREATE'";
        home.mapping(ROWS + "policies:\n  - " + rule.formatted(THROWING.formatted(variable, value)) + "\n");
        RunView run = home.run();
        assertThat(home.accounts().keySet()).containsExactly("Ada", "Cem");
        assertThat(home.linked()).containsExactly("1", "3");
        assertFailed(run, "2", "/policies/0/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "transform: \"if (source === 'Ben') throw new Error('no'); source\"",
                "condition: {script: \"if (object.name === 'Ben') throw new Error('no'); true\"}"
            })
    void aThrowInARowLeavesNothingOfTheRecordAndNamesTheAttribute(String key) throws IOException {
        home.mapping("""
                properties:
                  - {target: userName, source: name, %s}
                policies:
                  - {situation: ABSENT, action: CREATE}
                """.formatted(key));
        RunView run = home.run();
        assertThat(home.accounts().keySet()).containsExactly("Ada", "Cem");
        assertFailed(run, "2", "userName");
    }

    @ParameterizedTest
    @ValueSource(strings = {"onMapping", "onUpdate", "postMapping", "onLink"})
    void aThrowOnTheWayToAnUpdateLeavesTargetAndLinkAsTheyWere(String hook) throws IOException {
        String rules = """
                correlationQuery: "{_queryFilter: 'userName eq \\\\\\"' + source.name + '\\\\\\"'}"
                policies:
                  - {situation: ABSENT, action: CREATE}
                  - {situation: FOUND, action: UPDATE}
                """.replace(
                        "\"{_queryFilter: 'userName eq \\\\\\\"' + source.name + '\\\\\\\"'}\"",
                        "\"({_queryFilter: 'userName eq \\\"' + source.name + '\\\"'})\"");
        home.mapping(ROWS + rules);
        home.run();
        home.unlink();
        home.write(
                "jobs/people.yaml",
                """
                name: people
                source: system/hr/person
                target: managed/account
                """ + ROWS + "  - {target: note, default: new}\n" + rules + hook + ": "
                        + quoted(THROWING.formatted("source", "null")) + "\n");
        RunView run = home.run();
        assertThat(home.linked()).containsExactly("1", "3");
        assertThat(home.accounts().get("Ada").content()).containsEntry("note", "new");
        assertThat(home.accounts().get("Ben").content().get("note")).isNull();
        assertFailed(run, "2", hook);
    }

    @ParameterizedTest
    @ValueSource(strings = {"onDelete", "onUnlink"})
    void aThrowOnTheWayToADeleteLeavesTargetAndLinkAsTheyWere(String hook) throws IOException {
        home.mapping(ROWS + hook + ": " + quoted(THROWING.formatted("target", "null")) + """

                policies:
                  - {situation: ABSENT, action: CREATE}
                  - {situation: SOURCE_MISSING, action: DELETE}
                """);
        home.run();
        home.people("{\"number\": \"3\", \"name\": \"Cem\", \"tags\": [\"c\"]}");
        RunView run = home.run();
        assertThat(home.accounts().keySet()).containsExactly("Ben", "Cem");
        assertThat(home.linked()).containsExactly("2", "3");
        assertFailed(run, "2", hook);
    }

    @Test
    void aThrowInValidTargetCostsNoTarget() throws IOException {
        home.mapping(ROWS + "validTarget: " + quoted(THROWING.formatted("target", "true")) + """

                policies:
                  - {situation: ABSENT, action: CREATE}
                  - {situation: UNASSIGNED, action: DELETE}
                """);
        home.run();
        home.unlink();
        home.people("{\"number\": \"9\", \"name\": \"Dea\"}");
        RunView run = home.run();
        assertThat(home.accounts().keySet()).containsExactly("Ben", "Dea");
        assertThat(home.entries(run).stream().filter(entry -> entry.outcome().isFailure()))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.outcome()).isEqualTo(Outcome.SCRIPT);
                    assertThat(entry.message()).contains("validTarget");
                    assertThat(entry.targetId())
                            .isEqualTo(home.accounts().get("Ben").id());
                });
    }

    @Test
    void aThrowInPostActionUndoesNothing() throws IOException {
        home.mapping(ROWS + """
                policies:
                  - {situation: ABSENT, action: CREATE, postAction: "%s"}
                """.formatted(THROWING.formatted("source", "null")));
        RunView run = home.run();
        assertThat(home.accounts().keySet()).containsExactly("Ada", "Ben", "Cem");
        assertThat(home.linked()).containsExactly("1", "2", "3");
        assertThat(run.counts().get(Measure.CREATED)).isEqualTo(3);
        Entry failed = assertFailed(run, "2", "postAction");
        assertThat(failed.targetId()).isEqualTo(home.accounts().get("Ben").id());
    }

    @Test
    void aThrowInPostActionUndoesNotEvenWhatTheScriptItselfWrote() throws IOException {
        home.mapping(ROWS + """
                policies:
                  - situation: ABSENT
                    action: NOREPORT
                    postAction: "openidm.create('managed/account', null, {userName: 'by hand ' + source.name}); if (source.name === 'Ben') throw new Error('no')"
                """);
        RunView run = home.run();
        assertThat(home.accounts().keySet()).containsExactly("by hand Ada", "by hand Ben", "by hand Cem");
        assertFailed(run, "2", "postAction");
    }

    @ParameterizedTest
    @ValueSource(strings = {"onLink", "postMapping"})
    void elsewhereTargetAndLinkStayWhenALaterScriptThrows(String hook) throws IOException {
        home.mapping(
                "system/elsewhere/account", ROWS + hook + ": " + quoted(THROWING.formatted("source", "null")) + """

                policies:
                  - {situation: ABSENT, action: CREATE}
                """);
        RunView run = home.run();
        assertThat(home.accounts("system/elsewhere/account").keySet()).containsExactly("Ada", "Ben", "Cem");
        assertThat(home.linked()).containsExactly("1", "2", "3");
        Entry failed = assertFailed(run, "2", hook);
        assertThat(failed.targetId())
                .isEqualTo(home.accounts("system/elsewhere/account").get("Ben").id());
    }

    private Entry assertFailed(RunView run, String source, String named) {
        List<Entry> failed = home.entries(run).stream()
                .filter(entry -> entry.outcome().isFailure())
                .toList();
        assertThat(failed).singleElement().satisfies(entry -> {
            assertThat(entry.outcome()).isEqualTo(Outcome.SCRIPT);
            assertThat(entry.message()).contains(named);
            assertThat(entry.sourceId()).isEqualTo(source);
        });
        return failed.getFirst();
    }

    // onError

    private static final String NOTES_ERROR =
            "onError: \"openidm.create('managed/account', null, {userName: 'trouble ' + sourceId, note: error.kind + ' ' + error.message.length, tags: [String(situation), String(error.detail), String(targetId)]})\"\n";

    @Test
    void onErrorRunsOnceWhatFailedIsUndoneAndItsOwnWritesStay() throws IOException {
        home.mapping(ROWS + NOTES_ERROR + "postMapping: " + quoted(THROWING.formatted("source", "null")) + """

                policies:
                  - {situation: ABSENT, action: CREATE}
                """);
        RunView run = home.run();
        assertThat(home.accounts().keySet()).containsExactly("Ada", "Cem", "trouble 2");
        assertThat(home.accounts().get("trouble 2").content())
                .containsEntry("tags", List.of("ABSENT", "Error: no", "null"));
        assertFailed(run, "2", "postMapping");
    }

    @Test
    void onErrorRunsForRulesThatSayExceptionAndForRecordsWithoutASituation() throws IOException {
        home.mapping(ROWS + NOTES_ERROR + "validSource: " + quoted(THROWING.formatted("source", "true")) + """

                policies:
                  - {situation: ABSENT, action: EXCEPTION}
                """);
        home.run();
        assertThat(home.accounts().keySet()).containsExactly("trouble 1", "trouble 2", "trouble 3");
        assertThat(home.accounts().get("trouble 2").content())
                .containsEntry("tags", List.of("null", "Error: no", "null"));
        assertThat(home.accounts().get("trouble 1").content()).containsEntry("tags", List.of("ABSENT", "null", "null"));
    }

    @Test
    void aThrowInOnErrorIsSaidAndUndoesNothing() throws IOException {
        home.mapping(ROWS + "onError: \"throw new Error('once more')\"\n"
                + """
                policies:
                  - {situation: ABSENT, action: CREATE, postAction: "%s"}
                """.formatted(THROWING.formatted("source", "null")));
        RunView run = home.run();
        assertThat(home.accounts().keySet()).containsExactly("Ada", "Ben", "Cem");
        assertThat(assertFailed(run, "2", "postAction").message()).contains("onError failed, too");
    }

    // onRecon and result

    @Test
    void onReconThatThrowsFailsTheRunBeforeAnythingIsWritten() throws IOException {
        home.mapping(ROWS + hook("result", "null")
                + "onRecon: \"openidm.create('managed/account', null, {userName: 'early'});"
                + " if (openidm.query('system/trace/line', {_queryId: 'query-all'}).result.length >= 0 && !identityServer.getProperty('x', false)) throw new Error('not today')\"\n"
                + """
                policies:
                  - {situation: ABSENT, action: CREATE}
                """);
        RunView run = home.run();
        assertThat(run.run().state()).isEqualTo(RunState.FAILED);
        assertThat(run.run().message()).contains("onRecon", "not today");
        assertThat(home.accounts()).isEmpty();
        assertThat(home.entries(run)).isEmpty();
        List<Map<String, Object>> trace = home.trace();
        assertThat(hooks(trace)).containsExactly("result");
        assertThat(((Map<?, ?>) trace.getFirst().get("variables")).get("reconState"))
                .isEqualTo("FAILED");
        RunView again = home.restart(run);
        assertThat(again.run().message()).contains("not today");
        assertThat(hooks(home.trace())).containsExactly("result");
    }

    @Test
    void onReconRunsOnceHoweverOftenTheRunIsContinuedAndResultAtEachEnd() throws IOException {
        home.mapping(ROWS + hook("result", "null") + hook("onRecon", "null") + """
                policies:
                  - {situation: ABSENT, action: CREATE}
                """);
        home.people("");
        RunView failed = home.run();
        assertThat(failed.run().state()).isEqualTo(RunState.FAILED);
        assertThat(hooks(home.trace())).containsExactly("onRecon", "result");
        home.restart(failed);
        assertThat(hooks(home.trace())).containsExactly("result");
    }

    @Test
    void resultIsToldWhatTheRunCameTo() throws IOException {
        home.mapping(ROWS + hook("result", "null") + """
                validSource: source.name !== 'Cem'
                policies:
                  - {situation: ABSENT, action: CREATE}
                  - {situation: CONFIRMED, action: UPDATE}
                """);
        RunView run = home.run();
        Map<?, ?> first = (Map<?, ?>) home.trace().getFirst().get("variables");
        assertThat(situation(first, "source", "ABSENT")).isEqualTo(Map.of("count", 2L, "ids", List.of("1", "2")));
        assertThat(situation(first, "source", "SOURCE_IGNORED")).isEqualTo(Map.of("count", 1L, "ids", List.of("3")));
        assertThat((Map<?, ?>) first.get("source")).hasSize(13);
        assertThat(first.get("reconState")).isEqualTo("SUCCESS");
        assertThat(((Map<?, ?>) first.get("global")).get("reconId"))
                .isEqualTo(run.run().id());
        assertThat(((Map<?, ?>) first.get("global")).get("mappingName")).isEqualTo("people");
        home.people("{\"number\": \"1\", \"name\": \"Ada\", \"tags\": [\"a\"]}");
        String ben = home.accounts().get("Ben").id();
        home.run();
        Map<?, ?> second = (Map<?, ?>) home.trace().getFirst().get("variables");
        assertThat(situation(second, "source", "CONFIRMED")).isEqualTo(Map.of("count", 1L, "ids", List.of("1")));
        assertThat(situation(second, "target", "SOURCE_MISSING")).isEqualTo(Map.of("count", 1L, "ids", List.of(ben)));
    }

    private static Object situation(Map<?, ?> variables, String side, String situation) {
        return ((Map<?, ?>) variables.get(side)).get(situation);
    }

    @Test
    void aThrowInResultIsAWarning() throws IOException {
        home.mapping(ROWS + """
                result: "throw new Error('nobody reads this')"
                policies:
                  - {situation: ABSENT, action: CREATE}
                """);
        RunView run = home.run();
        assertThat(run.run().state()).isEqualTo(RunState.SUCCESS);
        assertThat(run.run().message()).contains("Warning", "result", "nobody reads this");
        assertThat(home.accounts()).hasSize(3);
    }

    // Looking

    @Test
    void aReportLooksWithoutTouchingAndNamesWhatItLeftOut() throws IOException {
        home.mapping(ROWS + """
                onMapping: "target.note = openidm.create('managed/account', 'x' + source.number, {userName: 'side effect'}).userName"
                onCreate: "openidm.update('managed/account/x', null, {userName: 'side effect'}); openidm.create('system/trace/line', null, {hook: 'onCreate'})"
                policies:
                  - {situation: ABSENT, action: REPORT, postAction: "openidm.create('system/trace/line', null, {hook: 'postAction'})"}
                """);
        RunView run = home.run();
        assertThat(home.accounts()).isEmpty();
        assertThat(hooks(home.trace())).containsExactly("postAction", "postAction", "postAction");
        assertThat(home.entries(run)).hasSize(3).first().satisfies(entry -> {
            assertThat(entry.outcome()).isEqualTo(Outcome.SUCCESS);
            assertThat(entry.differences())
                    .anySatisfy(change -> assertThat(change.after()).isEqualTo("side effect"));
            assertThat(entry.message())
                    .contains("Would CREATE.")
                    .contains(
                            "openidm.create managed/account/x1",
                            "openidm.update managed/account/x",
                            "openidm.create system/trace/line");
        });
    }

    @Test
    void anAnalysisRunsNoneOfTheScriptsThatBelongToAChange() throws IOException {
        home.mapping(ALL);
        RunView run = home.house().analyze("people", home.nextRun());
        assertThat(run.run().state()).isEqualTo(RunState.SUCCESS);
        assertThat(home.trace()).isEmpty();
        assertThat(home.accounts()).isEmpty();
        assertThat(home.entries(run))
                .hasSize(3)
                .allSatisfy(entry -> assertThat(entry.message()).contains("openidm.create system/trace/line"));
    }
}
