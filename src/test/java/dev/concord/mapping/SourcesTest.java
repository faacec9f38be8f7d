package dev.concord.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourcesTest {

    private static final String TYPE = "name: %s\nattributes: {a: }\n";

    @TempDir
    private Path home;

    private Path jobs;

    @BeforeEach
    void makeFolders() throws IOException {
        jobs = home.resolve("jobs");
        for (String folder : List.of("managed", "systems", "scripts")) {
            Files.createDirectories(jobs.resolve(folder));
        }
    }

    @Test
    void aFolderGivesTheSameAsItsTexts() {
        Map<String, String> texts = Corpus.good();
        texts.forEach(this::write);

        Definitions definitions = DefinitionLoader.load(Sources.of(jobs));

        assertThat(definitions).isEqualTo(Corpus.load(texts));
        assertThat(definitions.mappings()).hasSize(5);
    }

    @Test
    void aFolderThatIsMissingIsAFault() {
        assertThat(faults(home.resolve("nowhere")))
                .containsExactly("jobs/  the folder " + home.resolve("nowhere")
                        + " does not exist; definitions are read from there");
    }

    @Test
    void filesElsewhereAndHiddenOnesAreNotRead() {
        write("managed/.swap.yaml", "x");
        write("managed/deeper/user.yaml", "x");
        write("data/x.yaml", "x");
        write("managed/notes.txt", "x");
        write(".hidden.yaml", "x");

        assertThat(DefinitionLoader.load(Sources.of(jobs)).faults()).isEmpty();
    }

    @Test
    void linksInsideTheFolderAreFollowed() throws IOException {
        write("..data/user.yaml", TYPE.formatted("user"));
        Files.createSymbolicLink(jobs.resolve("managed/user.yaml"), Path.of("../..data/user.yaml"));

        assertThat(DefinitionLoader.load(Sources.of(jobs)).managedTypes()).containsOnlyKeys("user");
    }

    @Test
    void linksThatLeadOutsideAreRefused() throws IOException {
        Files.writeString(home.resolve("secret.yaml"), TYPE.formatted("outside"));
        Files.createSymbolicLink(jobs.resolve("managed/user.yaml"), home.resolve("secret.yaml"));
        Files.createSymbolicLink(jobs.resolve("managed/gone.yaml"), home.resolve("nothing"));
        Files.createSymbolicLink(jobs.resolve("scripts/away"), home);
        write(
                "a.yaml",
                "name: a\nsource: managed/x\ntarget: managed/x\nvalidSource: {file: scripts/away/secret.yaml}\n");
        write("managed/x.yaml", TYPE.formatted("x"));

        assertThat(faults(jobs))
                .containsExactly(
                        "jobs/a.yaml:4 /validSource/file  the script file \"scripts/away/secret.yaml\" is not read: the file lies outside jobs/ (a symbolic link leads there); put it below jobs/",
                        "jobs/managed/gone.yaml  the file is gone, or a link that leads nowhere",
                        "jobs/managed/user.yaml  the file lies outside jobs/ (a symbolic link leads there); put it below jobs/");
        assertThat(DefinitionLoader.load(Sources.of(jobs)).texts().values())
                .noneMatch(text -> text.contains("outside"));
    }

    @Test
    void whatIsNotUtf8IsRefusedWithItsLine() throws IOException {
        Files.write(jobs.resolve("managed/user.yaml"), "name: user\n# für\n".getBytes(StandardCharsets.ISO_8859_1));
        Files.write(jobs.resolve("managed/cut.yaml"), new byte[] {'a', (byte) 0xC3});

        assertThat(faults(jobs))
                .containsExactly(
                        "jobs/managed/cut.yaml:1  the file is not UTF-8 from here on; save it as UTF-8",
                        "jobs/managed/user.yaml:2  the file is not UTF-8 from here on; save it as UTF-8");
    }

    @Test
    void aByteOrderMarkIsPassedOver() {
        write("managed/user.yaml", "\uFEFF" + TYPE.formatted("user"));

        assertThat(DefinitionLoader.load(Sources.of(jobs)).managedTypes()).containsOnlyKeys("user");
    }

    @Test
    void hugeFilesAreRefused() {
        write("managed/user.yaml", TYPE.formatted("user") + "# " + "x".repeat(5 * 1024 * 1024));
        write("managed/group.json", " ".repeat(10 * 1024 * 1024 + 1));

        assertThat(faults(jobs))
                .containsExactly(
                        "jobs/managed/group.json  the file is larger than 10 MB, which is the most that is read",
                        "jobs/managed/user.yaml  the file is larger than 5 MB, which is the most that is read");
    }

    @Test
    void aSetupScriptMustBeThere() {
        write(
                "systems/crm.yaml",
                "name: crm\ntype: jdbc\nurl: jdbc:h2:mem:x\nsetup: ../data/crm.sql\nobjects: {c: {table: c, id: i}}\n");

        assertThat(faults(jobs))
                .containsExactly("jobs/systems/crm.yaml:4 /setup  the file jobs/data/crm.sql does not exist");

        write("data/crm.sql", "create table c (i int)");
        assertThat(faults(jobs)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../x.yaml", "/x.yaml", "systems/../../x.yaml", "a//b.yaml", "./a.yaml", "a\\b.yaml", "c:/x", ""
            })
    void textsMustLieBelowTheFolder(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sources.of(Map.of(path, "x")))
                .withMessageContaining("is no path below jobs/");
    }

    @ParameterizedTest
    @CsvSource({
        "'', scripts/x.js, scripts/x.js",
        "'', ./scripts//x.js, scripts/x.js",
        "systems, ../data/x.sql, data/x.sql",
        "systems, x/../../data/./x.sql, data/x.sql",
        "systems, ../../x,",
        "'', a/../..,",
        "'', a/..,",
        "'', /etc/passwd,",
        "'', 'C:\\x',",
        "'', ' ',"
    })
    void pathsAreBroughtIntoTheirShortestForm(String folder, String path, String shortest) {
        assertThat(SourcePath.normalize(folder, path)).isEqualTo(shortest);
    }

    private static List<String> faults(Path jobs) {
        return DefinitionLoader.load(Sources.of(jobs)).faults().stream()
                .map(Faults::print)
                .toList();
    }

    private void write(String path, String text) {
        try {
            Path file = jobs.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
