package dev.concord.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClosureTest {

    private static final Map<String, String> GOOD = Corpus.good();
    private static final Definitions DEFINITIONS = Corpus.load(GOOD);

    @ParameterizedTest
    @ValueSource(strings = {"cards", "crm-to-users", "hr-to-users", "users-to-directory", "users-to-hr"})
    void loadingAClosureGivesTheSameMappingAndObjectSets(String name) {
        Closure closure = DEFINITIONS.closureOf(name);
        Definitions frozen = Corpus.load(closure.texts());

        assertThat(frozen.mappings().get(name)).isEqualTo(DEFINITIONS.mappings().get(name));
        assertThat(frozen.closureOf(name)).isEqualTo(closure);
        frozen.systems()
                .forEach((system, definition) ->
                        assertThat(definition).isEqualTo(DEFINITIONS.systems().get(system)));
        frozen.managedTypes()
                .forEach((type, definition) -> assertThat(definition)
                        .isEqualTo(DEFINITIONS.managedTypes().get(type)));
    }

    @Test
    void aClosureHasExactlyTheFilesThatARunMeans() {
        assertThat(DEFINITIONS.closureOf("users-to-hr").texts().keySet())
                .as("its own file, its scripts, the file of the mapping with the links, both sides, the keys")
                .containsExactly(
                        "hr-to-users.yaml",
                        "keys/default.yaml",
                        "keys/payroll.yaml",
                        "managed/alpha_user.yaml",
                        "scripts/correlate.js",
                        "systems/hr.yaml",
                        "users-to-hr.yaml");
        assertThat(DEFINITIONS.closureOf("users-to-directory").texts().keySet())
                .containsExactly(
                        "keys/default.yaml",
                        "keys/payroll.yaml",
                        "managed/alpha_user.yaml",
                        "systems/directory.yaml",
                        "users-to-directory.yaml");
    }

    @Test
    void whereAScriptMayAskAnyObjectSetAllOfThemBelongToTheClosure() {
        Map<String, String> asking = Corpus.with(
                GOOD,
                "users-to-directory.yaml",
                GOOD.get("users-to-directory.yaml") + "\nonCreate: openidm.read('managed/x/1')\n");
        assertThat(Corpus.load(asking).closureOf("users-to-directory").texts().keySet())
                .containsAll(GOOD.keySet().stream()
                        .filter(path -> path.startsWith("systems/") || path.startsWith("managed/"))
                        .toList());
    }

    @Test
    void theHashChangesWithEachFileOfTheClosureAndWithNoOther() {
        Closure closure = DEFINITIONS.closureOf("users-to-hr");
        assertThat(closure.hash()).matches("[0-9a-f]{64}");
        GOOD.forEach((path, text) -> {
            if (!SourcePath.isDefinition(path) && !path.endsWith(".js")) {
                return;
            }
            String changed = text + (path.endsWith(".json") ? " " : path.endsWith(".js") ? "//" : "# changed");
            String hash = Corpus.load(Corpus.with(GOOD, path, changed))
                    .closureOf("users-to-hr")
                    .hash();
            assertThat(hash.equals(closure.hash()))
                    .as(path)
                    .isNotEqualTo(closure.texts().containsKey(path));
        });
    }

    @Test
    void textThatMovesFromOneFileToTheNextChangesTheHash() {
        assertThat(Closure.of(Map.of("a", "bc", "d", "")).hash())
                .isNotEqualTo(Closure.of(Map.of("a", "b", "cd", "")).hash())
                .isNotEqualTo(Closure.of(Map.of("a", "b", "d", "c")).hash());
    }

    @Test
    void anUnknownMappingIsRefusedWithTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFINITIONS.closureOf("hr-to-user"))
                .withMessage(
                        "\"hr-to-user\" is no mapping without errors; known: cards, crm-to-users, hr-to-users, users-to-directory, users-to-hr (did you mean hr-to-users?).");
    }
}
