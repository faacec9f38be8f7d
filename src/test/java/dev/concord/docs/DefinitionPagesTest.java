package dev.concord.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.mapping.DefinitionLoader;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Definitions.Fault;
import dev.concord.mapping.Sources;
import dev.concord.record.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Keys, types, defaults and samples of definition files are as the loader and the schemas have them. */
class DefinitionPagesTest {

    private static final Page MAPPINGS = Page.of(Path.of("docs/mappings.md"));
    private static final Page SYSTEMS = Page.of(Path.of("docs/systems.md"));

    @TempDir
    private Path home;

    static List<Page.Block> mappings() {
        return Page.all().stream()
                .filter(page -> !page.path().equals(Path.of("README.md")))
                .flatMap(page -> page.blocks("yaml").stream())
                .filter(block -> block.file().isEmpty())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("mappings")
    void samplesOfMappingsAreValid(Page.Block sample) throws IOException {
        assertThat(load(sample).faults().stream().filter(fault -> fault.severity() == Fault.Severity.ERROR))
                .isEmpty();
    }

    @Test
    void samplesOfSystemsAndManagedTypesAreValid() throws IOException {
        List<Page.Block> files = SYSTEMS.blocks("yaml").stream()
                .filter(block -> !block.file().isEmpty())
                .toList();
        assertThat(files).hasSize(4);
        for (Page.Block file : files) {
            write(file.file(), file.text());
        }
        write("jobs/data/crm.sql", "");
        assertThat(loaded().faults()).isEmpty();
        assertThat(loaded().systems()).hasSize(3);
    }

    @Test
    void samplesOfSchedulesAndWebhooksAreValid() throws IOException {
        List<Page.Block> files = Page.of(Path.of("docs/schedules.md")).blocks("yaml").stream()
                .filter(block -> !block.file().isEmpty())
                .toList();
        assertThat(files).hasSize(3);
        write("jobs/managed/account.yaml", "name: account\nattributes: {name: {type: string}}\n");
        for (String mapping : List.of("hr-to-users", "users-to-crm")) {
            write("jobs/" + mapping + ".yaml", """
                    name: %s
                    source: managed/account
                    target: managed/account
                    """.formatted(mapping));
        }
        for (Page.Block file : files) {
            write(file.file(), file.text());
        }
        Definitions definitions = loaded();
        assertThat(definitions.faults().stream()
                        .filter(fault -> fault.place().file().contains("/")))
                .isEmpty();
        assertThat(definitions.schedules()).hasSize(2);
        assertThat(definitions.webhooks()).hasSize(1);
    }

    @Test
    void samplesOfSecretsAndKeysAreValid() throws IOException {
        List<Page.Block> files = Page.of(Path.of("docs/secrets.md")).blocks("yaml").stream()
                .filter(block -> !block.file().isEmpty())
                .toList();
        assertThat(files).hasSize(4);
        for (Page.Block file : files) {
            write(file.file(), file.text());
        }
        assertThat(loaded().faults()).isEmpty();
        assertThat(loaded().keys().keySet()).containsExactlyInAnyOrder("default", "payroll");
    }

    @Test
    void everyKeyOfAMappingIsListedWithItsTypeAndDefault() {
        Map<String, List<String>> documented = rows(MAPPINGS.table("Which keys are there?"));
        Map<String, Object> properties = schema("mapping");
        assertThat(documented.keySet()).isEqualTo(properties.keySet());
        documented.forEach((key, row) -> {
            Map<?, ?> property = (Map<?, ?>) properties.get(key);
            String type = String.valueOf(property.get("type"));
            switch (type) {
                case "boolean" -> assertThat(row.get(1)).as(key).isEqualTo("boolean");
                case "integer" -> assertThat(row.get(1)).as(key).isEqualTo("number");
                case "string" -> assertThat(row.get(1)).as(key).isEqualTo("text");
                case "array" -> assertThat(row.get(1)).as(key).startsWith("list");
                default -> {}
            }
            String reference = String.valueOf(property.get("$ref"));
            switch (reference) {
                case "#/$defs/script" -> assertThat(row.get(1)).as(key).isEqualTo("script");
                case "#/$defs/condition" -> assertThat(row.get(1)).as(key).isEqualTo("filter or script");
                case "#/$defs/query" -> assertThat(row.get(1)).as(key).isEqualTo("query");
                default -> {}
            }
            if (property.containsKey("default")) {
                assertThat(row.get(2)).as(key).isEqualTo("`" + property.get("default") + "`");
            }
        });
    }

    @Test
    void everyKeyOfARowIsListed() {
        assertThat(rows(MAPPINGS.table("How does an attribute get its value?")).keySet())
                .containsExactlyElementsOf(definition("mapping", "row").keySet());
    }

    @Test
    void everyKeyOfAnAttributeIsListed() {
        TreeSet<String> keys = new TreeSet<>();
        keys.addAll(definition("system", "csvAttribute").keySet());
        keys.addAll(definition("system", "jsonAttribute").keySet());
        keys.addAll(definition("system", "column").keySet());
        keys.addAll(definition("managed", "attribute").keySet());
        assertThat(new TreeSet<>(
                        rows(SYSTEMS.table("What can be said of an attribute?")).keySet()))
                .isEqualTo(keys);
    }

    /** The last sample of the page has every key, each with a value that asks for something. */
    @Test
    void whatHasNoEffectYetIsWhatTheLoaderWarnsAbout() throws IOException {
        Page.Block whole = MAPPINGS.blocks("yaml").getLast();
        Map<String, List<String>> documented = rows(MAPPINGS.table("Which keys are there?"));
        Predicate<String> alternative = key -> List.of("correlationQuery", "correlationScript", "defaultMapping")
                .contains(key);
        assertThat(parse(whole.text()).keySet())
                .containsAll(documented.keySet().stream()
                        .filter(alternative.negate())
                        .toList());
        Definitions definitions = load(whole);
        assertThat(warned(definitions, "no effect yet")).isEqualTo(keys(documented, "not yet"));
        assertThat(keys(documented, "none")).containsAll(warned(definitions, "no effect on"));
        assertThat(documented.values()).extracting(row -> row.get(3)).containsOnly("yes", "not yet", "none");
    }

    private static Set<String> warned(Definitions definitions, String what) {
        return definitions.faults().stream()
                .filter(fault -> fault.message().contains(what))
                .map(fault -> fault.message().split(" ")[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> keys(Map<String, List<String>> rows, String effect) {
        return rows.keySet().stream()
                .filter(key -> rows.get(key).get(3).equals(effect))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Loads a mapping, or a part of one, between the systems of the README. */
    private Definitions load(Page.Block sample) throws IOException {
        for (Page.Block file : Page.of(Path.of("README.md")).blocks()) {
            if (file.file().startsWith("first/jobs/") && file.file().split("/").length == 4) {
                write(file.file().substring("first/".length()), file.text());
            }
        }
        write("jobs/scripts/welcome.js", "target.welcome = greeting");
        Map<String, Object> mapping = new LinkedHashMap<>(
                Map.of("name", "sample", "source", "system/payroll/person", "target", "managed/account"));
        mapping.putAll(parse(sample.text()));
        mapping.computeIfAbsent("properties", key -> rowsFor("employeeNumber", "mail", "sn"));
        write("jobs/sample.yaml", new Dump(DumpSettings.builder().build()).dumpToString(mapping));
        return loaded();
    }

    private static List<Map<String, String>> rowsFor(String... attributes) {
        return Stream.of(attributes)
                .map(name -> Map.of("target", name, "source", name))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> parse(String yaml) {
        return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
    }

    private Definitions loaded() {
        return DefinitionLoader.load(Sources.of(home.resolve("jobs")));
    }

    private void write(String path, String text) throws IOException {
        Path file = home.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static Map<String, List<String>> rows(Page.Table table) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        table.rows().forEach(row -> rows.put(row.getFirst().replace("`", ""), row));
        return rows;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> schema(String kind) {
        return (Map<String, Object>) file(kind).get("properties");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> definition(String kind, String name) {
        Map<String, Object> definition =
                (Map<String, Object>) ((Map<String, Object>) file(kind).get("$defs")).get(name);
        return (Map<String, Object>) definition.get("properties");
    }

    private static Map<String, Object> file(String kind) {
        try {
            return Json.readObject(Files.readString(Path.of("src/main/resources/schema", kind + ".schema.json")));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
