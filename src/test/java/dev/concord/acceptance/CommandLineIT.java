package dev.concord.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.list;

import dev.concord.acceptance.Launcher.Answer;
import dev.concord.record.Json;
import dev.concord.testing.CompanyHome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What the README promises to somebody who types the commands, on a home that holds nothing but {@code jobs/}. */
@TestInstance(Lifecycle.PER_CLASS)
class CommandLineIT {

    private static final int DONE = 0;
    private static final int MISUSED = 2;
    private static final int RECORDS_FAILED = 3;
    private static final int GUARDED = 4;

    private final Expected expected = Expected.read();
    private CompanyHome home;
    private Launcher concord;

    private Answer first;
    private Contents afterFirst;
    private Answer second;
    private Contents afterSecond;
    private Answer edited;
    private Answer contractors;

    @BeforeAll
    void runWhatComesFirst(@TempDir Path folder) throws Exception {
        home = CompanyHome.in(folder.resolve("home"));
        concord = new Launcher(home.folder(), folder);
        first = concord.run("run", "hr-to-users");
        afterFirst = rows(home);
        second = concord.run("run", "hr-to-users", "--json");
        afterSecond = rows(home);
        CompanyStory.edit(home, expected.edits());
        edited = concord.run("run", "hr-to-users", "--json");
        contractors = concord.run("run", "contractors-to-users", "--json");
    }

    @Test
    void theFirstRunShowsItsTableAndWhereToLookNext() {
        assertThat(first.exitCode()).as(first.err()).isEqualTo(DONE);
        for (Expected.Op op : expected.run(1, "hr-to-users").ops()) {
            assertThat(first.out())
                    .containsPattern(op.situation() + " +" + op.action() + " +" + op.success() + " +" + op.failure());
        }
        assertThat(first.out()).containsPattern("concord --home \\S+ report [0-9a-f]{8}");
    }

    @Test
    void theSecondRunChangesNoRow() {
        assertThat(second.exitCode()).as(second.err()).isEqualTo(DONE);
        assertThat(changes(second)).isEqualTo(changes(expected.run(2, "hr-to-users")));
        afterSecond.assertEqualTo(afterFirst);
        long created = expected.run(1, "hr-to-users").changes().get("created");
        assertThat(afterFirst.lines().get("managed_alpha_user")).hasSize((int) created);
        assertThat(afterFirst.lines().get("link")).hasSize((int) created);
    }

    @Test
    void anEditARowAddedAndARowRemovedAreThreeChanges() throws Exception {
        Expected.Edits edits = expected.edits();
        assertThat(edited.exitCode()).as(edited.err()).isEqualTo(edits.nextRun().exitCode());
        assertThat(ops(edited)).isEqualTo(ops(edits.nextRun()));
        assertThat(changes(edited)).isEqualTo(changes(edits.nextRun()));
        Answer report = concord.run("report", id(edited), "--situation", "CONFIRMED");
        assertThat(report.exitCode()).as(report.err()).isEqualTo(DONE);
        Expected.Change difference = edits.edit().difference();
        assertThat(report.out())
                .contains(edits.edit().id(), difference.attribute(), difference.before(), difference.after());
    }

    @Test
    void badRecordsAreNamedAndAllOthersAreDone() throws Exception {
        assertThat(contractors.exitCode()).as(contractors.err()).isEqualTo(RECORDS_FAILED);
        assertThat(ops(contractors)).isEqualTo(ops(expected.run(1, "contractors-to-users")));
        Answer report = concord.run("report", id(contractors), "--status", "FAILURE");
        assertThat(report.exitCode()).as(report.err()).isEqualTo(DONE);
        assertThat(report.out())
                .containsPattern("C-0118[^\n]*\n[^\n]*more than once")
                .containsPattern("C-0199[^\n]*\n[^\n]*13 columns; the header row has 12");
        assertThat(report.out().lines().filter(line -> line.contains("FAILURE")))
                .hasSize(2);
    }

    @Test
    void queriesAnswerInJson() throws Exception {
        Answer answer =
                concord.run("query", "managed/alpha_user", "--filter", "sn sw \"M\" and !(active eq false)", "--json");
        assertThat(answer.exitCode()).as(answer.err()).isEqualTo(DONE);
        assertThat(Json.read(answer.out()))
                .asInstanceOf(list(Map.class))
                .hasSizeGreaterThan(10)
                .allSatisfy(user -> {
                    assertThat(user.get("sn")).asString().startsWithIgnoringCase("m");
                    assertThat(user.get("active")).isNotEqualTo(false);
                });
    }

    @Test
    void runsAndTheirStateAreListed() throws Exception {
        assertThat(concord.run("status").out()).contains("Nothing is running", "contractors-to-users", "SUCCESS");
        Answer runs = concord.run("runs", "--json");
        assertThat(runs.exitCode()).as(runs.err()).isEqualTo(DONE);
        assertThat(Json.read(runs.out()))
                .asInstanceOf(list(Map.class))
                .extracting(run -> run.get("mapping"))
                .contains("contractors-to-users")
                .filteredOn("hr-to-users"::equals)
                .hasSizeGreaterThanOrEqualTo(3);
        Answer one = concord.run("status", id(contractors), "--json");
        assertThat(Json.readObject(one.out())).containsEntry("_id", id(contractors));
    }

    @Test
    void theDefinitionsHaveNoFaults() throws Exception {
        Answer answer = concord.run("validate");
        assertThat(answer.exitCode()).as(answer.out() + answer.err()).isEqualTo(DONE);
    }

    @Test
    void aMappingThatIsNotThereIsNamedBesideThoseThatAre() throws Exception {
        Answer answer = concord.run("run", "hr-to-nobody");
        assertThat(answer.exitCode()).isEqualTo(MISUSED);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains("hr-to-nobody", "hr-to-users").doesNotContain("\tat ");
    }

    @Test
    void anEmptySourceStopsTheRunBeforeItDoesHarm() throws Exception {
        Path folder = Files.createDirectory(concord.scratch().resolve("emptied"));
        CompanyHome emptied = home.copyTo(folder);
        Path employees = folder.resolve(expected.edits().file());
        Files.writeString(
                employees, CompanyHome.read(employees).lines().findFirst().orElseThrow() + "\n", UTF_8);
        Contents before = rows(emptied);
        Answer answer = new Launcher(folder, concord.scratch()).run("run", "hr-to-users");
        assertThat(answer.exitCode()).as(answer.err()).isEqualTo(GUARDED);
        assertThat(answer.out() + answer.err()).contains("empty").doesNotContain("\tat ");
        rows(emptied).assertEqualTo(before);
    }

    private static Contents rows(CompanyHome home) {
        String url = "jdbc:h2:file:" + home.folder().resolve("data").resolve("concord");
        return Contents.rows(new JdbcTemplate(new DriverManagerDataSource(url)));
    }

    private static String id(Answer run) {
        return (String) Json.readObject(run.out()).get("_id");
    }

    /** Situations, actions and how it went, with their numbers, as {@code --json} tells them. */
    private static Map<String, Long> ops(Answer run) {
        Map<String, Long> ops = new TreeMap<>();
        for (Object op : (List<?>) Json.readObject(run.out()).get("ops")) {
            Map<?, ?> members = (Map<?, ?>) op;
            String outcome = members.get("outcome").equals("SUCCESS") ? "SUCCESS" : "FAILURE";
            ops.merge(
                    members.get("situation") == null
                            ? "no situation " + outcome
                            : members.get("situation") + " " + members.get("action") + " " + outcome,
                    ((Number) members.get("count")).longValue(),
                    Long::sum);
        }
        return ops;
    }

    private static Map<String, Long> ops(Expected.Run run) {
        Map<String, Long> ops = new TreeMap<>(run.numbers());
        ops.keySet()
                .removeIf(name -> name.startsWith("status ")
                        || name.startsWith("failures ")
                        || name.startsWith("changes ")
                        || name.equals("exit code"));
        return ops;
    }

    private static Map<String, Long> changes(Answer run) {
        Map<String, Long> changes = new TreeMap<>();
        ((Map<?, ?>) Json.readObject(run.out()).get("effects")).forEach((name, number) -> {
            if (((Number) number).longValue() != 0) {
                changes.put((String) name, ((Number) number).longValue());
            }
        });
        return changes;
    }

    private static Map<String, Long> changes(Expected.Run run) {
        Map<String, Long> changes = new TreeMap<>(run.changes());
        changes.values().removeIf(number -> number == 0);
        return changes;
    }
}
