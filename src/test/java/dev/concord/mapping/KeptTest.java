package dev.concord.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptTest {

    @TempDir
    Path jobs;

    private Kept<Definitions> kept;

    @BeforeEach
    void define() throws IOException {
        write("systems/hr.yaml", """
                name: hr
                type: csv
                objects:
                  person: {file: ../data/people.csv, id: number}
                """);
        write("people.yaml", "name: people\nsource: system/hr/person\ntarget: managed/account\n");
        write("managed/account.yaml", "name: account\nattributes: {mail: {type: string}}\n");
        write("data/people.csv", "number\n");
        kept = new Kept<>(Sources.of(jobs), DefinitionLoader::load);
    }

    private void write(String path, String text) throws IOException {
        Files.createDirectories(jobs.resolve(path).getParent());
        Files.writeString(jobs.resolve(path), text);
    }

    @Test
    void whatIsMadeOfTheSameFilesIsTheSame() {
        assertThat(kept.get()).isSameAs(kept.get());
        assertThat(kept.get().mappings()).containsOnlyKeys("people");
    }

    @Test
    void aFileThatChangesByAsMuchAsALetterIsSeenAtOnce() throws IOException {
        Definitions before = kept.get();
        write("people.yaml", "name: people\nsource: system/hr/person\ntarget: managed/accounts\n");
        assertThat(kept.get().texts()).isNotEqualTo(before.texts());
    }

    @Test
    void aFileThatComesAndOneThatGoesAreSeenAtOnce() throws IOException {
        Definitions before = kept.get();
        write("more.yaml", "name: more\nsource: system/hr/person\ntarget: managed/account\n");
        assertThat(kept.get().mappings()).containsOnlyKeys("people", "more");
        Files.delete(jobs.resolve("more.yaml"));
        assertThat(kept.get().texts()).isEqualTo(before.texts());
    }

    @Test
    void aScriptThatOnlyAppearsLaterIsSeenAtOnce() throws IOException {
        write("people.yaml", """
                name: people
                source: system/hr/person
                target: managed/account
                validSource: {file: scripts/valid.js}
                """);
        assertThat(kept.get().faults()).isNotEmpty();
        write("scripts/valid.js", "true");
        assertThat(kept.get().faults()).noneMatch(fault -> fault.severity() == Definitions.Fault.Severity.ERROR);
    }
}
