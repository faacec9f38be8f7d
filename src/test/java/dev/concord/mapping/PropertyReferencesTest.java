package dev.concord.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.filter.Filter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PropertyReferencesTest {

    private static final String MAPPING = """
            {"mappings": [{
              "name": "ping", "source": "managed/alpha_user", "target": "system/&{hr.system}/employee",
              "sourceQuery": {"_queryFilter": "mail ew \\"@&{mail.domain|example.org}\\""},
              "policies": [{"situation": "&{which|ABSENT}", "action": "&{what|ignore}"}],
              "onCreate": {"type": "text/javascript", "source": "target.by = by;", "by": "&{installation.id}", "cost": "&{not closed"}}]}
            """;

    @TempDir
    private Path jobs;

    private final Map<String, String> environment = new HashMap<>(Map.of("HR_SYSTEM", "hr"));

    @BeforeEach
    void writeDefinitions() {
        Corpus.good().forEach(this::write);
        write("sync.json", MAPPING);
        write("boot.properties", "installation.id=first & {only}\nhr.system=another\nunused=asked-by-nobody\n");
    }

    @Test
    void theEnvironmentGoesBeforeTheFileAndBothBeforeTheDefault() {
        Mapping mapping = load().mappings().get("ping");

        assertThat(mapping.target()).isEqualTo("system/hr/employee");
        assertThat(mapping.sourceQuery().filter()).isEqualTo(Filter.parse("mail ew \"@example.org\""));
        assertThat(mapping.hooks().get(Hook.ON_CREATE).globals())
                .isEqualTo(Map.of("by", "first & {only}", "cost", "&{not closed"));
    }

    @Test
    void aPropertyWithoutAValueIsAnErrorThatSaysHowToSetIt() {
        environment.clear();
        write("boot.properties", "");

        Definitions definitions = load();
        assertThat(definitions.errorsOf("sync.json").stream().map(Faults::print))
                .contains(
                        "jobs/sync.json:2 /mappings/0/target  the property \"hr.system\" has no value; set the environment variable HR_SYSTEM, write it into jobs/boot.properties, or give a default: &{hr.system|…}",
                        "jobs/sync.json:5 /mappings/0/onCreate/by  the property \"installation.id\" has no value; set the environment variable INSTALLATION_ID, write it into jobs/boot.properties, or give a default: &{installation.id|…}");
        assertThat(definitions.mappings()).doesNotContainKey("ping").hasSize(5);
    }

    @Test
    void nativeFilesMayReferToPropertiesToo() {
        write("other.yaml", "{name: other, source: 'system/&{hr.system}/employee', target: managed/alpha_user}");

        assertThat(load().mappings().get("other").source()).isEqualTo("system/hr/employee");
    }

    @Test
    void theClosureOfARunKeepsTheValuesThatItsFilesReferTo() {
        Definitions definitions = load();
        Closure closure = definitions.closureOf("ping");

        assertThat(closure.texts())
                .containsEntry(
                        "properties/sync.json.json", "{\"hr.system\":\"hr\",\"installation.id\":\"first & {only}\"}");
        assertThat(closure.texts().values()).noneMatch(text -> text.contains("asked-by-nobody"));
        assertThat(Corpus.load(closure.texts()).mappings().get("ping"))
                .isEqualTo(definitions.mappings().get("ping"));
        assertThat(definitions.closureOf("hr-to-users").texts()).doesNotContainKey("properties/sync.json.json");

        environment.put("INSTALLATION_ID", "second");
        assertThat(load().closureOf("ping").hash()).isNotEqualTo(closure.hash());
    }

    @Test
    void theClosureHasTheMappingWithTheLinksWhoseNameIsAProperty() {
        write("owner.yaml", "{name: 'own-&{hr.system}', source: system/hr/employee, target: managed/alpha_user}");
        write("user.yaml", "{name: user, source: system/hr/employee, target: managed/alpha_user, links: own-hr}");

        Closure closure = load().closureOf("user");
        assertThat(closure.texts()).containsKeys("owner.yaml", "properties/owner.yaml.json");
        assertThat(Corpus.load(closure.texts()).mappings().get("user").linkOwner())
                .isEqualTo("own-hr");
    }

    @Test
    void aConversionKeepsTheReferences() {
        Sources sources = new FolderSources(jobs, name -> null);
        write("boot.properties", "");

        Conversion conversion = Conversion.of("sync.json", sources, sources, Conversion.Format.YAML);

        assertThat(conversion.faults()).isEmpty();
        assertThat(conversion.mappings())
                .singleElement()
                .satisfies(converted -> assertThat(converted.text())
                        .contains("system/&{hr.system}/employee", "@&{mail.domain|example.org}", "&{installation.id}")
                        .contains("{situation: '&{which|ABSENT}', action: '&{what|ignore}'}"));
    }

    private Definitions load() {
        Definitions definitions = DefinitionLoader.load(new FolderSources(jobs, environment::get));
        assertThat(List.copyOf(definitions.texts().keySet())).doesNotContain("boot.properties");
        return definitions;
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
