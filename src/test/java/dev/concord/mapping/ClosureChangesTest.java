package dev.concord.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClosureChangesTest {

    @Test
    void sameTextsHaveNoDifferences() {
        Map<String, String> texts = Map.of("a.yaml", "name: a\n", "scripts/x.js", "1");
        assertThat(ClosureChanges.between(texts, texts)).isEmpty();
    }

    @Test
    void aKeyIsNamedByItsPathAndNeverWithItsValue() {
        assertThat(differences("systems/hr.yaml", "objects: {p: {file: a.csv}}", "objects: {p: {file: secret.csv}}"))
                .containsExactly("system hr: objects.p.file changed");
        assertThat(differences("managed/u.yaml", "attributes: {a: {}}", "attributes: {a: {}, b: {type: string}}"))
                .containsExactly("managed type u: attributes.b added");
        assertThat(differences("keys/k.yaml", "secret: a", "secret: b")).containsExactly("key k: secret changed");
        assertThat(differences("properties/m.yaml.json", "{\"x.y\":\"1\"}", "{\"x.y\":\"2\"}"))
                .containsExactly("properties of m.yaml: x.y changed");
    }

    @Test
    void whatIsTheSameAtBothEndsOfAListWasOnlyMoved() {
        assertThat(differences("m.yaml", "properties: [1, 2, 3]", "properties: [1, 9, 2, 3]"))
                .containsExactly("mapping m: properties[1] added");
        assertThat(differences("m.yaml", "properties: [1, 2, 3]", "properties: [1, 3]"))
                .containsExactly("mapping m: properties[1] removed");
        assertThat(differences("m.yaml", "properties: [{a: 1}, {a: 2}]", "properties: [{a: 1}, {a: 3}]"))
                .containsExactly("mapping m: properties[1].a changed");
        assertThat(differences("m.yaml", "properties: [1, 1]", "properties: [1, 1, 1]"))
                .containsExactly("mapping m: properties[2] added");
    }

    @Test
    void commentsAndLayoutAreToldFromMeaning() {
        assertThat(differences("m.yaml", "name: m", "name: m # so"))
                .containsExactly("mapping m: comments or layout only");
        assertThat(differences("scripts/x.js", "1", "1 // so")).containsExactly("scripts/x.js changed");
    }

    @Test
    void aFileOfPingIdmIsComparedMappingByMapping() {
        String file = "{\"mappings\": [{\"name\": \"a\", \"source\": \"s\"}, {\"name\": \"b\", \"source\": \"%s\"}]}";
        assertThat(differences("sync.json", file.formatted("s"), file.formatted("t")))
                .containsExactly("mapping b: source changed");
        assertThat(differences(
                        "sync.json",
                        file.formatted("s"),
                        "{\"mappings\": [{\"name\": \"b\", \"source\": \"s\"}, {\"name\": \"a\", \"source\": \"s\"}]}"))
                .containsExactly("sync.json: comments or layout only");
    }

    @Test
    void filesThatComeGoOrCannotBeReadAreNamed() {
        assertThat(ClosureChanges.between(Map.of("scripts/x.js", "1"), Map.of("systems/s.yaml", "name: s")))
                .containsExactly("scripts/x.js is gone, or no longer used", "system s is new");
        assertThat(differences("m.yaml", "name: m", "name: [m"))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("mapping m: ");
    }

    @Test
    void manyDifferencesOfOneFileAreCounted() {
        Map<String, String> many = new HashMap<>();
        StringBuilder before = new StringBuilder();
        StringBuilder after = new StringBuilder();
        for (int i = 0; i < 25; i++) {
            before.append("k").append(i).append(": 1\n");
            after.append("k").append(i).append(": 2\n");
        }
        many.put("m.yaml", before.toString());
        assertThat(ClosureChanges.between(many, Map.of("m.yaml", after.toString())))
                .hasSize(11)
                .last()
                .isEqualTo("mapping m: and 15 more");
    }

    private static java.util.List<String> differences(String path, String before, String after) {
        return ClosureChanges.between(Map.of(path, before), Map.of(path, after));
    }
}
