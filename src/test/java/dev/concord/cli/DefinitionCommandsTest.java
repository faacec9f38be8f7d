package dev.concord.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import dev.concord.record.Json;
import dev.concord.run.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that only read files. They must not start Spring: there is no application here to start. */
class DefinitionCommandsTest {

    @TempDir
    private Path home;

    private TestScreen screen = TestScreen.file();

    @BeforeEach
    void makeHome() throws IOException {
        TinyCompany.writeTo(home);
    }

    @Test
    void mappingsShowsWhatGoesWhere() {
        assertThat(concord("mappings")).isZero();
        assertThat(screen.outLines())
                .containsExactly(
                        "mapping   source → target                     properties  rules  links",
                        "hr-users  system/hr/person → managed/account           3      3  own");
    }

    @Test
    void mappingsAnswersInJson() {
        assertThat(concord("mappings", "--json")).isZero();
        assertThat((List<?>) Json.read(screen.out()))
                .singleElement()
                .isInstanceOfSatisfying(
                        Map.class, mapping -> assertThat(mapping.get("name")).isEqualTo("hr-users"));
    }

    @Test
    void whatUsesAnAttributeIsShownWithFileAndLine() {
        assertThat(concord("mappings", "--using", "managed/account.mail")).isZero();
        assertThat(screen.outLines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("jobs/managed/account.yaml:4 "))
                .anyMatch(line -> line.matches("jobs/hr-users.yaml:7 +hr-users, row for mail +writes +mail +.*"));
    }

    @Test
    void whatUsesAnAttributeAnswersInJson() {
        assertThat(concord("mappings", "--using", "managed/account.mail", "--json"))
                .isZero();
        assertThat(Json.readObject(screen.out()))
                .containsEntry("objectSet", "managed/account")
                .containsEntry("attribute", "mail")
                .extractingByKey("uses")
                .asInstanceOf(LIST)
                .last()
                .asInstanceOf(MAP)
                .containsEntry("file", "jobs/hr-users.yaml")
                .containsEntry("line", 7)
                .containsEntry("owner", "hr-users")
                .containsEntry("use", "writes");
    }

    @Test
    void anUnknownTypeIsAnsweredWithTheRightOne() {
        assertThat(concord("mappings", "--using", "managed/acount")).isEqualTo(2);
        assertThat(screen.err()).contains("did you mean managed/account?");
    }

    @Test
    void anUnknownAttributeIsAnsweredWithTheRightOne() {
        assertThat(concord("mappings", "--using", "managed/account.mial")).isZero();
        assertThat(screen.out()).isEmpty();
        assertThat(screen.err()).contains("did you mean mail?", "Nothing uses managed/account.mial.");
    }

    @Test
    void validDefinitionsAreSaidToBeSo() {
        assertThat(concord("validate")).isZero();
        assertThat(screen.out()).isEmpty();
        assertThat(screen.err()).startsWith("1 usable mapping, 1 system, 1 managed type, 0 schedules: 0 errors");
    }

    @Test
    void everyFaultIsShownAndTheExitCodeIsTwo() throws IOException {
        Files.writeString(home.resolve("jobs/broken.yaml"), "name: broken\nsource: system/hr/persn\n");
        assertThat(concord("validate")).isEqualTo(2);
        assertThat(screen.outLines())
                .anyMatch(line -> line.startsWith("jobs/broken.yaml:2 /source") && line.contains("system/hr/person"))
                .anyMatch(line -> line.startsWith("jobs/broken.yaml") && line.contains("target"));
    }

    @Test
    void faultsOfOtherFilesAreLeftOutWhenAFileIsNamed() throws IOException {
        Files.writeString(home.resolve("jobs/broken.yaml"), "name: broken\n");
        assertThat(concord("validate", "jobs/hr-users.yaml")).isZero();
        assertThat(concord("validate", home.resolve("jobs/broken.yaml").toString()))
                .isEqualTo(2);
    }

    @Test
    void faultsAnswerInJson() throws IOException {
        Files.writeString(home.resolve("jobs/broken.yaml"), "name: broken\n");
        assertThat(concord("validate", "--json")).isEqualTo(2);
        assertThat(Json.readObject(screen.out())).containsEntry("valid", false).containsKey("faults");
    }

    @Test
    void aFileOutsideJobsIsRefused() {
        assertThat(concord("validate", "/etc/hostname")).isEqualTo(2);
        assertThat(screen.err()).contains("There is no file /etc/hostname below");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mapping", "system", "managed", "key", "schedule", "webhook"})
    void schemasArePrintedAsTheyAre(String kind) {
        assertThat(concord("schema", kind)).isZero();
        assertThat(Json.readObject(screen.out())).containsKey("$schema");
    }

    @Test
    void withoutAWordThereIsAHint() {
        assertThat(concord()).isEqualTo(2);
        assertThat(screen.err()).contains("a command is missing", "./concord --help");
        assertThat(screen.out()).isEmpty();
    }

    @Test
    void aMisspelledCommandIsAnsweredWithTheRightOne() {
        assertThat(concord("reprot")).isEqualTo(2);
        assertThat(screen.err()).contains("reprot", "concord report");
    }

    @Test
    void anOptionThatIsNotKnownNamesTheCommandsOwnHelp() {
        assertThat(concord("validate", "--nonsense")).isEqualTo(2);
        assertThat(screen.err())
                .contains("--nonsense", "./concord validate --help")
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "restart",
                "status",
                "runs",
                "report",
                "validate",
                "convert",
                "mappings",
                "schema",
                "query",
                "links",
                "db"
            })
    void everyCommandHasHelp(String command) {
        assertThat(concord(command, "--help")).isZero();
        assertThat(screen.out()).startsWith("Usage: concord " + command).doesNotContain("${");
    }

    private int concord(String... arguments) {
        screen = TestScreen.file();
        return ConcordCommand.execute(Object.class, new Home(home), screen.screen(), arguments);
    }

    @Test
    void scriptsThatAreNoJavaScriptAreErrorsOfTheirMapping() throws IOException {
        Path mapping = home.resolve("jobs/hr-users.yaml");
        Files.writeString(mapping, Files.readString(mapping) + """
                        validSource: "source.active =="
                        onCreate: |
                          var x = 1;
                          x x;
                        onUpdate: {file: scripts/update.js}
                        """);
        Files.createDirectories(home.resolve("jobs/scripts"));
        Files.writeString(home.resolve("jobs/scripts/update.js"), "var y = 1;\n\nif (y {\n");
        assertThat(concord("validate")).isEqualTo(ExitCode.MISUSED);
        long lines = Files.readString(mapping).lines().count();
        assertThat(screen.outLines())
                .anyMatch(line -> line.matches("jobs/hr-users.yaml:" + (lines - 4) + " /validSource  .*Expected.*"))
                .anyMatch(line -> line.matches("jobs/hr-users.yaml:" + (lines - 1) + " /onCreate  .*Expected.*"))
                .anyMatch(line -> line.matches(
                        "jobs/hr-users.yaml:" + lines + " /onUpdate/file  .*scripts/update.js:3.*Expected.*"));
        assertThat(concord("validate", "--json")).isEqualTo(ExitCode.MISUSED);
        assertThat(Json.readObject(screen.out())).containsEntry("valid", false);
    }
}
