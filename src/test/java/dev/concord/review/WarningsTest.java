package dev.concord.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.mapping.DefinitionLoader;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Definitions.Fault;
import dev.concord.mapping.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WarningsTest {

    private static final String USERS = """
            name: user
            attributes:
              userName: {type: string, required: true, unique: true}
              mail: {type: string, indexed: true}
              sn: {type: string}
              age: {type: integer}
              groups: {type: string, multivalued: true}
            """;
    private static final String HR = """
            name: hr
            type: csv
            objects:
              person:
                file: ../data/people.csv
                id: number
                attributes:
                  age: {type: integer}
            """;
    private static final String HEAD = """
            name: m
            source: system/hr/person
            target: managed/user
            """;
    private static final String ROWS = """
            properties:
              - {target: userName, source: number}
              - {target: mail, source: mail}
            """;

    @TempDir
    private Path jobs;

    private final Map<String, String> files = new LinkedHashMap<>();

    @BeforeEach
    void makeFiles() throws IOException {
        Files.createDirectories(jobs.resolve("data"));
        Files.createDirectories(jobs.resolve("systems"));
        Files.writeString(
                jobs.resolve("data/people.csv"), "number,name,mail,age,status\n1,Ada,a@b.example,30,active\n");
        files.put("managed/user.yaml", USERS);
        files.put("systems/hr.yaml", HR);
    }

    @Test
    void nothingIsSaidOfTheSampleCompany() {
        Path company = Path.of("jobs");

        assertThat(Warnings.of(DefinitionLoader.load(Sources.of(company)), company))
                .isEmpty();
    }

    @Test
    void nothingIsSaidOfAMappingThatIsAllRight() {
        assertThat(warnings(HEAD + ROWS + """
                displayAttributes: [name, mail, {source: status, target: sn}]
                sourceCondition: /source/status eq "active" and /source/age gt 17
                correlation: {any: [userName, {all: [mail, userName]}]}
                policies:
                  - {situation: ABSENT, action: CREATE, condition: /object/name pr}
                  - {situation: ABSENT, action: IGNORE}
                """)).isEmpty();
    }

    @Test
    void anUnknownAttributeIsNamedWithTheNearestOneWhereverItStands() {
        assertThat(warnings(HEAD + """
                displayAttributes: [nmae, {target: mial}]
                sourceQuery: {_queryFilter: stauts pr, _sortKeys: [aeg]}
                sourceCondition: /source/stauts eq "active"
                properties:
                  - target: userName
                    source: nmuber
                  - target: mial
                    source: mail
                    condition: /target/userNam pr
                policies:
                  - {situation: CONFIRMED, action: UPDATE, condition: /object/aeg gt 1}
                """))
                .satisfiesExactlyInAnyOrder(
                        w -> assertThat(w)
                                .startsWith("m.yaml:4 \"nmae\" is an attribute of neither")
                                .contains("did you mean name?"),
                        w -> assertThat(w).startsWith("m.yaml:4 \"mial\" is no attribute of managed/user"),
                        w -> assertThat(w)
                                .startsWith("m.yaml:5 \"stauts\" is no attribute of system/hr/person")
                                .contains("did you mean status?"),
                        w -> assertThat(w).startsWith("m.yaml:5 \"aeg\""),
                        w -> assertThat(w).startsWith("m.yaml:6 \"stauts\""),
                        w -> assertThat(w)
                                .startsWith("m.yaml:9 \"nmuber\"")
                                .contains("nothing is ever found there", "did you mean number?"),
                        w -> assertThat(w)
                                .startsWith("m.yaml:10 \"mial\"")
                                .contains("is refused", "did you mean mail?", "or add it in jobs/managed/user.yaml"),
                        w -> assertThat(w).startsWith("m.yaml:12 \"userNam\""),
                        w -> assertThat(w).startsWith("m.yaml:14 \"aeg\""));
    }

    @Test
    void whatACorrelationLooksForIsCheckedToo() {
        assertThat(warnings(HEAD + """
                correlation: {any: [nickName]}
                properties:
                  - {target: nickName, source: name}
                """))
                .satisfiesExactly(
                        w -> assertThat(w).startsWith("m.yaml:4 \"nickName\""),
                        w -> assertThat(w).startsWith("m.yaml:6 \"nickName\""));
    }

    @Test
    void aFileThatIsNotThereIsNotJudged() throws IOException {
        Files.delete(jobs.resolve("data/people.csv"));

        assertThat(warnings(HEAD + ROWS.replace("source: mail", "source: mial")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/object/status eq \"a\" and /object/status eq \"b\"",
                "!(/object/name pr) and /object/name eq \"x\"",
                "false",
                "/object/age eq \"30\"",
                "/linkQualifier eq \"a\" and /linkQualifier eq \"b\"",
            })
    void aConditionThatNeverHoldsIsSeen(String condition) {
        assertThat(warnings(HEAD + ROWS + """
                policies:
                  - situation: ABSENT
                    condition: '%s'
                    action: CREATE
                """.formatted(condition)))
                .singleElement()
                .asString()
                .startsWith("m.yaml:9 this can never hold, because ")
                .contains("this rule for ABSENT is never taken");
    }

    @Test
    void queriesAndOtherConditionsThatNeverHoldAreSeen() {
        assertThat(warnings(HEAD + """
                sourceQuery: age gt 5 and age lt 3
                targetQuery: age eq "x"
                sourceCondition: {script: "false"}
                properties:
                  - {target: userName, source: number}
                  - {target: mail, source: mail, condition: /object/age sw "1"}
                """))
                .satisfiesExactly(
                        w -> assertThat(w).startsWith("m.yaml:4").contains("visits no source object"),
                        w -> assertThat(w).startsWith("m.yaml:5").contains("visits no target object"),
                        w -> assertThat(w).startsWith("m.yaml:6").contains("no source object ever qualifies"),
                        w -> assertThat(w).startsWith("m.yaml:9").contains("the row for mail never does anything"));
    }

    @Test
    void aRuleBehindOneThatAlwaysWinsIsSeen() {
        assertThat(warnings(HEAD + ROWS + """
                policies:
                  - {situation: ABSENT, action: CREATE}
                  - {situation: CONFIRMED, action: UPDATE}
                  - {situation: ABSENT, action: IGNORE, condition: /object/name pr}
                  - {situation: CONFIRMED, action: IGNORE}
                  - {situation: MISSING, action: UNLINK, condition: /object/name pr}
                  - {situation: MISSING, action: CREATE, condition: /object/name pr}
                """))
                .satisfiesExactly(
                        w -> assertThat(w)
                                .startsWith(
                                        "m.yaml:10 this rule for ABSENT is never reached: the one in line 8 has no condition"),
                        w -> assertThat(w).startsWith("m.yaml:11 this rule for CONFIRMED is never reached"),
                        w -> assertThat(w).startsWith("m.yaml:13").contains("line 12 has the same condition"));
    }

    @Test
    void anActionThatCannotWorkInItsSituationIsSeen() {
        assertThat(warnings(HEAD + ROWS + """
                policies:
                  - {situation: UNASSIGNED, action: CREATE}
                  - {situation: LINK_ONLY, action: UPDATE}
                  - {situation: ABSENT, action: DELETE}
                  - {situation: UNASSIGNED, action: {script: "'CREATE'"}, condition: /object/name pr}
                """))
                .contains(
                        "m.yaml:8 CREATE cannot work for UNASSIGNED: CREATE needs a source object. Choose another action,"
                                + " such as EXCEPTION or IGNORE",
                        "m.yaml:9 UPDATE cannot work for LINK_ONLY: UPDATE needs a source object. Choose another action,"
                                + " such as EXCEPTION or IGNORE",
                        "m.yaml:10 DELETE cannot work for ABSENT: DELETE never has anything to do there. Choose another"
                                + " action, such as CREATE or IGNORE");
    }

    @Test
    void aCorrelationThatGoesThroughTheWholeTableIsSeen() {
        assertThat(warnings(HEAD + """
                correlation:
                  any:
                    - mail
                    - sn
                    - all: [mail, sn]
                    - all: [sn, age]
                properties:
                  - {target: userName, source: number}
                  - {target: mail, source: mail}
                  - {target: sn, source: name}
                  - {target: age, source: age}
                """))
                .satisfiesExactly(
                        w -> assertThat(w)
                                .startsWith("m.yaml:7 correlation looks for sn, which has no index")
                                .contains("indexed: true", "jobs/managed/user.yaml"),
                        w -> assertThat(w).startsWith("m.yaml:9 correlation looks for sn"));
    }

    @Test
    void twoMappingsThatWriteTheSameAttributesAreSeen() {
        String rules = """
                policies:
                  - {situation: ABSENT, action: CREATE}
                  - {situation: CONFIRMED, action: UPDATE}
                  - {situation: FOUND, action: UPDATE}
                """;
        String finding = "correlation: {any: [userName]}\n";
        files.put("a.yaml", HEAD.replace("name: m", "name: a") + ROWS + rules);
        assertThat(warnings(HEAD + ROWS + rules)).isEmpty();
        assertThat(warnings(HEAD + ROWS + finding + rules))
                .singleElement()
                .asString()
                .startsWith("m.yaml:5 mail, userName of managed/user are also written by a (jobs/a.yaml)")
                .contains("validTarget");
        assertThat(warnings(HEAD + ROWS + finding + "validTarget: target.age > 1\n" + rules))
                .isEmpty();
        assertThat(warnings(HEAD + ROWS + "links: a\n" + rules))
                .singleElement()
                .asString()
                .contains("both use the links of a");
        assertThat(warnings(HEAD + ROWS + finding)).isEmpty();
        assertThat(
                        warnings(
                                HEAD
                                        + "links: a\nproperties: [{target: sn, source: name}]\npolicies: [{situation: CONFIRMED, action: UPDATE}]\n"))
                .isEmpty();
    }

    @Test
    void mappingsThatSelectDifferentSourcesDoNotDisturbEachOther() {
        String rules = "links: a\npolicies: [{situation: CONFIRMED, action: UPDATE}]\n";
        files.put(
                "a.yaml",
                HEAD.replace("name: m", "name: a") + ROWS + rules.replace("links: a\n", "")
                        + "sourceCondition: /source/status eq \"a\"\n");
        assertThat(warnings(HEAD + ROWS + rules + "sourceCondition: /source/status eq \"b\"\n"))
                .isEmpty();
        assertThat(warnings(HEAD + ROWS + rules + "sourceCondition: /source/status eq \"a\"\n"))
                .hasSize(1);
        assertThat(warnings(HEAD + ROWS + rules)).hasSize(1);
    }

    @Test
    void aRequiredAttributeThatNobodyGivesIsSeen() {
        String rules = "properties: [{target: mail, source: mail}]\npolicies: [{situation: ABSENT, action: CREATE}]\n";
        assertThat(warnings(HEAD + rules))
                .singleElement()
                .asString()
                .startsWith("m.yaml:4 userName of managed/user is required, but no row gives a value");
        assertThat(warnings(HEAD + rules.replace("CREATE", "IGNORE"))).isEmpty();
        assertThat(warnings(HEAD + rules + "onCreate: target.userName = source.name\n"))
                .isEmpty();
        assertThat(warnings(HEAD + rules + "onMapping: |\n  var t = target; t[source.name] = 1;\n"))
                .isEmpty();
        assertThat(warnings(HEAD + rules + "onMapping: target.mail = 1\n")).hasSize(1);
        assertThat(warnings(HEAD + rules + "onDelete: target.userName = 1\n")).hasSize(1);
    }

    @Test
    void warningsAreNeverErrors() {
        files.put("m.yaml", HEAD + "properties: [{target: mial, source: mial}]\n");
        Definitions definitions = DefinitionLoader.load(Sources.of(files));

        assertThat(Warnings.of(definitions, jobs))
                .isNotEmpty()
                .allMatch(fault -> fault.severity() == Fault.Severity.WARNING);
    }

    private List<String> warnings(String mapping) {
        files.put("m.yaml", mapping);
        Definitions definitions = DefinitionLoader.load(Sources.of(files));
        assertThat(definitions.hasErrors()).as("%s", definitions.faults()).isFalse();
        return Warnings.of(definitions, jobs).stream()
                .map(fault -> fault.place().file() + ":" + fault.place().line() + " " + fault.message())
                .toList();
    }
}
