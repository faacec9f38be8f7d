package dev.concord.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.mapping.DefinitionLoader;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Sources;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DefinitionTest {

    @TempDir
    private Path jobs;

    @ParameterizedTest
    @EnumSource
    void definitionsHaveNoFaultsAndMapEveryAttribute(Definition definition) throws Exception {
        definition.write(jobs);
        Definitions definitions = DefinitionLoader.load(Sources.of(jobs));
        assertThat(definitions.faults()).isEmpty();
        assertThat(definitions.managedTypes().get(ScratchHome.TYPE).attributes().keySet())
                .containsExactlyElementsOf(BenchmarkData.ATTRIBUTES.stream()
                        .map(BenchmarkData.Attribute::name)
                        .toList());
        assertThat(definitions.mappings().get(ScratchHome.MAPPING).properties())
                .hasSize(BenchmarkData.ATTRIBUTES.size());
    }
}
