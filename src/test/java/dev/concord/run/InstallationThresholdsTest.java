package dev.concord.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.guard.GuardLimits;
import dev.concord.guard.Guards;
import dev.concord.ledger.RunKind;
import dev.concord.mapping.DefinitionLoader;
import dev.concord.mapping.Guard;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Sources;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class InstallationThresholdsTest {

    private static final Mapping MAPPING = DefinitionLoader.load(Sources.of(Map.of(
                    "m.yaml", "name: m\nsource: managed/a\ntarget: managed/a\n",
                    "managed/a.yaml", "name: a\nattributes: {x: {type: string}}\n")))
            .mappings()
            .get("m");

    private static GuardLimits limits(String variable, String value) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("systemEnvironment", Map.of(variable, value)));
        ConfigurationPropertySources.attach(environment);
        return GuardLimits.of(InstallationThresholds.of(environment)
                .frozenWith(Map.of(), RunKind.FULL, MAPPING)
                .get(Guards.PARAMETER));
    }

    @ParameterizedTest
    @CsvSource({"CONCORD_THRESHOLDS_DELETES, DELETES", "CONCORD_THRESHOLDS_SOURCESHRINK, SOURCE_SHRINK"})
    void variablesOfTheEnvironmentAreLimits(String variable, Guard guard) {
        assertThat(limits(variable, "7").of(guard).allowed(1000)).isEqualTo(7);
    }

    @Test
    void aVariableThatIsMisspeltIsRefusedAndNotOverlooked() {
        assertThatThrownBy(() -> limits("CONCORD_THRESHOLDS_DELETE", "0"))
                .isInstanceOf(RunRefused.class)
                .hasMessage(
                        "The setting concord.thresholds.delete is the limit of no guard; there are: deletes, unlinks,"
                                + " updates, creates, failures, source-shrink (did you mean deletes?).");
    }
}
