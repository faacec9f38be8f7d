package dev.concord.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.concord.mapping.DefinitionLoader;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.PropertyRow;
import dev.concord.mapping.Sources;
import dev.concord.projection.RowWitness.Moment;
import dev.concord.record.Json;
import dev.concord.record.JsonValues;
import dev.concord.record.Resource;
import dev.concord.script.Conditions;
import dev.concord.script.GraalScripts;
import dev.concord.script.Objects;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectionTest {

    /** No script of these tests calls it. */
    private static final Objects NO_OBJECTS = (Objects) Proxy.newProxyInstance(
            ProjectionTest.class.getClassLoader(), new Class<?>[] {Objects.class}, (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
            });

    private static final GraalScripts SCRIPTS = new GraalScripts();

    private final Projection projection = new Projection(SCRIPTS, new Conditions(SCRIPTS));

    @AfterAll
    static void close() {
        SCRIPTS.close();
    }

    // Order

    @Test
    void rowsRunInTheirOrderAndLaterOnesSeeWhatEarlierOnesDid() {
        String rows = """
                - {target: copy, source: name, condition: "/target/mark pr"}
                - {target: mark, default: seen}
                - {target: late, source: name, condition: "/target/mark eq 'seen'"}
                """;

        assertProjection(rows, "{'name': 'Ann'}", "{}", "{'mark': 'seen', 'late': 'Ann'}");
    }

    @Test
    void ofTwoRowsForTheSameTargetTheLastWins() {
        assertProjection("""
                - {target: mail, source: private}
                - {target: mail, source: work}
                """, "{'private': 'p', 'work': 'w'}", "{}", "{'mail': 'w'}");
    }

    @Test
    void ofTwoRowsForTheSameTargetTheLastWinsEvenWhenItTakesTheAttributeAway() {
        assertProjection("""
                - {target: mail, source: private}
                - {target: mail, source: work}
                """, "{'private': 'p'}", "{}", "{}");
    }

    @Test
    void aRowWhoseConditionDoesNotHoldLeavesTheValueOfAnEarlierOne() {
        assertProjection("""
                - {target: mail, source: private}
                - {target: mail, source: work, condition: "/object/active eq true"}
                """, "{'private': 'p', 'work': 'w', 'active': false}", "{}", "{'mail': 'p'}");
    }

    @Test
    void attributesThatNoRowNamesSurvive() {
        assertProjection(
                "- {target: mail, source: mail}",
                "{'mail': 'new', 'other': 1}",
                "{'mail': 'old', 'note': 'kept'}",
                "{'mail': 'new', 'note': 'kept'}");
    }

    // Absent and null

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            present                                  | {target: a, source: s}                              | {"s": 1}         | {"a": 1}
            a present null is put as null            | {target: a, source: s}                              | {"s": null}      | {"a": null}
            an absent one removes the target's       | {target: a, source: s}                              | {}               | {}
            absent below an absent parent removes    | {target: a, source: p/s}                            | {}               | {}
            absent below a present parent removes    | {target: a, source: p/s}                            | {"p": {}}        | {}
            absent below a null parent removes       | {target: a, source: p/s}                            | {"p": null}      | {}
            absent below a text removes              | {target: a, source: p/s}                            | {"p": "text"}    | {}
            null below a parent is put               | {target: a, source: p/s}                            | {"p": {"s": null}} | {"a": null}
            an absent list element removes           | {target: a, source: s/1}                            | {"s": [1]}       | {}
            an empty text is a value                 | {target: a, source: s, default: 1}                  | {"s": ""}        | {"a": ""}
            false is a value                         | {target: a, source: s, default: true}               | {"s": false}     | {"a": false}
            an empty list is a value                 | {target: a, source: s, default: [1]}                | {"s": []}        | {"a": []}
            a leading slash changes nothing          | {target: /a, source: /s}                            | {"s": 1}         | {"a": 1}
            default for absent                       | {target: a, source: s, default: 1}                  | {}               | {"a": 1}
            default for null                         | {target: a, source: s, default: 1}                  | {"s": null}      | {"a": 1}
            default false                            | {target: a, source: s, default: false}              | {}               | {"a": false}
            default zero                             | {target: a, source: s, default: 0}                  | {}               | {"a": 0}
            default of decimals                      | {target: a, source: s, default: 1.50}               | {}               | {"a": 1.5}
            default list                             | {target: a, source: s, default: [x, 1]}             | {}               | {"a": ["x", 1]}
            default empty list                       | {target: a, source: s, default: []}                 | {}               | {"a": []}
            default object                           | {target: a, source: s, default: {b: 1}}             | {}               | {"a": {"b": 1}}
            default empty text                       | {target: a, source: s, default: ""}                 | {}               | {"a": ""}
            default null is none                     | {target: a, source: s, default: null}               | {}               | {}
            default alone                            | {target: a, default: x}                             | {}               | {"a": "x"}
            neither source nor default: null is put  | {target: a}                                         | {"s": 1}         | {"a": null}
            transform to null with a source: put     | {target: a, source: s, transform: 'null'}          | {"s": 1}         | {"a": null}
            transform to null of an absent: removed  | {target: a, source: s, transform: 'null'}          | {}               | {}
            transform to null without source: put    | {target: a, transform: 'null'}                     | {}               | {"a": null}
            transform to null, then default          | {target: a, source: s, transform: 'null', default: 7} | {"s": 1}      | {"a": 7}
            transform of an absent to a value        | {target: a, source: s, transform: 'true'}            | {}               | {"a": true}
            transform of a null to a value           | {target: a, source: s, transform: 'true'}            | {"s": null}      | {"a": true}
            transform to false is a value            | {target: a, source: s, transform: 'false', default: 1} | {"s": 1}         | {"a": false}
            default does not go through transform    | {target: a, source: s, transform: source, default: x} | {}                 | {"a": "x"}
            whole object to null is put              | {target: a, source: '', transform: 'null'}         | {}               | {"a": null}
            """)
    void aRowOnATargetThatHasAValue(String name, String row, String source, String wanted) {
        assertProjection("- " + row, source, "{'a': 'old'}", wanted);
    }

    @Test
    void removingWhatIsNotThereDoesNothing() {
        assertProjection("- {target: p/a, source: s}", "{}", "{'b': 1}", "{'b': 1}");
    }

    @Test
    void removingANestedAttributeLeavesItsNeighbours() {
        assertProjection("- {target: p/a, source: s}", "{}", "{'p': {'a': 1, 'b': 2}}", "{'p': {'b': 2}}");
    }

    // Places

    @Test
    void anEmptySourceIsTheWholeObjectWithItsId() {
        assertProjection("- {target: all, source: ''}", "{'a': 1}", "{}", "{'all': {'_id': 's1', 'a': 1}}");
    }

    @Test
    void noSourceIsNull() {
        assertProjection("- {target: a, transform: String(source)}", "{'a': 1}", "{}", "{'a': 'null'}");
    }

    @Test
    void parentsAreCreated() {
        assertProjection("- {target: a/b/c, source: s}", "{'s': 1}", "{}", "{'a': {'b': {'c': 1}}}");
    }

    @Test
    void parentsThatAreNoObjectsAreReplaced() {
        assertProjection("- {target: a/b, source: s}", "{'s': 1}", "{'a': 'text'}", "{'a': {'b': 1}}");
        assertProjection("- {target: a/b, source: s}", "{'s': 1}", "{'a': null}", "{'a': {'b': 1}}");
    }

    @Test
    void nestedAttributesJoinTheirNeighbours() {
        assertProjection(
                """
                - {target: name/first, source: first}
                - {target: name/last, source: last}
                """,
                "{'first': 'Ann', 'last': 'Lee'}",
                "{'name': {'middle': 'B'}}",
                "{'name': {'middle': 'B', 'first': 'Ann', 'last': 'Lee'}}");
    }

    @Test
    void namesWithSlashesAndTildesAreEscaped() {
        assertProjection("- {target: a~1b, source: c~0d}", "{'c~d': 1}", "{}", "{'a/b': 1}");
    }

    @Test
    void whatIsPutIsACopySoThatSourceDefaultAndTargetDoNotShareLists() {
        Map<String, Object> source = object("{'roles': ['a']}");
        List<PropertyRow> rows = rows("""
                - {target: first, source: roles}
                - {target: second, default: [d]}
                - {target: first/-, default: b}
                - {target: second/-, default: b}
                """);

        Map<String, Object> once = project(rows, source, new HashMap<>());
        Map<String, Object> twice = project(rows, source, new HashMap<>());

        assertThat(once)
                .isEqualTo(object("{'first': ['a', 'b'], 'second': ['d', 'b']}"))
                .isEqualTo(twice);
        assertThat(source).isEqualTo(object("{'roles': ['a']}"));
    }

    // Transforms

    @Test
    void aTransformReplacesTheValue() {
        assertProjection("- {target: a, source: s, transform: source.toUpperCase()}", "{'s': 'x'}", "{}", "{'a': 'X'}");
    }

    @Test
    void aTransformSeesTheValueTheQualifierAndTheContext() {
        assertProjection(
                "- {target: a, source: s, transform: source + ' ' + linkQualifier + ' ' + context.opId}",
                "{'s': 'x'}",
                "{}",
                "{'a': 'x admin 7'}");
    }

    @Test
    void aTransformMayChangeTheListItIsGivenWithoutChangingTheSource() {
        assertProjection("""
                - {target: first, source: roles, transform: source.push('b'); source}
                - {target: second, source: roles, transform: source.push('c'); source}
                """, "{'roles': ['a']}", "{}", "{'first': ['a', 'b'], 'second': ['a', 'c']}");
    }

    @Test
    void aTransformMayChangeTheWholeObjectItIsGivenWithoutChangingTheSource() {
        assertProjection("""
                - {target: first, source: '', transform: delete source._id; source.roles.pop(); source}
                - {target: second, source: roles}
                """, "{'roles': ['a', 'b']}", "{}", "{'first': {'roles': ['a']}, 'second': ['a', 'b']}");
    }

    // Conditions

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            CONDITION                     | HOLDS
            "/object/active eq true"      | true
            "object/active eq false"      | false
            "/object/missing eq 1"        | false
            "!(/object/missing eq 1)"     | true
            "/target/a eq 'old'"          | true
            "/oldTarget/a eq 'old'"       | true
            "/oldTarget/a eq 'new'"       | false
            "/oldSource/active pr"        | false
            "/linkQualifier eq 'admin'"   | true
            "/linkQualifier eq 'default'" | false
            "/context/opId eq '7'"        | true
            {script: "object.active"}      | true
            {script: "!object.active"}     | false
            {script: "1"}                  | false
            {script: "null"}               | false
            """, quoteCharacter = '\0')
    void aConditionDecidesWhetherTheRowDoesAnything(String condition, boolean holds) {
        assertProjection(
                "- {target: a, source: s, condition: " + condition + "}",
                "{'s': 'new', 'active': true}",
                "{'a': 'old'}",
                holds ? "{'a': 'new'}" : "{'a': 'old'}");
    }

    @Test
    void aConditionScriptSeesObjectTargetOldTargetQualifierAndContext() {
        assertProjection("""
                - {target: a, source: s}
                - target: seen
                  source: s
                  condition:
                    script: >
                      object._id === 's1' && object.s === 1 && oldSource === null
                      && target.a === 1 && oldTarget.a === 2
                      && linkQualifier === 'admin' && context.opId === '7'
                """, "{'s': 1}", "{'a': 2}", "{'a': 1, 'seen': 1}");
    }

    @Test
    void theTransformOfARowWhoseConditionDoesNotHoldDoesNotRun() {
        assertProjection(
                "- {target: a, source: s, transform: throw new Error('bad ' + source), condition: {script: 'false'}}",
                "{'s': 1}",
                "{}",
                "{}");
    }

    @Test
    void aNewTargetHasNoOldTarget() {
        Map<String, Object> target = new HashMap<>();
        projection.apply(
                rows("- {target: a, default: 1, condition: '!(/oldTarget pr)'}"),
                target,
                new Projection.Scope(Map.of(), null, "default", Map.of(), NO_OBJECTS));

        assertThat(target).isEqualTo(Map.of("a", 1));
    }

    // Witnesses

    @Test
    void aWitnessSeesHowEachRowCameToItsValue() {
        List<String> seen = new ArrayList<>();
        projection.apply(
                rows("""
                        - {target: a, source: s, transform: 'source + 1'}
                        - {target: b, source: missing}
                        - {target: c, source: nothing, default: x}
                        - {target: d, source: s, condition: '/object/s eq 2'}
                        """),
                object("{'b': 'old'}"),
                scope(object("{'s': 1, 'nothing': null}"), object("{}")),
                (row, moment, value) -> seen.add(row.target().attribute() + " " + moment + " " + value));

        assertThat(seen)
                .containsExactly(
                        "a BEGINS null",
                        "a TAKEN 1",
                        "a TRANSFORMED 2",
                        "a PUT 2",
                        "b BEGINS null",
                        "b TAKEN null",
                        "b REMOVED null",
                        "c BEGINS null",
                        "c TAKEN null",
                        "c PUT x",
                        "d BEGINS null",
                        "d SKIPPED null");
    }

    @Test
    void ofARowThatFailsAWitnessSeesHowFarItCame() {
        List<Moment> seen = new ArrayList<>();
        assertThatExceptionOfType(RowFailure.class)
                .isThrownBy(() -> projection.apply(
                        rows("- {target: a, source: s, transform: throw 1}"),
                        object("{}"),
                        scope(object("{'s': 1}"), object("{}")),
                        (row, moment, value) -> seen.add(moment)));

        assertThat(seen).containsExactly(Moment.BEGINS, Moment.TAKEN);
    }

    // Failures

    @Test
    void aTransformThatFailsNamesTheTargetAttributeAndNoValue() {
        assertThatExceptionOfType(RowFailure.class)
                .isThrownBy(() -> project(
                        "- {target: p/mail, source: s, transform: throw new Error('bad ' + source)}",
                        "{'s': 'secret'}",
                        "{}"))
                .withMessageContaining("/p/mail")
                .withMessageContaining("persons.yaml")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("secret"))
                .satisfies(failure -> assertThat(failure.detail()).contains("bad secret"));
    }

    @Test
    void aConditionThatFailsNamesTheTargetAttribute() {
        assertThatExceptionOfType(RowFailure.class)
                .isThrownBy(() -> project(
                        "- {target: mail, source: s, condition: {script: throw new Error('bad ' + object.s)}}",
                        "{'s': 1}",
                        "{}"))
                .withMessageContaining("/mail");
    }

    @Test
    void aPlaceThatAListDoesNotHaveIsNamedWithoutTheValue() {
        assertThatExceptionOfType(RowFailure.class)
                .isThrownBy(() ->
                        project("- {target: roles/5, source: s}", "{'s': 'secret'}", "{'roles': ['confidential']}"))
                .withMessageContaining("/roles/5")
                .satisfies(failure -> assertThat(failure.getMessage())
                        .doesNotContain("secret")
                        .doesNotContain("confidential"))
                .satisfies(failure -> assertThat(failure.detail()).isNull());
    }

    @Test
    void rowsBehindAFailureAreNotApplied() {
        Map<String, Object> target = new HashMap<>();
        List<PropertyRow> rows = rows("""
                - {target: a, source: s}
                - {target: b, source: s, transform: throw new Error('bad ' + source)}
                - {target: c, source: s}
                """);

        assertThatExceptionOfType(RowFailure.class).isThrownBy(() -> project(rows, object("{'s': 1}"), target));
        assertThat(target).isEqualTo(Map.of("a", 1));
    }

    // The value alone

    @Test
    void theValueOfARowIsWhatItGivesWhateverItsConditionSays() {
        PropertyRow row =
                rows("- {target: a, source: s, transform: source && source.toUpperCase(), default: x, condition: {script: 'false'}}")
                        .getFirst();

        assertThat(projection.value(row, scope(object("{'s': 'v'}"), Map.of()))).isEqualTo("V");
        assertThat(projection.value(row, scope(object("{}"), Map.of()))).isEqualTo("x");
    }

    private void assertProjection(String rows, String source, String target, String wanted) {
        Map<String, Object> content = object(source);

        assertThat(project(rows(rows), content, object(target)))
                .satisfies(result -> assertThat(JsonValues.same(result, object(wanted)))
                        .as("%s, required: %s", result, wanted)
                        .isTrue());
        assertThat(content).as("The source must not be changed").isEqualTo(object(source));
    }

    private Map<String, Object> project(String rows, String source, String target) {
        return project(rows(rows), object(source), object(target));
    }

    private Map<String, Object> project(
            List<PropertyRow> rows, Map<String, Object> source, Map<String, Object> target) {
        projection.apply(rows, target, scope(source, JsonValues.copyOf(target)));
        return target;
    }

    private static Projection.Scope scope(Map<String, Object> source, Map<String, Object> oldTarget) {
        return new Projection.Scope(
                new Resource("s1", null, source).view(), oldTarget, "admin", Map.of("opId", "7"), NO_OBJECTS);
    }

    private static Map<String, Object> object(String json) {
        return Json.readObject(json.replace('\'', '"'));
    }

    private static List<PropertyRow> rows(String rows) {
        Definitions definitions = DefinitionLoader.load(Sources.of(Map.of(
                "systems/files.yaml",
                "{name: files, type: json, objects: {a: {file: a.json, id: id}, b: {file: b.json, id: id}}}",
                "persons.yaml",
                "name: persons\nsource: system/files/a\ntarget: system/files/b\nproperties:\n" + rows)));
        Mapping mapping = definitions.mappings().get("persons");
        assertThat(mapping).as("%s", definitions.faults()).isNotNull();
        return mapping.properties();
    }
}
