package dev.concord.system.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.mapping.Place;
import dev.concord.mapping.SystemDefinition.FileObjects;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvHeaderTest {

    @TempDir
    private Path jobs;

    @Test
    void theColumnsAreReadAsARunReadsThem() throws IOException {
        assertThat(columns("\uFEFFid;\"given;name\"; größe \n1;2\n")).contains(List.of("id", "given;name", "größe"));
        assertThat(columns("id;sn")).contains(List.of("id", "sn"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "other;columns\n1;2\n", "id;\"never closed\n1;2\n", "id;id\n"})
    void ofAFileThatARunCannotReadNothingIsKnown(String text) throws IOException {
        assertThat(columns(text)).isEmpty();
    }

    @Test
    void ofAFileThatIsNotThereNothingIsKnown() {
        assertThat(CsvHeader.columns(jobs, objects())).isEmpty();
    }

    private Optional<List<String>> columns(String text) throws IOException {
        Files.createDirectories(jobs.resolve("data"));
        Files.writeString(jobs.resolve("data/file.csv"), text, StandardCharsets.UTF_8);
        return CsvHeader.columns(jobs, objects());
    }

    private static FileObjects objects() {
        return new FileObjects("../data/file.csv", "id", ';', "UTF-8", Map.of(), new Place("systems/x.yaml", 1, ""));
    }
}
