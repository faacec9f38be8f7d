package dev.concord.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.mapping.MappingDocuments.Document;
import dev.concord.record.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mappings are changed where they are written, and what stands beside them is left alone. */
class MappingDocumentsTest {

    private static final String A = "{\"name\":\"a\",\"source\":\"system/s/o\",\"target\":\"managed/t\"}";
    private static final String B =
            "{\"name\":\"b\",\"source\":\"managed/t\",\"target\":\"system/s/o\",\"links\":\"a\"}";

    private static MappingDocuments documents(String file, String text) {
        Map<String, String> texts = new TreeMap<>();
        texts.put("systems/s.yaml", "{name: s, type: json, objects: {o: {file: o.json, id: id}}}");
        texts.put("managed/t.yaml", "{name: t, attributes: {x: {type: string}}}");
        texts.put(file, text);
        return MappingDocuments.of(Sources.of(texts));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    sync.json           | {"x":1,"mappings":[$A,$B]}
                    export.json         | {"x":1,"mapping":{"mapping/a":$A,"mapping/b":$B}}
                    export.json         | {"x":1,"sync":{"mappings":[$A]},"mapping":{"b":$B}}
                    all.json            | {"x":1,"idm":{"y":2,"sync":{"mappings":[$B]},"mapping/a":$A}}
                    """)
    void one_of_several_is_replaced_or_removed(String file, String form) {
        MappingDocuments before = documents(file, form.replace("$A", A).replace("$B", B));
        assertThat(before.faults()).isEmpty();
        MappingDocuments changed =
                before.with("b", Json.readObject(B.replace("\"links\":\"a\"", "\"links\":\"a\",\"enableSync\":false")));
        assertThat(changed.faults()).isEmpty();
        assertThat(changed.changes()).containsOnlyKeys(file);
        assertThat(changed.find("b").map(Document::json).orElseThrow()).containsEntry("enableSync", false);
        assertThat(changed.find("a").map(Document::json))
                .isEqualTo(before.find("a").map(Document::json));
        MappingDocuments removed = changed.without("b");
        assertThat(removed.faults()).isEmpty();
        assertThat(removed.all()).extracting(Document::name).containsExactly("a");
        assertThat(Json.readObject(String.valueOf(removed.changes().get(file)))).containsEntry("x", 1);
    }

    @ParameterizedTest
    @CsvSource({"mapping-a.json", "mapping/a.json", "any.mapping.json"})
    void a_file_of_its_own_goes_with_its_mapping(String file) {
        MappingDocuments before = documents(file, A);
        assertThat(before.with("a", Json.readObject(A)).changes()).containsOnlyKeys(file);
        MappingDocuments removed = before.without("a");
        assertThat(removed.faults()).isEmpty();
        assertThat(removed.changes()).containsEntry(file, null);
        assertThat(removed.all()).isEmpty();
    }

    @Test
    void what_others_need_cannot_be_removed() {
        assertThat(documents("sync.json", "{\"mappings\":[" + A + "," + B + "]}")
                        .without("a")
                        .faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).contains("\"a\""));
    }

    @Test
    void faults_that_were_there_before_stop_no_other_change() {
        MappingDocuments documents = documents("broken.yaml", "name: broken\nsource: nowhere\n");
        assertThat(documents.faults()).isEmpty();
        assertThat(documents.with("a", Json.readObject(A)).faults()).isEmpty();
    }

    @Test
    void a_native_file_stays_native() {
        MappingDocuments before = documents("a.yaml", "name: a\nsource: system/s/o\ntarget: managed/t\n");
        Map<String, Object> json = before.find("a").map(Document::json).orElseThrow();
        json.put("allowEmptySourceSet", true);
        MappingDocuments changed = before.with("a", json);
        assertThat(changed.faults()).isEmpty();
        assertThat(changed.changes().get("a.yaml")).contains("allowEmptySourceSet: true");
        assertThat(changed.find("a").map(Document::json)).contains(json);
        assertThat(changed.without("a").changes()).containsEntry("a.yaml", null);
    }

    @ParameterizedTest
    @CsvSource({"../x", ".x", "x/y", "' x'"})
    void names_that_lead_elsewhere_are_refused(String name) {
        MappingDocuments changed = documents("mapping-a.json", A).with(name, Json.readObject(A));
        assertThat(changed.faults().isEmpty() ? List.copyOf(changed.changes().keySet()) : List.of())
                .allSatisfy(file -> assertThat(file).isEqualTo("mapping-.x.json"));
    }
}
