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
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

    @Test
    void twoWhoWriteANewMappingAtTheSameMomentBothDo() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < 8; i++) {
                String path = "/openidm/config/mapping/twin" + i;
                CyclicBarrier together = new CyclicBarrier(2);
                Map<String, Object> twin = Map.of("source", "system/hr/employee", "target", "managed/person");
                Callable<Integer> put = () -> {
                    together.await();
                    return admin("PUT", path, twin).status();
                };
                List<Integer> statuses = new ArrayList<>();
                for (Future<Integer> one : threads.invokeAll(List.of(put, put))) {
                    statuses.add(one.get());
                }
                assertThat(statuses).as(path).containsExactlyInAnyOrder(200, 201);
                assertThat(admin("DELETE", path, null).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void whoKnowsAnOldRevisionOfAMappingWritesNothing() throws Exception {
        String path = "/openidm/config/mapping/people";
        Answer read = server.get("viewer", path);
        String old = String.valueOf(read.json().get("_rev"));
        assertThat(read.headers().get("etag")).containsExactly("\"" + old + "\"");
        assertThat(results(server.get("viewer", "/openidm/config" + query("name eq \"people\""))))
                .extracting(mapping -> mapping.get("_rev"))
                .containsExactly(old);
        Map<String, Object> people = read.json();
        people.put("allowEmptySourceSet", true);
        Answer written = admin("PUT", path, people, "If-Match", "\"" + old + "\"");
        assertThat(written.status()).as(written.body()).isEqualTo(200);
        String now = String.valueOf(written.json().get("_rev"));
        assertThat(now).isNotEqualTo(old);
        assertThat(written.headers().get("etag")).containsExactly("\"" + now + "\"");
        assertThat(server.get("viewer", path).json()).containsEntry("_rev", now);

        List<String> before = definitions();
        people.put("allowEmptySourceSet", false);
        assertThat(admin("PUT", path, people, "If-Match", old).status()).isEqualTo(412);
        assertThat(admin("PUT", path, people, "If-None-Match", "*").status()).isEqualTo(412);
        assertThat(admin("DELETE", path, null, "If-Match", old).status()).isEqualTo(412);
        assertThat(admin("PUT", "/openidm/config/mapping/more", people, "If-Match", old)
                        .status())
                .isEqualTo(400);
        people.remove("_id");
        people.remove("name");
        assertThat(admin("PUT", "/openidm/config/mapping/more", people, "If-Match", "*")
                        .status())
                .isEqualTo(404);
        assertThat(definitions()).isEqualTo(before);
        assertThat(admin("DELETE", path, null, "If-Match", now).status()).isEqualTo(200);
    }

    @Test
    void whoKnowsAnOldRevisionOfAllMappingsWritesNothing() throws Exception {
        String path = "/openidm/config/sync";
        Answer read = server.get("viewer", path);
        String old = String.valueOf(read.json().get("_rev"));
        assertThat(read.headers().get("etag")).containsExactly("\"" + old + "\"");
        Map<String, Object> people =
                server.get("viewer", "/openidm/config/mapping/people").json();
        people.put("allowEmptySourceSet", true);
        assertThat(admin("PUT", "/openidm/config/mapping/people", people).status())
                .isEqualTo(200);
        List<String> before = definitions();
        assertThat(admin("PUT", path, read.json(), "If-Match", old).status()).isEqualTo(412);
        assertThat(admin("PUT", path, read.json(), "If-None-Match", "*").status())
                .isEqualTo(412);
        assertThat(definitions()).isEqualTo(before);
        String now = String.valueOf(server.get("viewer", path).json().get("_rev"));
        Answer written = admin("PUT", path, read.json(), "If-Match", now);
        assertThat(written.status()).as(written.body()).isEqualTo(200);
        assertThat(written.json()).containsEntry("_rev", old);
    }
}
