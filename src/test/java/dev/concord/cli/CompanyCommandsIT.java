package dev.concord.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.CommandLineApplication;
import dev.concord.record.Json;
import dev.concord.run.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Commands as people type them, over a tiny company and an embedded database in a folder of its own. */
@ExtendWith(OutputCaptureExtension.class)
class CompanyCommandsIT {

    @TempDir
    private Path home;

    private TestScreen screen = TestScreen.file();

    @BeforeEach
    void makeHome() throws IOException {
        TinyCompany.writeTo(home);
    }

    @Test
    void beforeAnythingWasRunTheAnswersSaySo() {
        assertThat(concord("status")).isZero();
        assertThat(screen.out()).contains("Nothing was run yet", "./concord mappings");
        assertThat(concord("runs")).isZero();
        assertThat(screen.out()).isEmpty();
        assertThat(concord("runs", "--json")).isZero();
        assertThat((List<?>) Json.read(screen.out())).isEmpty();
        assertThat(concord("db", "info", "--json")).isZero();
        assertThat(Json.readObject(screen.out()))
                .containsKey("migrations")
                .extracting("url")
                .asString()
                .startsWith("jdbc:h2:file:");
    }

    @Test
    void infoLeavesTheDatabaseAsItIsAndMigrateBringsItUpToDate() {
        assertThat(concord("db", "info")).isZero();
        assertThat(screen.out()).contains("Pending").doesNotContain("Success");
        assertThat(concord("db", "migrate")).isZero();
        assertThat(screen.out()).contains("applied 1 links and ledger");
        assertThat(concord("db", "migrate")).isZero();
        assertThat(screen.out()).contains("up to date");
        assertThat(concord("db", "info")).isZero();
        assertThat(screen.out()).contains("Success").doesNotContain("Pending");
    }

    @Test
    void aRunIsToldInATableAndTheSecondOneFindsEverythingDone() throws IOException {
        assertThat(concord("run", "hr-users")).as(screen.err()).isZero();
        assertThat(screen.outLines())
                .contains("ABSENT     CREATE     4       0")
                .anyMatch(line -> line.startsWith("targets created 4,"));
        assertThat(screen.err()).contains("source: 4 records");

        assertThat(concord("run", "hr-users", "--json")).isZero();
        Map<String, ?> run = Json.readObject(screen.out());
        assertThat(run.get("state")).isEqualTo("SUCCESS");
        assertThat((Map<?, ?>) run.get("situationSummary"))
                .hasSize(13)
                .extracting("CONFIRMED")
                .isEqualTo(4);
        assertThat((Map<?, ?>) run.get("statusSummary")).extracting("SUCCESS").isEqualTo(4);
        assertThat((Map<?, ?>) run.get("effects")).extracting("unchanged").isEqualTo(4);

        String shortId = String.valueOf(run.get("_id")).substring(0, 8);
        assertThat(concord("status", shortId, "--json")).isZero();
        assertThat(Json.readObject(screen.out()))
                .containsEntry("ops", run.get("ops"))
                .containsEntry("ended", run.get("ended"));
        assertThat(concord("runs", "hr-users")).isZero();
        assertThat(screen.outLines()).hasSize(3).element(1).asString().startsWith(shortId);
    }

    @Test
    void aReportShowsWhatChangedAndNeverASensitiveValue() throws IOException {
        concord("run", "hr-users");
        Files.writeString(
                home.resolve("jobs/data/people.csv"),
                TinyCompany.PEOPLE.replace("ada@", "countess@").replace(",100", ",987654"));
        concord("run", "hr-users", "--json");
        String run = String.valueOf(Json.readObject(screen.out()).get("_id"));

        assertThat(concord("report", run)).isZero();
        assertThat(screen.out())
                .contains(
                        "CONFIRMED",
                        "~ mail    ada@example.com → countess@example.com",
                        "~ salary  (not shown) → (not shown)")
                .doesNotContain("987654");
        assertThat(concord("report", run, "--json")).isZero();
        assertThat(screen.outLines())
                .singleElement()
                .asString()
                .contains("countess@example.com")
                .doesNotContain("987654");
        assertThat(concord("report", run, "--status", "failure")).isZero();
        assertThat(screen.out()).isEmpty();
        assertThat(screen.err()).contains("No entry of run");
    }

    @Test
    void faultsOfWebhooksAndSchedulesAreNoReasonAgainstAMapping() throws IOException {
        TinyCompany.write(home, "jobs/webhooks/chat.yaml", "url: https://chat.example\nsecret: in-clear\n");
        assertThat(concord("run", "nobody")).isEqualTo(2);
        assertThat(screen.err())
                .contains("There is no mapping nobody; there are: hr-users.")
                .doesNotContain("chat.yaml");
    }

    @Test
    void aColumnThatHasAnotherNameEmptiesNothing() throws IOException {
        concord("run", "hr-users");
        TinyCompany.write(home, "jobs/data/people.csv", TinyCompany.PEOPLE.replace("mail,", "email,"));
        assertThat(concord("run", "hr-users")).isEqualTo(1);
        assertThat(screen.out() + screen.err())
                .contains("jobs/hr-users.yaml:7 reads \"mail\"", "did you mean email?", "Nothing was done");
        concord("query", "managed/account", "--json");
        assertThat(screen.out()).contains("ada@example.com");
    }

    @Test
    void whatIsDeclaredSensitiveLaterIsNotShownOfOlderRunsAndStillComesBack() throws IOException {
        concord("run", "hr-users");
        TinyCompany.write(
                home,
                "jobs/data/people.csv",
                TinyCompany.PEOPLE.replace("ada@", "countess@").replace("Grace", "Hopper"));
        concord("run", "hr-users", "--json");
        String run = String.valueOf(Json.readObject(screen.out()).get("_id"));
        concord("report", run, "--json");
        assertThat(screen.out()).contains("countess@example.com", "Grace", "Hopper");

        Path people = home.resolve("jobs/systems/hr.yaml");
        TinyCompany.write(
                home,
                "jobs/systems/hr.yaml",
                Files.readString(people)
                        .replace(
                                "attributes:",
                                "attributes:\n      mail: {sensitive: true}\n      name: {sensitive: true}"));
        for (String format : List.of("table", "json", "csv")) {
            assertThat(concord("report", run, "--format", format))
                    .as(screen.err())
                    .isZero();
            assertThat(screen.out())
                    .contains("CONFIRMED")
                    .doesNotContain("countess@", "ada@", "Grace", "Hopper", "Ada");
        }
        assertThat(concord("report", run, "--filter", "display/source/name eq \"Hopper\""))
                .isZero();
        assertThat(screen.err()).contains("No entry of run");

        assertThat(concord("undo", run)).as(screen.err()).isZero();
        assertThat(screen.out()).doesNotContain("countess@", "ada@", "Grace", "Hopper");
        assertThat(concord("query", "managed/account")).isZero();
        assertThat(screen.out()).contains("ada@example.com", "Grace").doesNotContain("countess@", "Hopper");
    }

    @Test
    void reportsForSpreadsheetsHoldNoFormulas() {
        concord("run", "hr-users", "--json");
        String run = String.valueOf(Json.readObject(screen.out()).get("_id"));
        assertThat(concord("report", run, "--format", "csv", "--situation", "ABSENT"))
                .isZero();
        assertThat(screen.outLines()).hasSize(5).first().asString().startsWith("run,mapping,situation");
    }

    @Test
    void anAnalysisWritesNothing() {
        assertThat(concord("run", "hr-users", "--analyze")).isZero();
        assertThat(screen.out()).contains("looked at", "would have: targets created 4");
        assertThat(concord("query", "managed/account", "--json")).isZero();
        assertThat((List<?>) Json.read(screen.out())).isEmpty();
        assertThat(concord("links", "hr-users", "--json")).isZero();
        assertThat((List<?>) Json.read(screen.out())).isEmpty();
    }

    @Test
    void singleRecordsAndSelectionsCanBeRun() {
        assertThat(concord("run", "hr-users", "--id", "2", "--id", "99")).isZero();
        assertThat(screen.out()).contains("2 source records", "single ids");
        assertThat(concord("run", "hr-users", "--where", "name eq \"Ada\"")).isZero();
        assertThat(screen.out()).contains("1 source record,", "filter");
        assertThat(concord("links", "hr-users", "--source", "2", "--json")).isZero();
        assertThat((List<?>) Json.read(screen.out())).hasSize(1);
        assertThat(concord("links", "hr-users")).isZero();
        assertThat(screen.outLines()).hasSize(3);
    }

    @Test
    void oneActionIsDoneForOneRecord() {
        assertThat(concord("perform", "create", "hr-users", "--source", "2")).isZero();
        assertThat(screen.out()).contains("one action", "ABSENT     CREATE  SUCCESS  2", "+ userName");
        assertThat(concord("perform", "UPDATE", "hr-users", "--source", "2", "--situation", "ABSENT"))
                .isEqualTo(3);
        assertThat(screen.out()).contains("The situation is CONFIRMED, not ABSENT");
        assertThat(concord("perform", "UNLINK", "hr-users", "--source", "2", "--json"))
                .isZero();
        assertThat(Json.readObject(screen.out()))
                .containsEntry("kind", "ACTION")
                .extractingByKey("entries")
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("action", "UNLINK")
                .containsEntry("status", "SUCCESS");
        assertThat(concord("runs")).isZero();
        assertThat(screen.out()).contains("UNLINK by " + System.getProperty("user.name"));
        assertThat(concord("perform", "DELETE", "hr-users")).isEqualTo(2);
        assertThat(screen.err()).contains("Name the record");
        assertThat(concord("perform", "PROMOTE", "hr-users", "--source", "2")).isEqualTo(2);
        assertThat(concord("perform", "CREATE", "nobody", "--source", "2")).isEqualTo(2);
    }

    @Test
    void aLinkIsMovedAndTheReportSaysFromWhereToWhere() {
        assertThat(concord("run", "hr-users")).isZero();
        assertThat(concord("links", "hr-users", "--source", "2", "--json")).isZero();
        String account = String.valueOf(((Map<?, ?>) ((List<?>) Json.read(screen.out())).getFirst()).get("targetId"));
        assertThat(concord("relink", "hr-users", "--source", "1", "--target", account))
                .isEqualTo(3);
        assertThat(screen.out()).contains("is linked to source 2", "force");
        assertThat(concord("relink", "hr-users", "--source", "1", "--target", account, "--force"))
                .isZero();
        assertThat(screen.out()).contains("linked now: 1 → " + account, "Source 2 has no link any more.");
        assertThat(concord("runs", "--limit", "1")).isZero();
        assertThat(screen.out()).contains("relink by " + System.getProperty("user.name"));
        assertThat(concord("links", "hr-users", "--target", account, "--json")).isZero();
        assertThat((List<?>) Json.read(screen.out()))
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("sourceId", "1");
        assertThat(concord("links", "hr-users", "--source", "2", "--json")).isZero();
        assertThat((List<?>) Json.read(screen.out())).isEmpty();
    }

    @Test
    void objectsAreShownWithoutTheirSensitiveValues() {
        assertThat(concord("query", "system/hr/person", "--filter", "name eq \"Ada\"", "--json"))
                .isZero();
        assertThat((List<?>) Json.read(screen.out()))
                .singleElement()
                .isInstanceOfSatisfying(
                        Map.class, person -> assertThat(person.get("salary")).isEqualTo("(not shown)"));
        assertThat(concord("query", "system/hr/person", "--fields", "name,salary", "--limit", "2"))
                .isZero();
        assertThat(screen.outLines()).containsExactly("name  salary", "Ada   (not shown)", "松本  (not shown)");
        assertThat(screen.err()).contains("There are more");
    }

    @Test
    void brokenRecordsAreFailuresAndTheExitCodeIsThree() throws IOException {
        Files.writeString(
                home.resolve("jobs/data/people.csv"), TinyCompany.PEOPLE + "5,Too,few\n1,Ada,again@example.com,1\n");
        assertThat(concord("run", "hr-users")).isEqualTo(3);
        assertThat(screen.out()).contains("failures: 2 data", "--status FAILURE");
        assertThat(concord("query", "system/hr/person", "--json")).isEqualTo(3);
        assertThat((List<?>) Json.read(screen.out())).hasSize(4);
        assertThat(screen.err()).contains("line 6", "line 7");
    }

    @Test
    void anEmptySourceIsStoppedByAGuardAndNotWithAStackTrace(CapturedOutput log) throws IOException {
        Files.writeString(home.resolve("jobs/data/people.csv"), "number,name,mail,salary\n");
        assertThat(concord("run", "hr-users")).isEqualTo(4);
        assertThat(screen.out()).contains("Cannot reconcile from an empty data source");
        assertThat(screen.err() + log.getErr()).doesNotContain("Exception", "EmptySource", "\tat ");
    }

    @Test
    void whatAGuardStoppedIsApprovedOrDenied() {
        assertThat(concord("run", "hr-users", "--threshold", "creates=2")).isEqualTo(4);
        assertThat(screen.err())
                .contains("Guards: creates 2 (for this run); deletes with unlinks 10 % (at least 20, at most half)");
        assertThat(screen.out()).contains("waits for approval", "4 targets created so far; allowed are 2.", "approve");
        assertThat(concord("status")).isZero();
        assertThat(screen.out()).contains("waiting  run", "4 targets created so far");
        assertThat(concord("runs", "--json")).isZero();
        String run = String.valueOf(((Map<?, ?>) ((List<?>) Json.read(screen.out())).getFirst()).get("_id"));
        assertThat(concord("approve", run.substring(0, 8), "--why", "All are new."))
                .as(screen.err())
                .isZero();
        assertThat(screen.out()).contains("Approved by " + System.getProperty("user.name"), "All are new.");
        assertThat(concord("approve", run)).isEqualTo(2);
        assertThat(screen.err()).contains("is done");

        assertThat(concord("run", "hr-users", "--threshold", "updates=none", "--threshold", "sourceShrink=0"))
                .isZero();
        assertThat(concord("run", "hr-users", "--threshold", "mistakes=1")).isEqualTo(2);
        assertThat(screen.err()).contains("There is no guard mistakes", "sourceShrink=LIMIT");
        assertThat(concord("run", "hr-users", "--threshold", "deletes=many")).isEqualTo(2);
        assertThat(concord("run", "hr-users", "--threshold", "deletes")).isEqualTo(2);
        assertThat(screen.err()).contains("allowed: a number of records such as 20");
    }

    @Test
    void whoDeniesARunEndsIt() throws IOException {
        Files.writeString(home.resolve("jobs/data/people.csv"), "number,name,mail,salary\n");
        assertThat(concord("run", "hr-users", "--json")).isEqualTo(4);
        String run = String.valueOf(Json.readObject(screen.out()).get("_id"));
        assertThat(concord("deny", run, "--why", "Ask HR")).isZero();
        assertThat(screen.out()).contains("Denied by " + System.getProperty("user.name") + ": Ask HR.");
        assertThat(concord("restart", run)).isEqualTo(2);
        assertThat(concord("approve", run)).isEqualTo(2);
        assertThat(concord("report", run)).isZero();
        assertThat(screen.err()).contains("the run is DENIED");
        assertThat(concord("status", run, "--json")).isZero();
        assertThat((List<?>) Json.readObject(screen.out()).get("trips"))
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("guard", "emptySource")
                .containsEntry("decision", "DENIED")
                .containsEntry("reason", "Ask HR");
    }

    @Test
    void aMissingFileFailsTheRunWhichCanBeContinuedOnceItIsThere() throws IOException {
        Files.delete(home.resolve("jobs/data/people.csv"));
        assertThat(concord("run", "hr-users", "--json")).isEqualTo(1);
        String run = String.valueOf(Json.readObject(screen.out()).get("_id"));
        TinyCompany.writeTo(home);
        assertThat(concord("restart", run.substring(0, 8))).as(screen.err()).isZero();
        assertThat(screen.outLines()).contains("ABSENT     CREATE     4       0");
        assertThat(concord("restart", run)).isEqualTo(2);
        assertThat(screen.err()).contains("is done");
    }

    @Test
    void whatUsersGetWrongIsSaidInASentence() throws IOException {
        assertThat(concord("run", "nobody")).isEqualTo(2);
        assertThat(screen.err())
                .contains("There is no mapping nobody; there are: hr-users.")
                .doesNotContain("\tat ");
        assertThat(concord("run", "hr-users", "--where", "name is Ada")).isEqualTo(2);
        assertThat(screen.err()).contains("The filter cannot be read").doesNotContain("\tat ");
        assertThat(concord("run", "hr-users", "--id", "1", "--where", "true")).isEqualTo(2);
        assertThat(concord("query", "managed/nobody")).isEqualTo(2);
        assertThat(screen.err()).contains("managed/account").doesNotContain("\tat ");
        assertThat(concord("report", "abcdef12")).isEqualTo(2);
        assertThat(screen.err()).contains("There is no run abcdef12", "./concord runs");
        Files.writeString(home.resolve("jobs/hr-users.yaml"), "name: hr-users\nsource: system/hr/persn\n");
        assertThat(concord("run", "hr-users")).isEqualTo(2);
        assertThat(screen.err()).contains("jobs/hr-users.yaml:2 /source").doesNotContain("\tat ");
    }

    @Test
    void anUnreachableDatabaseIsNamedWithoutItsPassword() throws IOException {
        TinyCompany.write(home, "database.yaml", """
                spring.datasource:
                  url: jdbc:mysql://127.0.0.1:1/concord?password=s3cret
                """);
        String before = System.setProperty(
                "spring.config.additional-location",
                home.resolve("database.yaml").toUri().toString());
        try {
            assertThat(concord("status")).isEqualTo(1);
        } finally {
            if (before == null) {
                System.clearProperty("spring.config.additional-location");
            } else {
                System.setProperty("spring.config.additional-location", before);
            }
        }
        assertThat(screen.err())
                .startsWith(
                        "concord: The platform database jdbc:mysql://127.0.0.1:1/concord cannot be used: nothing answers there")
                .doesNotContain("s3cret", "\tat ", "Exception");
    }

    private int concord(String... arguments) {
        screen = TestScreen.file();
        return ConcordCommand.execute(CommandLineApplication.class, new Home(home), screen.screen(), arguments);
    }
}
