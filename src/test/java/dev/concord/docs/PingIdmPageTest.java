package dev.concord.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.mapping.Conversion;
import dev.concord.mapping.Conversion.Format;
import dev.concord.mapping.DefinitionLoader;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Sources;
import dev.concord.record.Json;
import dev.concord.record.Pointer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page says of PingIDM's files is what the loader and the conversion do. */
class PingIdmPageTest {

    private static final Page PAGE = Page.of(Path.of("docs/pingidm.md"));
    private static final Map<String, String> OBJECT_SETS = Map.of(
            "systems/hr.yaml", "name: hr\ntype: csv\nobjects: {employee: {file: hr.csv, id: id}}",
            "managed/alpha_user.yaml", "name: alpha_user\nattributes: {mail: {type: string}}");

    static Stream<List<String>> keysWithoutEffect() {
        return PAGE.table("Which keys have no effect?").rows().stream();
    }

    @ParameterizedTest
    @MethodSource("keysWithoutEffect")
    void aKeyWithoutEffectIsWarnedAboutAndKeepsNothingFromRunning(List<String> row) {
        String key = code(row.getFirst());
        Map<String, Object> mapping = new LinkedHashMap<>(
                Map.of("name", "sample", "source", "system/hr/employee", "target", "managed/alpha_user"));
        Pointer.of(key).put(mapping, Json.read(code(row.get(1))));
        Definitions definitions = load("mapping-sample.json", Json.write(mapping));

        assertThat(definitions.mappings()).containsKey("sample");
        String name = key.substring(key.indexOf('/') + 1);
        assertThat(definitions.faults())
                .extracting(Definitions.Fault::message)
                .anySatisfy(message -> assertThat(message).startsWith(name + " has no effect"));
    }

    @Test
    void theKeysWithoutEffectAreThoseOfTheListOfAllKeys() {
        TreeSet<String> listed = new TreeSet<>();
        keysWithoutEffect()
                .map(row -> code(row.getFirst()))
                .filter(key -> !key.contains("/"))
                .forEach(listed::add);
        listed.addAll(List.of("reconSourceQueryPaging", "reconTargetQueryPaging", "reconTargetQueryPageSize"));
        TreeSet<String> all = new TreeSet<>();
        Page.of(Path.of("docs/mappings.md")).table("Which keys are there?").rows().stream()
                .filter(row -> row.get(3).equals("none"))
                .forEach(row -> all.add(code(row.getFirst())));

        assertThat(listed).isEqualTo(all);
    }

    @Test
    void everyFileOfTheTableIsReadAsPingIdms() {
        PAGE.table("What runs as it is?").rows().forEach(row -> {
            String path = code(row.getFirst()).replace("jobs/", "").replace("NAME", "sample");
            String mapping = """
                    {"name": "sample", "source": "system/hr/employee", "target": "managed/alpha_user"}""";
            String text = row.get(1).contains("one mapping")
                    ? mapping
                    : row.get(1).contains("`sync`")
                            ? "{\"sync\": {\"mappings\": [" + mapping + "]}}"
                            : row.get(1).contains("export")
                                    ? "{\"mapping\": {\"mapping/sample\": " + mapping + "}}"
                                    : "{\"mappings\": [" + mapping + "]}";
            assertThat(load(path, text).mappings().get("sample").defaultActions())
                    .as(path)
                    .isEqualTo(Mapping.engineDefaults());
        });
    }

    @Test
    void theFileBecomesWhatIsShown() {
        Page.Block json = PAGE.blocks("json").getFirst();
        Page.Block shown = PAGE.blocks("console").getFirst();
        Sources sources = Sources.of(Map.of("sync.json", json.text()));
        Conversion conversion = Conversion.of("sync.json", sources, sources, Format.YAML);

        assertThat(shown.lines().getFirst()).isEqualTo("$ ./concord convert " + json.file());
        assertThat(conversion.mappings()).singleElement().satisfies(converted -> {
            assertThat(shown.lines().subList(1, shown.lines().size()))
                    .isEqualTo(converted.text().lines().toList());
            assertThat(load(converted.file(), converted.text()).mappings()).containsKey("hr-to-users");
        });
    }

    private static Definitions load(String path, String text) {
        Map<String, String> texts = new TreeMap<>(OBJECT_SETS);
        texts.put(path, text);
        return DefinitionLoader.load(Sources.of(texts));
    }

    private static String code(String cell) {
        return cell.replace("`", "");
    }
}
