package dev.concord.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.run.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Converting only reads and writes files. It must not start Spring: there is no application here to start. */
class ConvertCommandTest {

    private static final String ONE = """
            {"mappings": [{
              "name": "ping", "source": "system/hr/person", "target": "managed/account", "icon": "x",
              "properties": [{"target": "userName", "source": "name"}],
              "validSource": {"type": "text/javascript", "source": "source.name !== null"}}]}
            """;
    private static final String TWO = """
            {"mappings": [
              {"name": "a", "source": "system/hr/person", "target": "managed/account"},
              {"name": "b", "source": "system/hr/person", "target": "managed/account",
               "onLink": {"type": "groovy", "source": "x"}},
              {"name": "c", "source": "system/nowhere/yet", "target": "managed/account"}]}
            """;

    @TempDir
    private Path home;

    @TempDir
    private Path elsewhere;

    private TestScreen screen = TestScreen.file();

    @BeforeEach
    void makeHome() throws IOException {
        TinyCompany.writeTo(home);
    }

    @Test
    void oneMappingIsPrintedAndCanBeUsedAsItIs() throws IOException {
        Path file = write("sync.json", ONE);

        assertThat(concord("convert", file.toString())).isZero();
        assertThat(screen.out())
                .startsWith("# Converted from PingIDM's sync.json.\n# Situations without a rule had")
                .contains("name: ping\n", "validSource: source.name !== null\n", "icon: x\n");
        assertThat(screen.err()).contains(file + ":2 /mappings/0/icon  warning: the key \"icon\" is not known");

        Files.writeString(home.resolve("jobs/ping.yaml"), screen.out());
        assertThat(concord("validate", "jobs/ping.yaml")).isZero();
    }

    @Test
    void theHeadingNamesTheWholeFile() throws IOException {
        String name = "mappings-of-the-whole-installation-".repeat(4) + ".json";
        assertThat(concord("convert", write(name, ONE).toString())).isZero();
        assertThat(screen.out()).startsWith("# Converted from PingIDM's " + name + ".\n");
    }

    @Test
    void severalMappingsNeedAFolder() throws IOException {
        Path file = write("sync.json", TWO);

        assertThat(concord("convert", file.toString())).isEqualTo(2);
        assertThat(screen.out()).isEmpty();
        assertThat(screen.err()).contains("There are 3 mappings", "--out DIR");
    }

    @Test
    void aFaultyMappingIsNamedAndTheOthersAreWritten() throws IOException {
        Path file = write("sync.json", TWO);
        Path out = elsewhere.resolve("new/folder");

        assertThat(concord("convert", file.toString(), "--out", out.toString())).isEqualTo(2);
        assertThat(screen.outLines())
                .containsExactly(
                        out.resolve("a.yaml").toString(), out.resolve("c.yaml").toString());
        assertThat(out).isDirectoryContaining("glob:**/a.yaml").isDirectoryNotContaining("glob:**/b.yaml");
        assertThat(screen.err()).contains(file + ":4 /mappings/1/onLink/type  Groovy scripts are not run");
    }

    @Test
    void nothingIsReplacedUnlessThatIsAskedFor() throws IOException {
        Path file = write("sync.json", ONE);
        Path target = Files.writeString(elsewhere.resolve("ping.yaml"), "mine");

        assertThat(concord("convert", file.toString(), "--out", elsewhere.toString()))
                .isEqualTo(2);
        assertThat(screen.err()).contains(target + " is there already. With --force it is replaced.");
        assertThat(target).hasContent("mine");

        assertThat(concord("convert", file.toString(), "--force", "--out", elsewhere.toString()))
                .isZero();
        assertThat(target).content().startsWith("# Converted");
    }

    @Test
    void nothingIsWrittenWhenTwoMappingsBelongIntoOneFile() throws IOException {
        Path first = write("sync.json", ONE);
        Path second = write("mapping-ping.json", ONE);
        Path out = elsewhere.resolve("out");

        assertThat(concord("convert", first.toString(), second.toString(), "--out", out.toString()))
                .isEqualTo(2);
        assertThat(screen.err()).contains("Two mappings are named ping", "Nothing is written.");
        assertThat(out).doesNotExist();
    }

    @Test
    void whoConvertsInsideJobsIsToldThatTheMappingIsThereTwice() throws IOException {
        Files.writeString(home.resolve("jobs/sync.json"), ONE);

        assertThat(concord("convert", "sync.json", "--out", home.resolve("jobs").toString()))
                .isZero();
        assertThat(screen.err()).contains("sync.json out of jobs/ now: both files define the same mappings.");
        assertThat(concord("validate", "ping.yaml")).isEqualTo(2);
        Files.delete(home.resolve("jobs/sync.json"));
        assertThat(concord("validate")).isZero();
    }

    @Test
    void aNativeMappingBecomesPingIdms() throws IOException {
        assertThat(concord("convert", "--to", "json", "jobs/hr-users.yaml")).isZero();
        assertThat(screen.out()).contains("\"situation\" : \"ALL_GONE\",\n    \"action\" : \"ASYNC\"");
        assertThat(screen.err()).contains("warning: displayAttributes has no spelling in PingIDM");

        assertThat(concord("convert", "--to", "json", "jobs/hr-users.yaml", "--out", elsewhere.toString()))
                .isZero();
        assertThat(concord("convert", elsewhere.resolve("mapping-hr-users.json").toString()))
                .isZero();
        assertThat(screen.out()).contains("  - {situation: SOURCE_MISSING, action: DELETE}\n");
    }

    @Test
    void whatCannotBeConvertedIsSaid() throws IOException {
        assertThat(concord("convert", "nowhere.json")).isEqualTo(2);
        assertThat(screen.err()).contains("There is no file nowhere.json.");
        assertThat(concord("convert", "jobs/hr-users.yaml")).isEqualTo(2);
        assertThat(screen.err()).contains("jobs/hr-users.yaml  the file is native YAML already");
        assertThat(concord("convert", write("sync.json", "{\"mappings\": [}").toString()))
                .isEqualTo(2);
        assertThat(screen.err()).contains("sync.json:1  not JSON");
        assertThat(concord("convert")).isEqualTo(2);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(elsewhere.resolve(name), text);
    }

    private int concord(String... arguments) {
        screen = TestScreen.file();
        return ConcordCommand.execute(Object.class, new Home(home), screen.screen(), arguments);
    }
}
