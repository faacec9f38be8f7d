package dev.concord.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.mapping.Conversion;
import dev.concord.mapping.Conversion.Format;
import dev.concord.mapping.DefinitionLoader;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Definitions.Fault;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.SameMapping;
import dev.concord.mapping.Sources;
import dev.concord.model.World;
import dev.concord.model.Worlds;
import dev.concord.testing.Databases;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Mappings by chance mean the same, and do the same, in the other spelling. */
class ConvertedWorldsIT {

    private static final Settings SETTINGS = new Settings(3, 0);

    @Test
    void definitionsInTheOtherSpellingAreTheSame() {
        for (int seed = 50_000; seed < 51_000; seed++) {
            World world = Worlds.random(seed);
            Map<String, String> written = WorldFiles.of(world, SETTINGS);
            Map<String, String> converted = inTheOtherSpelling(written);

            assertThat(converted.keySet()).isNotEqualTo(written.keySet());
            SameMapping.assertSame(mapping(converted), mapping(written));
            SameMapping.assertSame(mapping(inTheOtherSpelling(converted)), mapping(written));
        }
    }

    @Test
    void runsOfDefinitionsInTheOtherSpellingTellTheSame() {
        new Trials(ConvertedWorldsIT::inTheOtherSpelling).play(Databases.H2, 50_000, 50_060, Trials::twoWays);
    }

    private static Map<String, String> inTheOtherSpelling(Map<String, String> texts) {
        Map<String, String> converted = new TreeMap<>(texts);
        Sources sources = Sources.of(texts);
        texts.keySet().stream().filter(path -> path.indexOf('/') < 0).forEach(path -> {
            Conversion conversion =
                    Conversion.of(path, sources, sources, path.endsWith(".json") ? Format.YAML : Format.JSON);
            assertThat(conversion.faults())
                    .as("no more than that comments are left out")
                    .noneMatch(fault -> fault.severity() == Fault.Severity.ERROR);
            converted.remove(path);
            conversion.mappings().forEach(mapping -> converted.put(mapping.file(), mapping.text()));
        });
        return converted;
    }

    private static Mapping mapping(Map<String, String> texts) {
        Definitions definitions = DefinitionLoader.load(Sources.of(texts));
        assertThat(definitions.faults()).as("%s", texts).isEmpty();
        return definitions.mappings().get(World.LINK_TYPE);
    }
}
