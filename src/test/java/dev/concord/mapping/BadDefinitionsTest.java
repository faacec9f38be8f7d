package dev.concord.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every fault of every file is found at once, with its place. */
class BadDefinitionsTest {

    private static final Map<String, String> GOOD = Corpus.good();

    @TestFactory
    Stream<DynamicTest> faultsAreTheOnesWrittenBesideTheFile() {
        return Corpus.bad().entrySet().stream()
                .map(file -> DynamicTest.dynamicTest(
                        file.getKey(),
                        () -> assertThat(
                                        Corpus.faults(Corpus.with(GOOD, file.getKey(), file.getValue()), file.getKey()))
                                .containsExactlyElementsOf(Corpus.expectedFaults(file.getKey()))));
    }

    @TestFactory
    Stream<DynamicTest> aFileWithErrorsDisturbsNoOther() {
        Definitions undisturbed = Corpus.load(GOOD);
        return Corpus.bad().entrySet().stream()
                .map(file -> DynamicTest.dynamicTest(file.getKey(), () -> {
                    Definitions definitions = Corpus.load(Corpus.with(GOOD, file.getKey(), file.getValue()));
                    assertThat(definitions.mappings()).isEqualTo(undisturbed.mappings());
                    assertThat(definitions.systems()).isEqualTo(undisturbed.systems());
                    assertThat(definitions.managedTypes()).isEqualTo(undisturbed.managedTypes());
                    assertThat(definitions.schedules()).isEqualTo(undisturbed.schedules());
                }));
    }

    @Test
    void namesThatAreThereTwiceLeaveBothFilesOut() {
        Map<String, String> texts = new TreeMap<>(GOOD);
        texts.put("another.yaml", GOOD.get("users-to-directory.yaml"));
        texts.put("systems/another.yaml", GOOD.get("systems/directory.yaml"));
        texts.put("managed/another.json", GOOD.get("managed/alpha_group.json"));
        texts.put("schedules/another.yaml", GOOD.get("schedules/hourly.yaml"));

        Definitions definitions = Corpus.load(texts);

        assertThat(errors(definitions))
                .containsExactly(
                        "jobs/another.yaml:1 /name  a second mapping named \"users-to-directory\" is in jobs/users-to-directory.yaml; give each its own name",
                        "jobs/another.yaml:3 /target  system/directory/entry cannot be used: jobs/systems/directory.yaml has errors; repair them first",
                        "jobs/managed/alpha_group.json:1  a second managed type named \"alpha_group\" is in jobs/managed/another.json; give each its own name",
                        "jobs/managed/another.json:1  a second managed type named \"alpha_group\" is in jobs/managed/alpha_group.json; give each its own name",
                        "jobs/schedules/another.yaml:1  a second schedule named \"crm every hour\" is in jobs/schedules/hourly.yaml; give each its own name",
                        "jobs/schedules/hourly.yaml:1  a second schedule named \"crm every hour\" is in jobs/schedules/another.yaml; give each its own name",
                        "jobs/systems/another.yaml:1  a second system named \"directory\" is in jobs/systems/directory.yaml; give each its own name",
                        "jobs/systems/directory.yaml:1  a second system named \"directory\" is in jobs/systems/another.yaml; give each its own name",
                        "jobs/users-to-directory.yaml:1 /name  a second mapping named \"users-to-directory\" is in jobs/another.yaml; give each its own name",
                        "jobs/users-to-directory.yaml:3 /target  system/directory/entry cannot be used: jobs/systems/directory.yaml has errors; repair them first");
        assertThat(definitions.mappings()).doesNotContainKey("users-to-directory");
        assertThat(definitions.systems()).doesNotContainKey("directory");
        assertThat(definitions.managedTypes()).doesNotContainKey("alpha_group");
        assertThat(definitions.schedules()).doesNotContainKey("crm every hour");
    }

    @Test
    void aMappingWhoseSystemHasErrorsIsLeftOutAndSaysSo() {
        Definitions definitions = Corpus.load(Corpus.with(GOOD, "systems/hr.yaml", "name: [hr"));

        assertThat(definitions.mappings().keySet())
                .containsExactlyInAnyOrder("cards", "crm-to-users", "users-to-directory");
        assertThat(errors(definitions))
                .contains(
                        "jobs/hr-to-users.yaml:3 /source  system/hr/employee cannot be used: jobs/systems/hr.yaml has errors; repair them first",
                        "jobs/users-to-hr.yaml:3 /target  system/hr/employee cannot be used: jobs/systems/hr.yaml has errors; repair them first");
    }

    @Test
    void aMappingMayUseTheLinksOfOneThatHasOtherErrors() {
        Definitions definitions = Corpus.load(Corpus.with(
                GOOD, "hr-to-users.yaml", GOOD.get("hr-to-users.yaml").replace("taskThreads: 0", "taskThreads: -1")));

        assertThat(definitions.mappings()).doesNotContainKey("hr-to-users").containsKey("users-to-hr");
        assertThat(Corpus.load(definitions.closureOf("users-to-hr").texts())
                        .mappings()
                        .get("users-to-hr"))
                .isEqualTo(definitions.mappings().get("users-to-hr"));
    }

    @Test
    void linksWithoutLinkingAreWarnedAbout() {
        String text = GOOD.get("users-to-hr.yaml");

        assertThat(Corpus.faults(
                        Corpus.with(GOOD, "users-to-hr.yaml", text + "enableLinking: false\n"), "users-to-hr.yaml"))
                .contains(
                        "jobs/users-to-hr.yaml:4 /links  warning: links has no effect, because enableLinking is false");
        assertThat(Corpus.faults(
                        Corpus.with(
                                GOOD,
                                "hr-to-users.yaml",
                                GOOD.get("hr-to-users.yaml").replace("enableLinking: true", "enableLinking: false")),
                        "users-to-hr.yaml"))
                .contains(
                        "jobs/users-to-hr.yaml:4 /links  warning: the mapping \"hr-to-users\" does not use its links itself (its enableLinking is false)");
    }

    @Test
    void caseOfIdsIsDecidedByTheMappingThatHasTheLinks() {
        String text = GOOD.get("users-to-hr.yaml") + "targetIdsCaseSensitive: true\n";
        Definitions definitions = Corpus.load(Corpus.with(GOOD, "users-to-hr.yaml", text));

        Mapping mapping = definitions.mappings().get("users-to-hr");
        assertThat(mapping.linkOwner()).isEqualTo("hr-to-users");
        assertThat(mapping.reversed()).isTrue();
        assertThat(mapping.sourceIdsCaseSensitive()).isTrue();
        assertThat(mapping.targetIdsCaseSensitive()).isFalse();
        assertThat(definitions.faults().stream().map(Faults::print))
                .contains(
                        "jobs/users-to-hr.yaml:12 /targetIdsCaseSensitive  warning: targetIdsCaseSensitive is false here, as the mapping \"hr-to-users\" says, which has the links");
    }

    @Test
    void oneFileCannotFloodTheReport() {
        String rows = "properties:\n" + "  - {}\n".repeat(5_000);
        Map<String, String> texts = Corpus.with(
                GOOD, "flood.yaml", "name: flood\nsource: managed/alpha_user\ntarget: managed/alpha_user\n" + rows);

        List<String> faults = Corpus.faults(texts, "flood.yaml");

        assertThat(faults).hasSize(101).last().isEqualTo("jobs/flood.yaml  and 4900 more; repair these first");
    }

    @Test
    void noMessageShowsAPassword() {
        Corpus.bad()
                .forEach((path, text) -> assertThat(
                                String.join("\n", Corpus.faults(Corpus.with(GOOD, path, text), path)))
                        .doesNotContain("hunter2")
                        .doesNotContain("12345"));
    }

    private static List<String> errors(Definitions definitions) {
        return definitions.faults().stream()
                .filter(fault -> fault.severity() == Definitions.Fault.Severity.ERROR)
                .map(Faults::print)
                .toList();
    }
}
