package dev.concord.api.openidm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.record.Json;
import dev.concord.testing.Databases;
import dev.concord.testing.Server.Answer;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of mappings that cannot be written as they are sent, or that others write, too. */
class MappingWritesIT extends ObjectsHouse {

    @Override
    TestDatabase database() {
        return Databases.H2.fresh();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"mappings\": [{\"name\": \"inner\", \"source\": \"system/hr/employee\", \"target\": \"managed/person\"}]}",
                "{\"mapping\": {\"inner\": {\"source\": \"system/hr/employee\", \"target\": \"managed/person\"}}}",
                "{\"sync\": {\"mappings\": []}}",
                "{\"idm\": {}}"
            })
    void aBodyThatHoldsNoMappingIsRefusedAndLeavesNothingBehind(String body) throws Exception {
        List<String> before = definitions();
        for (String name : List.of("more", "people", "absents")) {
            Answer refused = admin("PUT", "/openidm/config/mapping/" + name, Json.read(body));
            assertThat(refused.status()).as(refused.body()).isEqualTo(400);
            assertThat(refused.body()).contains("source", "target");
        }
        List<Map<String, Object>> list = List.of(withName("more", Json.readObject(body)));
        assertThat(admin("PUT", "/openidm/config/sync", Map.of("mappings", list))
                        .status())
                .isEqualTo(400);
        assertThat(definitions()).isEqualTo(before);
    }

    private static Map<String, Object> withName(String name, Map<String, Object> mapping) {
        mapping.put("name", name);
        return mapping;
    }

    /** The files of the definitions with their texts. */
    private List<String> definitions() throws IOException {
        try (Stream<Path> files = Files.walk(home.resolve("jobs"))) {
            List<String> found = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                found.add(file + ": " + Files.readString(file));
            }
            return found;
        }
    }

    @Test
    void scriptsThatAreNoJavaScriptAreRefusedWithTheirPlaces() throws Exception {
        List<String> before = definitions();
        Map<String, Object> broken = Map.of("type", "text/javascript", "source", "var x = source.a;\nx +;");
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("source", "system/hr/employee");
        more.put("target", "managed/person");
        more.put("validSource", broken);
        more.put("correlationQuery", broken);
        more.put("onCreate", broken);
        more.put(
                "properties",
                List.of(
                        Map.of("source", "userName", "target", "userName", "transform", broken),
                        Map.of("source", "mail", "target", "mail", "condition", broken)));
        Answer refused = admin("PUT", "/openidm/config/mapping/more", more);
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat((List<?>) ((Map<?, ?>) refused.json().get("detail")).get("faults"))
                .<Object>extracting(fault -> ((Map<?, ?>) fault).get("pointer"))
                .containsExactlyInAnyOrder(
                        "/validSource/source",
                        "/correlationQuery/source",
                        "/onCreate/source",
                        "/properties/0/transform/source",
                        "/properties/1/condition/source");
        assertThat(refused.body()).contains("jobs/mapping-more.json", "line 2");
        assertThat(admin("PUT", "/openidm/config/sync", Map.of("mappings", List.of(withName("more", more))))
                        .status())
                .isEqualTo(400);
        assertThat(definitions()).isEqualTo(before);
    }
}
