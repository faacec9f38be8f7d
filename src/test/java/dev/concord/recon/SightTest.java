package dev.concord.recon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.mapping.AttributeDefinition;
import dev.concord.mapping.DefinitionLoader;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Sources;
import dev.concord.system.ObjectSchema;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SightTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "source.salary / 12                       | true",
                "source['salary']                         | true",
                "const {id, salary} = source; salary      | true",
                "const f = s => s . salary; f(source)     | true",
                "source.salaryGroup                       | false",
                "source.name + ' has no salary'           | false",
            })
    void whatAScriptMakesOfASensitiveAttributeThatItNamesIsSensitive(String script, boolean hidden) {
        Mapping mapping = DefinitionLoader.load(Sources.of(Map.of(
                        "m.yaml", """
                        name: m
                        source: managed/a
                        target: managed/b
                        properties:
                          - {target: cost, source: "", transform: "%s"}
                        """.formatted(script),
                        "managed/a.yaml", """
                        name: a
                        attributes: {name: {type: string}, salary: {type: integer, sensitive: true}}
                        """,
                        "managed/b.yaml", "name: b\nattributes: {cost: {type: number}}\n")))
                .mappings()
                .get("m");
        AttributeDefinition salary = AttributeDefinition.string("salary").asSensitive();
        Sight sight = Sight.of(
                mapping,
                new ObjectSchema(Map.of("salary", salary), false, false, true),
                new ObjectSchema(Map.of("cost", AttributeDefinition.string("cost")), false, false, true));
        assertThat(sight.target().isSensitive("cost")).isEqualTo(hidden);
    }
}
