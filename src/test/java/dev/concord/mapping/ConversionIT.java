package dev.concord.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.mapping.Conversion.Converted;
import dev.concord.mapping.Conversion.Format;
import dev.concord.record.Json;
import dev.concord.record.JsonValues;
import dev.concord.record.Pointer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ConversionIT {

    private static final Map<String, String> GOOD = Corpus.good();
    private static final Map<String, String> PING_IDM = Corpus.pingIdm();
    private static final Map<String, String> NEIGHBOURS = neighbours();
    private static final List<Object> REPLACEMENTS = Arrays.asList(
            null,
            true,
            5,
            -1,
            new BigDecimal("1.5"),
            "",
            "some text",
            "two\nlines",
            List.of(),
            Map.of(),
            List.of("x"),
            List.of(1),
            Map.of("x", 1),
            "update",
            "/source/mail pr",
            Map.of("source", "a\nb", "type", "text/javascript"),
            Map.of("file", "note.js", "linkQualifier", "default", "normalize", List.of("trim")),
            Map.of("any", List.of("mail"), "x", 1));
    private static final String HEAD = "\"source\": \"system/hr/employee\", \"target\": \"managed/alpha_user\"";

    @TestFactory
    Stream<DynamicTest> aFileOfPingIdmAndItsYamlLoadToTheSame() {
        return each(PING_IDM.keySet(), path -> same(texts(), path, Format.YAML));
    }

    @TestFactory
    Stream<DynamicTest> aFileOfPingIdmThatBecameYamlAndJsonAgainLoadsToTheSame() {
        return each(PING_IDM.keySet(), path -> thereAndBack(texts(), path, Format.YAML));
    }

    @TestFactory
    Stream<DynamicTest> aNativeFileAndItsJsonLoadToTheSame() {
        return each(natives(), path -> same(GOOD, path, Format.JSON));
    }

    @TestFactory
    Stream<DynamicTest> aNativeFileThatBecameJsonAndYamlAgainLoadsToTheSame() {
        return each(natives(), path -> thereAndBack(GOOD, path, Format.JSON));
    }

    @Test
    void everyKeyIsInAFileOfPingIdms() {
        Set<String> keys = new TreeSet<>(Shape.MAPPING.keys());
        PING_IDM.forEach((path, text) -> {
            Node root = Node.read(path, text, new FaultLog(Spelling.PING_IDM));
            for (PingIdmFile.Found found : PingIdmFile.mappings(path, root)) {
                keys.removeAll(((Node.Members) found.node()).members().keySet());
            }
        });
        assertThat(keys).isEmpty();
    }

    @Test
    void validateSaysOfTheseFilesWhatHasNoEffectAndNothingElse() {
        Definitions definitions = Corpus.load(texts());
        assertThat(definitions.faults().stream()
                        .filter(fault -> PING_IDM.containsKey(fault.place().file()))
                        .map(Faults::print)
                        .filter(line -> !line.contains("has no effect yet")))
                .containsExactlyElementsOf(Corpus.expectedFaultsOfPingIdm());
    }

    /** Each value of each file is replaced by others and removed. What still loads is the same after a conversion. */
    @TestFactory
    Stream<DynamicTest> whateverIsChangedInAFileOfPingIdmItsYamlLoadsToTheSame() {
        return each(PING_IDM.keySet(), path -> {
            Map<String, ?> original = JsonValues.copyOf((Map<?, ?>) Corpus.plain(path, PING_IDM.get(path)));
            for (Pointer pointer : Corpus.pointers(original)) {
                for (Object replacement : REPLACEMENTS) {
                    Map<String, Object> changed = JsonValues.copyOf(original);
                    pointer.put(changed, replacement);
                    sameWhereItLoads(Corpus.with(NEIGHBOURS, path, Json.write(changed)), path);
                }
            }
        });
    }

    private static void sameWhereItLoads(Map<String, String> texts, String path) {
        Map<String, Mapping> before = Corpus.load(texts).mappings();
        Conversion conversion = conversion(texts, path, Format.YAML);
        for (Converted converted : conversion.mappings()) {
            if (before.containsKey(converted.name())) {
                Map<String, String> rewritten = Corpus.with(without(texts, path), converted.file(), converted.text());
                Mapping after = Corpus.load(rewritten).mappings().get(converted.name());
                if (after == null) {
                    // Who uses the links of a mapping of the same file misses it.
                    assertThat(texts.get(path)).contains("\"links\"");
                } else {
                    SameMapping.assertSame(after, before.get(converted.name()));
                }
            }
        }
    }

    @Test
    void theComparisonSeesDifferences() {
        Map<String, Mapping> mappings = Corpus.load(texts()).mappings();
        Mapping plain = mappings.get("feedSize");
        mappings.values().stream()
                .filter(other -> !other.name().equals("feedSize"))
                .forEach(other -> assertThatThrownBy(() -> SameMapping.assertSame(other, plain))
                        .as(other.name())
                        .isInstanceOf(AssertionError.class));
    }

    @Test
    void everySituationEndsInARuleWithoutACondition() {
        Map<String, String> converted = converted(texts(), "mapping-policies.json", Format.YAML);
        Mapping mapping = load(texts(), "mapping-policies.json", converted).get("policies");

        assertThat(mapping.defaultActions()).isEqualTo(Mapping.everySituation(Action.ASYNC));
        EnumSet<Situation> settled = EnumSet.noneOf(Situation.class);
        mapping.rules().stream()
                .filter(rule -> rule.condition() == null)
                .forEach(rule -> assertThat(settled.add(rule.situation()))
                        .as("a rule behind one that always holds: %s", rule)
                        .isTrue());
        assertThat(settled).isEqualTo(EnumSet.allOf(Situation.class));
    }

    @Test
    void theYamlReadsWell() {
        String json = """
                {"mappings": [{"properties": [
                    {"source": "mail", "target": "mail", "transform": {"type": "text/javascript", "source": "source.trim()"}},
                    {"target": "userName", "source": "", "transform": {"type": "text/javascript", "globals": {},
                     "source": "var name = source.first;\\r\\nname + '.' + source.last;"}}],
                  "policies": [{"action": "CREATE", "situation": "ABSENT", "condition": "/object/mail pr"},
                               {"situation": "CONFIRMED", "action": "UPDATE"},
                               {"situation": "FOUND", "action": {"type": "text/javascript", "source": "source.admin ?\\n  'LINK' :\\n  'UPDATE'"}}],
                  "icon": null, %s, "name": "hr-to-users", "validSource": {"type": "text/javascript", "source": "source.state !== 'left'"},
                  "sourceQuery": {"_queryFilter": "state pr"},
                  "correlationQuery": [{"linkQualifier": "default", "mapping": "hr-to-users", "type": "text/javascript",
                     "file": "ui/correlateTreeToQueryFilter.js", "expressionTree": {"any": ["mail", "userName"]}}],
                  "onCreate": {"type": "text/javascript", "source": "target.by = by;", "by": "&{installation|test}"}}]}
                """.formatted(HEAD);

        assertThat(converted(Corpus.with(GOOD, "sync.json", json), "sync.json", Format.YAML))
                .containsOnlyKeys("hr-to-users.yaml")
                .containsValue("""
                        # Converted from PingIDM's sync.json.
                        # Situations without a rule had PingIDM's default actions there; they are written out at the end of policies.
                        name: hr-to-users
                        source: system/hr/employee
                        target: managed/alpha_user
                        sourceQuery: state pr
                        validSource: source.state !== 'left'

                        correlation:
                          - {linkQualifier: default, any: [mail, userName]}

                        properties:
                          - {target: mail, source: mail, transform: source.trim()}
                          - target: userName
                            source: ''
                            transform: |-
                              var name = source.first;
                              name + '.' + source.last;

                        policies:
                          - {situation: ABSENT, action: CREATE, condition: /object/mail pr}
                          - {situation: CONFIRMED, action: UPDATE}
                          - situation: FOUND
                            action:
                              script: |-
                                source.admin ?
                                  'LINK' :
                                  'UPDATE'
                          - {situation: FOUND_ALREADY_LINKED, action: EXCEPTION}
                          - {situation: ABSENT, action: CREATE}
                          - {situation: AMBIGUOUS, action: EXCEPTION}
                          - {situation: MISSING, action: EXCEPTION}
                          - {situation: UNQUALIFIED, action: DELETE}
                          - {situation: SOURCE_IGNORED, action: IGNORE}
                          - {situation: TARGET_IGNORED, action: IGNORE}
                          - {situation: UNASSIGNED, action: EXCEPTION}
                          - {situation: SOURCE_MISSING, action: EXCEPTION}
                          - {situation: LINK_ONLY, action: EXCEPTION}
                          - {situation: ALL_GONE, action: IGNORE}

                        onCreate: {script: target.by = by;, by: '&{installation|test}'}
                        icon: null
                        """);
    }

    @Test
    void theJsonIsWhatPingIdmWrites() {
        String yaml = """
                # No place for this.
                name: hr-to-users
                source: system/hr/employee
                target: managed/alpha_user
                sourceQuery: state pr
                correlation: {any: [mail], normalize: [trim]}
                displayAttributes: [mail]
                properties: [{target: mail, source: mail, transform: source.trim()}]
                onCreate: {file: scripts/note.js, by: me}
                """;
        Map<String, String> texts = Corpus.with(GOOD, "hr-to-users.yaml", yaml);
        Conversion conversion = conversion(texts, "hr-to-users.yaml", Format.JSON);

        assertThat(conversion.mappings()).singleElement().satisfies(converted -> {
            assertThat(converted.file()).isEqualTo("mapping-hr-to-users.json");
            assertThat(converted.text())
                    .startsWith("{\n")
                    .contains("\"_queryFilter\" : \"state pr\"")
                    .contains("\"type\" : \"text/javascript\",\n      \"source\" : \"source.trim()\"")
                    .contains("\"file\" : \"scripts/note.js\",\n    \"by\" : \"me\"")
                    .contains("\"action\" : \"ASYNC\"")
                    .contains("\"normalize\" : [ \"trim\" ]");
        });
        assertThat(conversion.faults().stream().map(Faults::print))
                .containsExactly(
                        "jobs/hr-to-users.yaml:2  warning: the comments of this file are left out; JSON has none",
                        "jobs/hr-to-users.yaml:6 /correlation  warning: normalize in correlation has no spelling in PingIDM; it is kept under its key, which only Concord reads",
                        "jobs/hr-to-users.yaml:7 /displayAttributes  warning: displayAttributes has no spelling in PingIDM; it is kept under its key, which only Concord reads");
    }

    @Test
    void aMappingWithErrorsIsLeftOutAndTheOthersAreWritten() {
        String json = """
                {"mappings": [
                  {"name": "groovy", %1$s,
                   "validSource": {"type": "groovy", "source": "source.x"}},
                  {"name": "slip", %1$s,
                   "sourceCondition": "/object/mail pr"},
                  {"name": "fine", "source": "system/nowhere/yet", "target": "managed/nobody", "links": "elsewhere"}]}
                """.formatted(HEAD);
        Conversion conversion = conversion(Map.of("sync.json", json), "sync.json", Format.YAML);

        assertThat(conversion.mappings()).extracting(Converted::name).containsExactly("fine");
        assertThat(conversion.found()).isEqualTo(3);
        assertThat(conversion.faults().stream().map(Faults::print))
                .containsExactly(
                        "jobs/sync.json:3 /mappings/0/validSource/type  Groovy scripts are not run; write it in JavaScript (type: text/javascript)",
                        "jobs/sync.json:5 /mappings/1/sourceCondition  the pointer /object/mail leads nowhere; here pointers start with /source, /linkQualifier (did you mean /source/mail?)");
    }

    @Test
    void whatIsInTheSpellingAlreadyIsRefused() {
        assertThat(conversion(GOOD, "hr-to-users.yaml", Format.YAML).faults().stream()
                        .map(Faults::print))
                .containsExactly(
                        "jobs/hr-to-users.yaml  the file is native YAML already; with --to json it becomes PingIDM's JSON");
        assertThat(conversion(texts(), "mapping-feedSize.json", Format.JSON).faults().stream()
                        .map(Faults::print))
                .containsExactly(
                        "jobs/mapping-feedSize.json  the file is PingIDM's JSON already; without --to json it becomes native YAML");
        assertThat(conversion(GOOD, "nowhere.json", Format.YAML).faults().stream()
                        .map(Faults::print))
                .containsExactly("jobs/nowhere.json  the file does not exist");
        assertThat(conversion(Map.of("sync.json", "{"), "sync.json", Format.YAML)
                        .faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).startsWith("not JSON"));
    }

    @Test
    void aJsonFileThatDoesNotLookLikePingIdmsIsWarnedAbout() {
        assertThat(conversion(GOOD, "cards.json", Format.YAML).faults().stream().map(Faults::print))
                .singleElement()
                .asString()
                .contains("warning: nothing in this file says that it is PingIDM's", "name it mapping-<name>.json");
    }

    // Comparisons

    private static void same(Map<String, String> texts, String path, Format to) {
        assertSame(texts, path, converted(texts, path, to));
    }

    private static void thereAndBack(Map<String, String> texts, String path, Format to) {
        Map<String, String> back = new TreeMap<>();
        converted(texts, path, to).forEach((file, text) -> {
            Map<String, String> more = Corpus.with(without(texts, path), file, text);
            back.putAll(converted(more, file, to == Format.YAML ? Format.JSON : Format.YAML));
        });
        assertSame(texts, path, back);
    }

    private static void assertSame(Map<String, String> texts, String path, Map<String, String> converted) {
        Map<String, Mapping> before = new TreeMap<>(Corpus.load(texts).mappings());
        before.values().removeIf(mapping -> !mapping.place().file().equals(path));
        Map<String, Mapping> after = load(texts, path, converted);
        after.values()
                .removeIf(mapping -> !converted.containsKey(mapping.place().file()));

        assertThat(before).isNotEmpty();
        assertThat(after.keySet()).isEqualTo(before.keySet());
        before.forEach((name, mapping) -> SameMapping.assertSame(after.get(name), mapping));
    }

    private static Map<String, Mapping> load(Map<String, String> texts, String path, Map<String, String> converted) {
        Map<String, String> all = without(texts, path);
        all.putAll(converted);
        Definitions definitions = Corpus.load(all);
        assertThat(definitions.faults().stream()
                        .filter(fault -> fault.severity() == Definitions.Fault.Severity.ERROR)
                        .map(Faults::print))
                .as("%s", converted)
                .isEmpty();
        return new TreeMap<>(definitions.mappings());
    }

    private static Map<String, String> converted(Map<String, String> texts, String path, Format to) {
        Map<String, String> converted = new TreeMap<>();
        conversion(texts, path, to).mappings().forEach(mapping -> converted.put(mapping.file(), mapping.text()));
        return converted;
    }

    private static Conversion conversion(Map<String, String> texts, String path, Format to) {
        return Conversion.of(path, Sources.of(texts), Sources.of(texts), to);
    }

    private static Map<String, String> neighbours() {
        Map<String, String> neighbours = new TreeMap<>(GOOD);
        neighbours
                .keySet()
                .removeIf(path -> SourcePath.isDefinition(path)
                        && !List.of("systems/hr.yaml", "managed/alpha_user.yaml")
                                .contains(path));
        return neighbours;
    }

    private static Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>(GOOD);
        texts.putAll(PING_IDM);
        return texts;
    }

    private static List<String> natives() {
        return GOOD.keySet().stream()
                .filter(path -> SourcePath.isDefinition(path) && MappingFile.matches(path))
                .toList();
    }

    private static Map<String, String> without(Map<String, String> texts, String path) {
        Map<String, String> fewer = new TreeMap<>(texts);
        fewer.remove(path);
        return fewer;
    }

    private interface Check {
        void on(String path);
    }

    private static Stream<DynamicTest> each(Iterable<String> paths, Check check) {
        List<DynamicTest> tests = new ArrayList<>();
        paths.forEach(path -> tests.add(DynamicTest.dynamicTest(path, () -> check.on(path))));
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }
}
