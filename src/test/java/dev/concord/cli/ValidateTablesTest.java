package dev.concord.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.CommandLineApplication;
import dev.concord.run.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What databases hold is held against the definitions, and every command says in the same words what does not fit. */
class ValidateTablesTest {

    @TempDir
    private Path home;

    @BeforeEach
    void define() throws Exception {
        write("systems/here.yaml", """
                name: here
                type: jdbc
                datasource: platform
                objects:
                  person: {table: nobody, id: id}
                  run: {table: recon_run, id: mapping}
                  column: {table: recon_run, id: run_id, attributes: {name: nam}}
                  fine: {table: recon_run, id: run_id}
                """);
        write("systems/there.yaml", """
                name: there
                type: jdbc
                url: jdbc:mysql://127.0.0.1:1/nothing
                username: nobody
                objects:
                  person: {table: person, id: id}
                """);
        write("managed/account.yaml", "name: account\nattributes:\n  name: {type: string}\n");
        write("people.yaml", """
                name: people
                source: system/here/person
                target: managed/account
                properties:
                  - {target: name, source: name}
                policies:
                  - {situation: ABSENT, action: CREATE}
                """);
    }

    @Test
    void validateNamesTablesColumnsAndIdsThatDoNotFitAndSystemsThatItCannotAsk() {
        TestScreen screen = TestScreen.file();
        assertThat(concord(screen, "validate")).isEqualTo(ExitCode.MISUSED);
        assertThat(screen.out().lines())
                .anyMatch(line -> line.startsWith("jobs/systems/here.yaml:5") && line.contains("'nobody'"))
                .anyMatch(line -> line.startsWith("jobs/systems/here.yaml:6") && line.contains("unique index"))
                .anyMatch(line -> line.startsWith("jobs/systems/here.yaml:7") && line.contains("'nam'"))
                .noneMatch(line -> line.startsWith("jobs/systems/here.yaml:8"))
                .anyMatch(line -> line.startsWith("jobs/systems/there.yaml:1") && line.contains("warning"));
        assertThat(screen.err()).contains("3 errors");
    }

    @Test
    void aRunAndAnExplanationSayWhatDoesNotFit() {
        TestScreen run = TestScreen.file();
        assertThat(concord(run, "run", "people")).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).contains("needs the table 'nobody'").doesNotContain("Exception");
        TestScreen explanation = TestScreen.file();
        assertThat(concord(explanation, "explain", "people", "1")).isEqualTo(ExitCode.MISUSED);
        assertThat(explanation.err()).contains("needs the table 'nobody'").doesNotContain("fault of Concord");
    }

    private void write(String file, String text) throws Exception {
        Path path = home.resolve("jobs").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private int concord(TestScreen screen, String... arguments) {
        return ConcordCommand.execute(CommandLineApplication.class, new Home(home), screen.screen(), arguments);
    }
}
