package dev.concord.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.CommandLineApplication;
import dev.concord.ledger.Lease;
import dev.concord.ledger.Leases;
import dev.concord.record.Json;
import dev.concord.run.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code explain} over a company in which somebody is in each of the thirteen situations. */
@TestInstance(Lifecycle.PER_CLASS)
class ExplainIT {

    private static final String SOURCES_BEFORE = """
            number,name,mail,status,salary
            1,Ada,ada@example.com,active,100
            2,Ben,ben@example.com,active,100
            3,Cem,cem@example.com,active,100
            9,Ivy,ivy@example.com,active,100
            10,Jan,jan@example.com,active,100
            11,Kim,kim@example.com,active,100
            """;

    private static final String SOURCES = """
            number,name,mail,status,salary
            1,Ada Lovelace,ada@example.com,active,987654
            2,Ben,ben@example.com,active,100
            3,Cem,cem@example.com,left,100
            4,Dea,dea@example.com,active,100
            5,Eli,ada@example.com,active,100
            6,Fay,fay@example.com,active,100
            7,Gus,gus@example.com,active,100
            8,Hal,hal@example.com,left,100
            13,Lou,lou@example.com,refused,100
            14,Mia,mia@example.com,later,100
            15,Ned,,active,100
            """;

    private static final String TARGETS = """
            id,name,mail,salary,kind,note
            1,Ada,ada@example.com,100,,kept
            3,Cem,cem@example.com,100,,
            9,Ivy,ivy@example.com,100,,
            10,Jan,jan@example.com,100,service,
            d4,Dea,dea@example.com,100,,
            g1,Gus,gus@example.com,100,,
            g2,Augustus,gus@example.com,100,,
            z,Zoe,zoe@example.com,100,,
            s,Robot,robot@example.com,100,service,
            """;

    private Path home = Path.of("");

    private TestScreen screen = TestScreen.file();

    @BeforeAll
    void makeCompany(@TempDir Path temporary) throws IOException {
        home = temporary;
        TinyCompany.write(home, "jobs/hr-crm.yaml", """
                name: hr-crm
                source: system/hr/person
                target: system/crm/account
                displayAttributes: [name]
                validSource: source.status !== 'left'
                validTarget: target.kind !== 'service'
                sourceCondition: /source/name pr
                correlation: {any: [mail], normalize: [lower]}
                onCreate: "if (source.status === 'refused') { throw 'no account for ' + source.name; }"
                onUpdate: "target.note = 'seen'"
                onLink: "throw 'links are not made by looking'"
                properties:
                  - {target: _id, source: number}
                  - {target: name, source: name}
                  - {target: mail, source: "", transform: "null"}
                  - {target: mail, source: mail, transform: "source ? source.toLowerCase() : null", default: none@example.com}
                  - {target: salary, source: salary}
                  - {target: kind, source: status, condition: '/object/status eq "robot"'}
                policies:
                  - situation: ABSENT
                    condition: /object/status eq "later"
                    action: "'ignore'.toUpperCase()"
                  - {situation: ABSENT, action: CREATE}
                  - {situation: CONFIRMED, action: UPDATE, postAction: "throw 'never'"}
                  - {situation: MISSING, action: CREATE}
                  - {situation: UNQUALIFIED, action: DELETE}
                  - {situation: FOUND, action: UPDATE}
                  - {situation: FOUND_ALREADY_LINKED, action: EXCEPTION}
                  - {situation: AMBIGUOUS, action: EXCEPTION}
                  - {situation: SOURCE_IGNORED, action: IGNORE}
                  - {situation: SOURCE_MISSING, action: DELETE}
                  - {situation: TARGET_IGNORED, action: IGNORE}
                  - {situation: UNASSIGNED, action: REPORT}
                  - {situation: LINK_ONLY, action: UNLINK}
                """.replace(
                        "action: \"'ignore'.toUpperCase()\"", "action: {script: \"'ignore'.toUpperCase()\"}"));
        TinyCompany.write(home, "jobs/first.yaml", """
                name: first
                source: system/hr/person
                target: system/crm/account
                links: hr-crm
                properties:
                  - {target: _id, source: number}
                  - {target: name, source: name}
                policies:
                  - {situation: ABSENT, action: CREATE}
                """);
        TinyCompany.write(home, "jobs/systems/hr.yaml", """
                name: hr
                type: csv
                objects:
                  person:
                    file: ../data/people.csv
                    id: number
                    attributes:
                      salary: {type: integer}
                """);
        TinyCompany.write(home, "jobs/systems/crm.yaml", """
                name: crm
                type: csv
                objects:
                  account:
                    file: ../data/accounts.csv
                    id: id
                    attributes:
                      salary: {type: integer, sensitive: true}
                """);
        TinyCompany.write(home, "jobs/data/people.csv", SOURCES_BEFORE);
        TinyCompany.write(home, "jobs/data/accounts.csv", "id,name,mail,salary,kind,note\n");
        assertThat(concord("run", "first")).as(screen.err() + screen.out()).isZero();
        TinyCompany.write(home, "jobs/data/people.csv", SOURCES);
        TinyCompany.write(home, "jobs/data/accounts.csv", TARGETS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1  | CONFIRMED            | UPDATE    | Would update 3 attributes of system/crm/account/1: name, salary, note.
            2  | MISSING              | CREATE    | Would create an object of system/crm/account with 3 attributes and make the link lead to it.
            3  | UNQUALIFIED          | DELETE    | Would delete system/crm/account/3 and remove the link, in the deletes step at the end of a run.
            4  | FOUND                | UPDATE    | Nothing would be written, and a run would report a failure.
            5  | FOUND_ALREADY_LINKED | EXCEPTION | Nothing would be written, and a run would report a failure, because the rule says so.
            6  | ABSENT               | CREATE    | Would create an object of system/crm/account with 3 attributes and link it to the source.
            7  | AMBIGUOUS            | EXCEPTION | Nothing would be written, and a run would report a failure, because the rule says so.
            8  | SOURCE_IGNORED       | IGNORE    | Nothing would be written.
            9  | SOURCE_MISSING       | DELETE    | Would delete system/crm/account/9 and remove the link, in the deletes step at the end of a run.
            10 | TARGET_IGNORED       | IGNORE    | Nothing would be written.
            11 | LINK_ONLY            | UNLINK    | Would remove the link, in the deletes step at the end of a run.
            12 | ALL_GONE             | ASYNC     | Nothing would be written.
            13 | ABSENT               | CREATE    | Nothing would be written, and a run would report a failure.
            14 | ABSENT               | IGNORE    | Nothing would be written.
            """)
    void everySituationThatASourceCanBeInIsExplained(String id, String situation, String action, String summary)
            throws IOException {
        Map<String, Object> decision = decision("explain", "hr-crm", id);
        assertThat(decision.get("situation")).isEqualTo(situation);
        assertThat(decision.get("action")).isEqualTo(action);
        assertThat(decision.get("summary")).isEqualTo(summary);
        assertThat(decision.get("why")).asString().endsWith(".");

        Map<String, Object> entry = analysed(id);
        for (String same : List.of(
                "situation",
                "action",
                "linkQualifier",
                "sourceObjectId",
                "targetObjectId",
                "status",
                "message",
                "messageDetail",
                "ambiguousTargetObjectIds",
                "errorKind",
                "display",
                "differences")) {
            assertThat(decision.get(same)).as(same).isEqualTo(entry.get(same));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "z,UNASSIGNED,REPORT",
        "s,TARGET_IGNORED,IGNORE",
        "9,SOURCE_MISSING,DELETE",
        "3,UNQUALIFIED,DELETE",
        "1,CONFIRMED,UPDATE",
        "11,LINK_ONLY,UNLINK"
    })
    void aTargetIsExplainedFromItsOwnSide(String id, String situation, String action) {
        assertThat(decision("explain", "hr-crm", id, "--target"))
                .containsEntry("situation", situation)
                .containsEntry("action", action);
    }

    @Test
    void everythingThatLedToAnUpdateIsToldToPeople() {
        assertThat(concord("explain", "hr-crm", "1")).as(screen.err()).isZero();
        assertThat(screen.out()).isEqualTo("""
                hr-crm: system/hr/person → system/crm/account

                source       1 (Ada Lovelace)
                link         to target 1 (Ada)
                valid        yes  validSource      source.status !== 'left'
                             yes  sourceCondition  /source/name pr
                correlation  not asked: there is a link

                situation    CONFIRMED
                             The source is valid, and its link leads to a target that exists.
                rules        applies  UPDATE  hr-crm.yaml:24
                action       UPDATE
                steps        rows → onUpdate → update target → postAction (only in a run)
                             What onUpdate changes:
                             ~ note  kept → seen

                attribute  source                  value            how
                _id        number = 1              1
                name       name = Ada Lovelace     Ada Lovelace
                mail       (whole object)          null             transform
                mail       mail = ada@example.com  ada@example.com  transform
                salary     salary = (not shown)    (not shown)
                kind       status                  (left as it is)  condition does not hold
                    if /object/status eq "robot"

                changes      ~ name    Ada → Ada Lovelace
                             ~ salary  (not shown) → (not shown)
                             ~ note    kept → seen

                in the end   Would update 3 attributes of system/crm/account/1: name, salary,
                             note.
                """);
    }

    @Test
    void everythingThatLedToAFailureIsToldToPeople() {
        assertThat(concord("explain", "hr-crm", "7")).isZero();
        assertThat(screen.out()).isEqualTo("""
                hr-crm: system/hr/person → system/crm/account

                source       7 (Gus)
                link         none
                valid        yes  validSource      source.status !== 'left'
                             yes  sourceCondition  /source/name pr
                correlation  lower(/mail) eq "gus@example.com"
                             → g1 (Gus), free
                             → g2 (Augustus), free

                situation    AMBIGUOUS
                             The source is valid and has no link, and several targets correlate
                             with it.
                rules        applies  EXCEPTION  hr-crm.yaml:29
                action       EXCEPTION

                failure      Situation AMBIGUOUS marked as EXCEPTION
                in the end   Nothing would be written, and a run would report a failure, because
                             the rule says so.
                """);
        assertThat(concord("explain", "hr-crm", "13")).isZero();
        assertThat(screen.out())
                .contains("""
                        rules        no       script: 'ignore'.toUpperCase()  hr-crm.yaml:20
                                         if /object/status eq "later"
                                     applies  CREATE                          hr-crm.yaml:23
                        action       CREATE
                        steps        rows → onCreate (failed) → create target (not reached) → onLink
                                     (not reached) → create link (not reached)
                        """)
                .contains("failure      hr-crm.yaml:9 /onCreate", "             no account for Lou\n");
    }

    @Test
    void whatIsSensitiveIsNeverShown() {
        for (String[] asked : List.of(
                new String[] {"explain", "hr-crm", "1"},
                new String[] {"explain", "hr-crm", "1", "--json"},
                new String[] {"explain", "hr-crm", "1", "--preview"},
                new String[] {"explain", "hr-crm", "1", "--preview", "--json"})) {
            concord(asked);
            assertThat(screen.out() + screen.err()).doesNotContain("987654").contains("Ada Lovelace");
        }
    }

    @Test
    void aPreviewShowsTheTargetEvenWhereNothingWouldBeWritten() {
        assertThat(concord("explain", "hr-crm", "15", "--preview")).isZero();
        assertThat(screen.outLines())
                .containsExactly(
                        "attribute  value",
                        "_id        15",
                        "name       Ned",
                        "mail       none@example.com",
                        "salary     (not shown)");
        assertThat(concord("explain", "hr-crm", "14", "--preview")).isZero();
        assertThat(screen.err()).contains("ABSENT, IGNORE: nothing would be written");
        assertThat(screen.out()).contains("mia@example.com");
        assertThat(concord("explain", "hr-crm", "12", "--preview")).isZero();
        assertThat(screen.err()).contains("The source does not exist.");
        assertThat(screen.out()).isEmpty();
        assertThat(concord("explain", "hr-crm", "1", "--preview", "--target")).isEqualTo(2);
    }

    @Test
    void explainingLeavesNoRunBehindAndNeedsNoLease() throws IOException {
        concord("runs", "--json");
        int runs = ((List<?>) Json.read(screen.out())).size();
        String targets = Files.readString(home.resolve("jobs/data/accounts.csv"));
        try (Platform platform =
                new Platform(CommandLineApplication.class, CommandLineApplication.class, new Home(home))) {
            Leases leases = platform.get(Leases.class);
            Lease live = leases.acquire("hr-crm", "somebody", "elsewhere:1", Duration.ofMinutes(5), holder -> false);
            try {
                assertThat(concord("explain", "hr-crm", "6")).as(screen.err()).isZero();
                assertThat(concord("run", "hr-crm")).isEqualTo(5);
            } finally {
                leases.release(live);
            }
        }
        concord("runs", "--json");
        assertThat((List<?>) Json.read(screen.out())).hasSize(runs);
        assertThat(Files.readString(home.resolve("jobs/data/accounts.csv"))).isEqualTo(targets);
    }

    @Test
    void whatCannotBeExplainedIsSaidInASentence() {
        assertThat(concord("explain", "nobody", "1")).isEqualTo(2);
        assertThat(screen.err()).contains("There is no mapping nobody");
        assertThat(concord("explain", "hr-crm", "1", "--link-qualifier", "other"))
                .isEqualTo(2);
        assertThat(screen.err())
                .contains("Nothing is decided under the link qualifier other here; there are: default.");
        assertThat(concord("explain", "hr-crm", "nobody", "--target")).isZero();
        assertThat(screen.out()).contains("nobody (does not exist)", "Nothing is decided about it from this side.");
    }

    /** What an analysis of this one id reports. */
    private Map<String, Object> analysed(String id) {
        concord("run", "hr-crm", "--id", id, "--analyze", "--json");
        String run = String.valueOf(Json.readObject(screen.out()).get("_id"));
        assertThat(concord("report", run, "--json")).isZero();
        return Json.readObject(screen.out());
    }

    private Map<String, Object> decision(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        assertThat(concord(all.toArray(String[]::new))).as(screen.err()).isZero();
        List<?> decisions =
                (List<?>) Objects.requireNonNull(Json.readObject(screen.out()).get("decisions"));
        assertThat(decisions).hasSize(1);
        return Json.readObject(Json.write(decisions.getFirst()));
    }

    private int concord(String... arguments) {
        screen = TestScreen.file();
        return ConcordCommand.execute(CommandLineApplication.class, new Home(home), screen.screen(), arguments);
    }
}
