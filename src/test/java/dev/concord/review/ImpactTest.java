package dev.concord.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.mapping.DefinitionLoader;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Sources;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImpactTest {

    private static final Path NOWHERE = Path.of("no", "such", "folder");

    private static final Map<String, String> FILES = Map.of(
            "managed/user.yaml", """
                    name: user
                    attributes:
                      mail: {type: string, indexed: true}
                      address: {type: object}
                      sn: {type: string}
                    """,
            "systems/hr.yaml", """
                    name: hr
                    type: csv
                    objects:
                      person:
                        file: ../data/p.csv
                        id: number
                        attributes:
                          since: {type: date}
                    """,
            "hr.yaml", """
                    name: hr
                    source: system/hr/person
                    target: managed/user
                    displayAttributes: [name, {source: since, target: mail}]
                    sourceQuery: {_queryFilter: since pr, _fields: [name], _sortKeys: [-since]}
                    targetQuery: mail sw "a"
                    validSource: |
                      // the first line
                      source.since != null
                    validTarget: {file: scripts/valid.js}
                    sourceCondition: /source/since pr
                    correlation:
                      any:
                        - mail
                        - all: [sn, mail]
                    properties:
                      - target: mail
                        source: address
                        condition: /object/since pr and /target/sn pr
                        transform: |
                          source.trim() + openidm.query('managed/user', {
                            _queryFilter: 'address/locality eq "x"'
                          }).result.length
                      - {target: sn, source: name, default: unknown}
                      - target: address/locality
                        source: ""
                        transform: source[linkQualifier]
                    policies:
                      - situation: ABSENT
                        condition: /object/since pr
                        action: {script: "target.mail ? 'CREATE' : 'IGNORE'"}
                        postAction: openidm.read('managed/user/' + source.name)
                    onCreate: target.mail = source.since
                    result: source.since + target.mail
                    """,
            "back.json", """
                    {"mappings": [
                      {"name": "back", "source": "managed/user", "target": "system/hr/person",
                       "correlationQuery": {"type": "text/javascript",
                          "source": "({_queryFilter: 'name eq \\"' + source.mail + '\\"'})"},
                       "properties": [{"target": "name", "source": "mail"}],
                       "policies": []}]}
                    """,
            "scripts/valid.js", "\n(function (t) {\n  const {mail} = t;\n  return mail;\n})(target)\n",
            "schedules/nightly.yaml", """
                    name: nightly
                    type: simple
                    repeatInterval: 60000
                    invokeService: sync
                    invokeContext:
                      action: reconcile
                      mapping: hr
                    """);

    private static final Definitions DEFINITIONS = DefinitionLoader.load(Sources.of(FILES));

    @Test
    void theDefinitionsAreUsable() {
        assertThat(DEFINITIONS.mappings()).containsOnlyKeys("hr", "back");
        assertThat(DEFINITIONS.schedules()).containsOnlyKeys("nightly");
    }

    @Test
    void everyUseOfAnAttributeIsFoundWithItsFileAndLine() {
        assertThat(found("managed/user.mail"))
                .containsExactly(
                        "managed/user.yaml:3 managed type user, attribute mail: defines mail",
                        "back.json:4 back, correlationQuery: reads mail",
                        "back.json:5 back, row for name: reads mail",
                        "hr.yaml:4 hr, displayAttributes: reads mail",
                        "hr.yaml:6 hr, targetQuery: reads mail",
                        "hr.yaml:14 hr, correlation: reads mail",
                        "hr.yaml:15 hr, correlation: reads mail",
                        "hr.yaml:17 hr, row for mail: writes mail",
                        "hr.yaml:31 hr, rule for ABSENT: action: reads mail",
                        "hr.yaml:33 hr, onCreate: writes mail",
                        "scripts/valid.js:3 hr, validTarget: reads mail",
                        "schedules/nightly.yaml:7 schedule nightly, mapping hr: starts mail");
    }

    @Test
    void theOtherSideIsFoundToo() {
        assertThat(found("system/hr/person.since"))
                .containsExactly(
                        "systems/hr.yaml:8 system hr, attribute since of person: defines since",
                        "hr.yaml:4 hr, displayAttributes: reads since",
                        "hr.yaml:5 hr, sourceQuery: reads since",
                        "hr.yaml:5 hr, sourceQuery: sort keys: reads since",
                        "hr.yaml:9 hr, validSource: reads since",
                        "hr.yaml:11 hr, sourceCondition: reads since",
                        "hr.yaml:19 hr, row for mail: condition: reads since",
                        "hr.yaml:27 hr, row for address/locality: transform: may use ",
                        "hr.yaml:30 hr, rule for ABSENT: condition: reads since",
                        "hr.yaml:33 hr, onCreate: reads since",
                        "schedules/nightly.yaml:7 schedule nightly, mapping hr: starts since");
    }

    @Test
    void partsOfAnAttributeBelongToIt() {
        assertThat(found("managed/user.address"))
                .containsExactly(
                        "managed/user.yaml:4 managed type user, attribute address: defines address",
                        "hr.yaml:21 hr, row for mail: transform: reads address/locality",
                        "hr.yaml:25 hr, row for address/locality: writes address/locality",
                        "schedules/nightly.yaml:7 schedule nightly, mapping hr: starts address");
        assertThat(found("managed/user.address/street"))
                .containsExactly("managed/user.yaml:4 managed type user, attribute address: defines address");
    }

    @Test
    void aTypeIsUsedByEverythingInsideTheMappingsFromItAndToIt() {
        List<Use> uses = Impact.of(DEFINITIONS, NOWHERE, "managed/user").uses();

        assertThat(uses)
                .filteredOn(use -> use.way() == Use.Way.NAMES)
                .extracting(use -> use.place().file() + ":" + use.place().line() + " " + use.loss())
                .containsExactly(
                        "back.json:2 the mapping has an error and cannot be run",
                        "hr.yaml:3 the mapping has an error and cannot be run",
                        "hr.yaml:21 goes with its mapping, which cannot be run",
                        "hr.yaml:32 goes with its mapping, which cannot be run");
        assertThat(uses).extracting(Use::owner).contains("back", "hr", "schedule nightly", "managed type user");
    }

    @Test
    void whatWouldBreakIsSaid() {
        assertThat(Impact.of(DEFINITIONS, NOWHERE, "system/hr/person.name").uses())
                .extracting(use -> use.part() + ": " + use.loss())
                .contains(
                        "row for sn: every object gets the default",
                        "sourceQuery: fields: is asked for in vain",
                        "correlationQuery: nobody is found by it: who has a target already counts as having none (ABSENT)",
                        "rule for ABSENT: postAction: the script finds undefined there");
    }

    @Test
    void aScriptThatCannotBeReadIsNamed() {
        Definitions broken = DefinitionLoader.load(
                Sources.of(Map.of("managed/user.yaml", FILES.get("managed/user.yaml"), "m.yaml", """
                        name: m
                        source: managed/user
                        target: managed/user
                        validSource: "source."
                        """)));

        assertThat(Impact.of(broken, NOWHERE, "managed/user.mail").unread())
                .extracting(Object::toString)
                .containsExactly("m.yaml:4 /validSource");
    }

    @Test
    void anAttributeThatIsNotThereIsPointedOut() {
        Impact impact = Impact.of(DEFINITIONS, NOWHERE, "managed/user.mial");

        assertThat(impact.hint()).contains("managed/user has no attribute \"mial\"", "did you mean mail?");
        assertThat(Impact.of(DEFINITIONS, NOWHERE, "managed/user.mail").hint()).isEmpty();
        assertThat(Impact.of(DEFINITIONS, NOWHERE, "system/hr/person.mial").hint())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"managed/usr", "managed/usr.mail", "user", "", ".", "system/hr", "managed/user/mail"})
    void anUnknownTypeIsRefusedWithThoseThatAreKnown(String question) {
        assertThatThrownBy(() -> Impact.of(DEFINITIONS, NOWHERE, question))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("known: managed/user, system/hr/person");
    }

    private static List<String> found(String question) {
        return Impact.of(DEFINITIONS, NOWHERE, question).uses().stream()
                .map(use -> use.place().file() + ":" + use.place().line() + " " + use.owner()
                        + (use.part().isEmpty() ? "" : ", " + use.part()) + ": "
                        + use.way().words() + " "
                        + (use.attribute().isWhole()
                                ? ""
                                : use.attribute().toString().substring(1)))
                .toList();
    }
}
