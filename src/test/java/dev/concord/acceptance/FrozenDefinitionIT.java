package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.run.DefinitionComparison;
import dev.concord.run.Reconciliations;
import dev.concord.run.RunsAtWork;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run goes on with the definition it was started with, whatever somebody did to the files in between; and it can be
 * seen what that was.
 */
class FrozenDefinitionIT {

    private static final int PEOPLE = 30;
    private static final String ACCOUNT = """
            name: account
            attributes:
              userName: {type: string}
              title: {type: string}
              team: {type: string}
            """;

    @TempDir
    Path folder;

    private TrapHome home;

    @BeforeEach
    void company() {
        home = new TrapHome(folder, Databases.H2);
        StringBuilder rows = new StringBuilder("number,name,team\n");
        for (int i = 0; i < PEOPLE; i++) {
            rows.append(100 + i).append(",Person ").append(i).append(",red\n");
        }
        home.write("jobs/data/people.csv", rows.toString());
        home.write("jobs/data/others.csv", "number,name,team\n999,Somebody Else,blue\n");
        home.write("jobs/systems/staff.yaml", """
                name: staff
                type: csv
                objects:
                  person: {file: ../data/people.csv, id: number}
                """);
        home.write("jobs/managed/account.yaml", ACCOUNT);
        home.write("jobs/managed/team.yaml", """
                name: team
                attributes:
                  colour: {type: string}
                """);
        home.write("jobs/scripts/title.js", "'T-' + source");
        home.write("jobs/owner.yaml", """
                name: owner
                source: system/staff/person
                target: managed/account
                """);
        home.write("jobs/people.yaml", """
                name: people
                source: system/staff/person
                target: managed/account
                links: owner
                taskThreads: 0
                feedSize: 10
                correlation: {any: [userName]}
                properties:
                  - {target: userName, source: name}
                  - {target: title, source: name, transform: {file: scripts/title.js}}
                  - {target: team, source: team, transform: "openidm.read('managed/team/t1').colour + ' ' + source"}
                """ + TrapHome.RULES);
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void aRestartUsesEveryPartOfTheFrozenDefinition() throws IOException {
        stoppedAfterAPage();

        home.write("jobs/scripts/title.js", "'CHANGED'");
        home.write("jobs/systems/staff.yaml", """
                name: staff
                type: csv
                objects:
                  person: {file: ../data/others.csv, id: name}
                """);
        home.write("jobs/managed/account.yaml", "name: account\nattributes:\n  userName: {type: integer}\n");
        Files.delete(folder.resolve("jobs/managed/team.yaml"));
        home.write("jobs/owner.yaml", """
                name: owner
                source: managed/account
                target: managed/account
                sourceIdsCaseSensitive: false
                """);
        home.write("jobs/people.yaml", "name: people\nsource: system/staff/person\ntarget: managed/account\n");

        RunView done = home.house().restart("frozen");

        assertThat(done.run().state()).as(done.run().message()).isEqualTo(RunState.SUCCESS);
        assertThat(home.failures(done)).isEmpty();
        assertThat(done.counts().get(Measure.CREATED)).isEqualTo(PEOPLE);
        home.write("jobs/managed/account.yaml", ACCOUNT);
        assertThat(home.objects("managed/account").values())
                .hasSize(PEOPLE)
                .allSatisfy(account -> assertThat(account)
                        .containsEntry("title", "T-" + account.get("userName"))
                        .containsEntry("team", "deep red"));
        assertThat(home.jdbc().queryForObject("select count(*) from link where link_type = 'owner'", Integer.class))
                .isEqualTo(PEOPLE);
    }

    @Test
    void aRestartNeedsNoneOfTheFilesOfTheDefinition() throws IOException {
        stoppedAfterAPage();
        for (String file : List.of(
                "people.yaml",
                "owner.yaml",
                "scripts/title.js",
                "systems/staff.yaml",
                "managed/account.yaml",
                "managed/team.yaml")) {
            Files.delete(folder.resolve("jobs").resolve(file));
        }
        RunView done = home.house().restart("frozen");
        assertThat(done.run().state()).as(done.run().message()).isEqualTo(RunState.SUCCESS);
        assertThat(home.failures(done)).isEmpty();
        assertThat(done.counts().get(Measure.CREATED)).isEqualTo(PEOPLE);
        DefinitionComparison definition = compare(done.run());
        assertThat(definition.todaysHash()).isNull();
        assertThat(definition.differences())
                .contains(
                        "the mapping people is not there, or has errors",
                        "scripts/title.js is gone, or no longer used");
    }

    @Test
    void statusSaysWhatDiffersFromTodayAndRepeatsNoValue() {
        RunView stopped = stoppedAfterAPage();
        assertThat(compare(stopped.run()).same()).isTrue();

        String mapping = home.read("jobs/people.yaml");
        home.write("jobs/scripts/title.js", "'hidden-title'");
        home.write(
                "jobs/people.yaml",
                mapping.replace(
                                "{target: userName, source: name}",
                                "{target: userName, source: name, default: hidden-default}")
                        .replace("feedSize: 10", "feedSize: 20"));
        home.write(
                "jobs/systems/staff.yaml", home.read("jobs/systems/staff.yaml").replace("people.csv", "others.csv"));
        home.write("jobs/owner.yaml", home.read("jobs/owner.yaml") + "# said in passing\n");

        DefinitionComparison definition = compare(stopped.run());
        assertThat(definition.same()).isFalse();
        assertThat(definition.todaysHash()).matches("[0-9a-f]{64}").isNotEqualTo(definition.frozenHash());
        assertThat(definition.differences())
                .containsExactly(
                        "mapping owner: comments or layout only",
                        "mapping people: feedSize changed",
                        "mapping people: properties[0].default added",
                        "scripts/title.js changed",
                        "system staff: objects.person.file changed");
    }

    @Test
    void theCommandsSayIt() throws Exception {
        home.write(
                "jobs/people.yaml",
                home.read("jobs/people.yaml")
                        .replace(", transform: \"openidm.read('managed/team/t1').colour + ' ' + source\"", ""));
        Launcher launcher = new Launcher(folder, folder);
        assertThat(launcher.run("db", "migrate").exitCode()).isZero();
        // The file is not there, so the run fails and can go on when it is.
        Path people = folder.resolve("jobs/data/people.csv");
        Path aside = folder.resolve("jobs/data/aside.csv");
        Files.move(people, aside);
        Launcher.Answer failed = launcher.run("run", "people", "--json");
        assertThat(failed.exitCode()).as(failed.err()).isEqualTo(1);
        Map<String, Object> run = dev.concord.record.Json.readObject(failed.out());
        String id = String.valueOf(run.get("_id"));
        assertThat(launcher.run("status", id).out())
                .contains("definition " + String.valueOf(run.get("closureHash")).substring(0, 12))
                .contains("as the files are today");

        home.write("jobs/people.yaml", home.read("jobs/people.yaml").replace("source: team}", "source: secretive}"));
        Launcher.Answer status = launcher.run("status", id);
        assertThat(status.out()).contains("differs in", "mapping people: properties[2].source changed");
        assertThat(status.out()).doesNotContain("secretive");
        Map<String, Object> json = dev.concord.record.Json.readObject(
                launcher.run("status", id, "--json").out());
        assertThat(json.get("definition"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("frozenHash", run.get("closureHash"))
                .containsEntry("same", false)
                .containsEntry("differences", List.of("mapping people: properties[2].source changed"));

        Files.move(aside, people);
        Launcher.Answer restarted = launcher.run("restart", id);
        assertThat(restarted.err())
                .contains("goes on with the definition it was started with", "today's differs in mapping people:")
                .doesNotContain("secretive");
        assertThat(restarted.out()).contains("targets created 30");
    }

    private DefinitionComparison compare(Run run) {
        return home.house().get(Reconciliations.class).compareDefinition(run);
    }

    private RunView stoppedAfterAPage() {
        home.house();
        try (dev.concord.system.ObjectSets sets = home.house()
                .get(dev.concord.system.ObjectSets.Factory.class)
                .of(home.house().get(Reconciliations.class).definitions())) {
            sets.open("managed/team")
                    .write(List.of(new dev.concord.system.Write.Create("t1", Map.of("colour", "deep"))));
        }
        AtomicBoolean asked = new AtomicBoolean();
        RunView stopped = home.house().run("people", "frozen", new RunListener() {
            @Override
            public void committed(Run run, Phase phase, Counts page) {
                if (!asked.getAndSet(true)) {
                    home.house().get(RunsAtWork.class).stopAll(House.ACTOR);
                }
            }
        });
        assertThat(stopped.run().state()).as(stopped.run().message()).isEqualTo(RunState.CANCELED);
        assertThat(stopped.counts().get(Measure.CREATED)).isBetween(1L, PEOPLE - 1L);
        return stopped;
    }
}
