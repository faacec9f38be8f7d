package dev.concord.system.secrecy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.filter.Filter;
import dev.concord.mapping.DefinitionLoader;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Secrecy;
import dev.concord.mapping.Sources;
import dev.concord.record.Difference;
import dev.concord.record.Json;
import dev.concord.record.Resource;
import dev.concord.secret.CryptoValue;
import dev.concord.secret.TestKeys;
import dev.concord.system.KeyRange;
import dev.concord.system.ObjectSet;
import dev.concord.system.ObjectSets;
import dev.concord.system.Page;
import dev.concord.system.SystemUnavailable;
import dev.concord.system.Write;
import dev.concord.system.WriteOutcome;
import dev.concord.system.configured.ConfiguredObjectSets;
import dev.concord.system.file.FileObjectSets;
import dev.concord.testing.Databases;
import dev.concord.testing.PlatformDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What attributes that are hashed or encrypted do, whatever holds them. */
class SecretAttributesIT {

    private static final String CANARY = "Kanarienvogel-7";

    @TempDir
    private Path home;

    private PlatformDatabase database;
    private ObjectSets sets;

    @BeforeEach
    void open() throws IOException {
        write("jobs/keys/default.yaml", "name: default\nsecret: ${file:" + home.resolve("key") + "}\n");
        write("jobs/keys/other.yaml", "name: other\nsecret: ${file:" + home.resolve("other-key") + "}\n");
        write("key", TestKeys.SECRET + "\n");
        write("other-key", "x" + TestKeys.SECRET + "\n");
        String attributes = """
                      password: {type: string, hashed: true}
                      pin: {type: string, hashed: pbkdf2}
                      ssn: {type: string, encrypted: true}
                      salary: {type: integer, encrypted: other}
                      name: {type: string}
                """;
        write("jobs/managed/person.yaml", "name: person\nattributes:\n" + attributes);
        write("jobs/systems/table.yaml", """
                name: table
                type: jdbc
                datasource: platform
                setup: ../person.sql
                objects:
                  person:
                    table: person
                    id: id
                    attributes:
                """ + attributes + "      code: {writeOnly: true}\n");
        write("jobs/person.sql", """
                create table person (id varchar(50) primary key, password varchar(200), pin varchar(200),
                  ssn varchar(2000), salary varchar(2000), name varchar(200), code varchar(200));
                """);
        write("jobs/systems/csv.yaml", """
                name: csv
                type: csv
                objects:
                  person:
                    file: ../person.csv
                    id: id
                    attributes:
                """ + attributes);
        write("jobs/systems/json.yaml", """
                name: json
                type: json
                objects:
                  person:
                    file: ../person.jsonl
                    id: id
                    attributes:
                """ + attributes);
        database = PlatformDatabase.fresh(Databases.H2);
        sets = sets();
    }

    @AfterEach
    void close() {
        sets.close();
        database.close();
    }

    private ObjectSets sets() {
        Definitions definitions = DefinitionLoader.load(Sources.of(home.resolve("jobs")));
        assertThat(definitions.faults()).isEmpty();
        FileObjectSets files = new FileObjectSets(home.resolve("jobs"), home.resolve("data"), database.dataSource());
        return new ConfiguredObjectSets.Parts(database.dataSource(), home.resolve("jobs"), 2, files::open)
                .of(definitions);
    }

    private static final String STORES = "managed/person system/table/person system/csv/person system/json/person";

    @ParameterizedTest
    @ValueSource(strings = {"managed/person", "system/table/person", "system/csv/person", "system/json/person"})
    void noClearValueReachesTheStoreAndUnchangedOnesStayWhatTheyAre(String path) throws Exception {
        ObjectSet set = sets.open(path).asTarget();
        Map<String, Object> wanted = person(CANARY);
        wanted.put("pin", CANARY);
        Resource first = create(set, "1", wanted);

        for (Resource seen : List.of(first, fetched(set, path, "1"))) {
            assertThat(CryptoValue.isHashed(seen.content().get("password"))).isTrue();
            assertThat(CryptoValue.isHashed(seen.content().get("pin"))).isTrue();
            assertThat(CryptoValue.isEncrypted(seen.content().get("ssn"))).isTrue();
            assertThat(CryptoValue.isEncrypted(seen.content().get("salary"))).isTrue();
            assertThat(seen.content()).containsEntry("name", "Ada");
            assertThat(Json.write(seen.content())).doesNotContain(CANARY).doesNotContain("12345");
        }
        assertThat(everythingStored()).doesNotContain(CANARY).doesNotContain("12345");

        ObjectSet again = sets.open(path).asTarget();
        Resource before = fetched(again, path, "1");
        Map<String, Object> sealed = again.sealed(wanted, before);
        assertThat(difference(again, before, sealed).isEmpty()).isTrue();
        wanted.put("salary", 12345.0);
        assertThat(difference(again, before, again.sealed(wanted, before)).isEmpty())
                .as("1 is 1.0")
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"managed/person", "system/table/person", "system/csv/person", "system/json/person"})
    void anotherValueIsAChangeAndNothingElse(String path) {
        ObjectSet set = sets.open(path).asTarget();
        create(set, "1", person(CANARY));
        Resource before = fetched(set, path, "1");
        Map<String, Object> wanted = new HashMap<>(before.content());
        wanted.put("password", "another");
        wanted.put("salary", 1);
        Map<String, Object> sealed = set.sealed(wanted, before);

        assertThat(difference(set, before, sealed).changes())
                .extracting("attribute")
                .containsExactlyInAnyOrder("password", "salary");
        assertThat(set.write(List.of(new Write.Update(before, sealed))))
                .first()
                .isInstanceOf(WriteOutcome.Written.class);
        Resource after = fetched(set, path, "1");
        assertThat(after.content().get("ssn")).isEqualTo(before.content().get("ssn"));
        assertThat(difference(set, after, set.sealed(wanted, after)).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"managed/person", "system/table/person", "system/csv/person", "system/json/person"})
    void aWriteThatWasNotSealedIsSealedOnTheWay(String path) throws Exception {
        ObjectSet set = sets.open(path).asTarget();
        Resource created = create(set, "1", Map.of("name", "Ada"));
        Map<String, Object> content = new LinkedHashMap<>(created.content());
        content.putAll(Map.of("password", CANARY, "ssn", CANARY));

        assertThat(set.write(List.of(new Write.Update(created, content))))
                .first()
                .satisfies(outcome -> {
                    Resource written = ((WriteOutcome.Written) outcome).resource();
                    assertThat(CryptoValue.isHashed(written.content().get("password")))
                            .isTrue();
                });
        set.publish();
        assertThat(everythingStored()).doesNotContain(CANARY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"managed/person", "system/table/person", "system/csv/person", "system/json/person"})
    void whatCannotBeHashedIsRejectedWithoutShowingIt(String path) {
        ObjectSet set = sets.open(path).asTarget();
        for (Object unfit : List.of(List.of(CANARY), 5, true, Map.of("a", CANARY), CANARY.repeat(10))) {
            Map<String, Object> content = Map.of("name", "Ada", "password", unfit);
            assertThat(set.sealed(content, null)).isEqualTo(content);
            assertThat(set.write(List.of(new Write.Create("7", Map.of("name", "Bob")), new Write.Create("8", content))))
                    .satisfiesExactly(
                            first -> assertThat(first).isInstanceOf(WriteOutcome.NotDone.class),
                            second -> assertThat((WriteOutcome.Rejected) second).satisfies(rejected -> {
                                assertThat(rejected.kind()).isEqualTo(WriteOutcome.Kind.TYPE);
                                assertThat(rejected.attribute()).isEqualTo("password");
                                assertThat(rejected.message())
                                        .contains("password")
                                        .doesNotContain(CANARY);
                            }));
        }
        assertThat(set.fetch(List.of("7", "8"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"managed/person", "system/table/person", "system/csv/person", "system/json/person"})
    void valuesThatWereHashedOrEncryptedElsewhereArePassedThroughAndComparedAsTheyAre(String path) {
        ObjectSet set = sets.open(path).asTarget();
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("password", Json.read("""
                {"$crypto": {"type": "salted-hash", "value": {"algorithm": "SCRYPT", "data": "AAAA"}}}"""));
        wanted.put("ssn", Json.read("""
                {"$crypto": {"value": {"cipher": "AES/CBC/PKCS5Padding", "iv": "AA", "data": "BB", "key": "x"},
                 "type": "x-simple-encryption"}}"""));
        create(set, "1", wanted);

        Resource before = fetched(set, path, "1");
        assertThat(before.content()).containsAllEntriesOf(wanted);
        assertThat(difference(set, before, set.sealed(wanted, before)).isEmpty())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"managed/person", "system/table/person", "system/csv/person", "system/json/person"})
    void anEncryptedValueOfOursMeansWhatIsBehindIt(String path) {
        ObjectSet set = sets.open(path).asTarget();
        Resource made = create(set, "1", person(CANARY));
        Resource before = fetched(set, path, "1");
        Map<String, Object> again = new LinkedHashMap<>(before.content());
        again.put("ssn", set.sealed(Map.of("ssn", CANARY), null).get("ssn"));
        assertThat(again.get("ssn"))
                .as("another nonce")
                .isNotEqualTo(made.content().get("ssn"));
        again.put("password", again.get("ssn"));

        assertThat(difference(set, before, set.sealed(again, before)).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"managed/person", "system/table/person", "system/csv/person", "system/json/person"})
    void scansSearchesAndCountsSeeTheSame(String path) {
        ObjectSet set = sets.open(path).asTarget();
        create(set, "1", person(CANARY));
        create(set, "2", Map.of("name", "Bob"));
        set.publish();
        ObjectSet read = sets.open(path);
        List<Resource> scanned = new ArrayList<>();
        read.scan(KeyRange.ALL, null, 10, null)
                .items()
                .forEach(item -> scanned.add(((Page.Item.Found) item).resource()));
        assertThat(scanned).hasSize(2);
        assertThat(CryptoValue.isHashed(scanned.getFirst().content().get("password")))
                .isTrue();
        assertThat(read.find(List.of(Filter.parse("password pr"), Filter.parse("ssn eq \"" + CANARY + "\"")), 5))
                .satisfiesExactly(
                        one -> assertThat(one).containsExactly(scanned.getFirst()),
                        none -> assertThat(none).isEmpty());
        assertThat(read.count(Filter.parse("!(password pr)"))).isEqualTo(1);
    }

    @Test
    void theSchemaSaysWhatIsDeclared() {
        for (String path : STORES.split(" ")) {
            var attributes = sets.open(path).schema().attributes();
            assertThat(attributes.get("password").secrecy()).isInstanceOf(Secrecy.Hashed.class);
            assertThat(attributes.get("salary").secrecy()).isEqualTo(new Secrecy.Encrypted("other"));
            assertThat(sets.open(path).schema().isSensitive("password")).isTrue();
            assertThat(sets.open(path).schema().isSensitive("name")).isFalse();
        }
    }

    @Test
    void aClearTextFromEarlierDaysIsHashedWithTheNextWrite() throws Exception {
        ObjectSet set = sets.open("system/table/person");
        JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
        jdbc.update("insert into person (id, password, name) values ('1', ?, 'Ada')", CANARY);
        Resource before = set.fetch(List.of("1")).get("1");
        Map<String, Object> wanted = Map.of("id", "1", "name", "Ada", "password", CANARY);
        Map<String, Object> sealed = set.sealed(wanted, before);

        assertThat(difference(set, before, sealed).isEmpty()).isFalse();
        assertThat(set.write(List.of(new Write.Update(before, sealed))))
                .first()
                .isInstanceOf(WriteOutcome.Written.class);
        assertThat(everythingStored()).doesNotContain(CANARY);
    }

    @Test
    void whoeverReadsTheTableFindsAHashThatOthersKnow() {
        create(sets.open("system/table/person"), "1", person(CANARY));
        assertThat(new JdbcTemplate(database.dataSource()).queryForObject("select password from person", String.class))
                .startsWith("$2a$10$");
    }

    @Test
    void aWriteOnlyColumnIsWrittenAndNeverRead() {
        ObjectSet set = sets.open("system/table/person");
        JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
        Resource created = create(set, "1", Map.of("name", "Ada", "code", CANARY));
        assertThat(created.content()).doesNotContainKey("code");
        Resource read = set.fetch(List.of("1")).get("1");
        assertThat(read.content()).doesNotContainKey("code");
        assertThat(set.find(List.of(Filter.parse("code pr")), 5)).containsExactly(List.of());
        assertThat(set.count(Filter.parse("code eq \"" + CANARY + "\""))).isZero();
        assertThat(jdbc.queryForObject("select code from person", String.class)).isEqualTo(CANARY);

        assertThat(set.write(List.of(new Write.Update(read, with(read, "name", "Eve")))))
                .first()
                .isInstanceOf(WriteOutcome.Written.class);
        assertThat(jdbc.queryForObject("select code from person", String.class)).isEqualTo(CANARY);
        Resource renamed = set.fetch(List.of("1")).get("1");
        assertThat(set.write(List.of(new Write.Update(renamed, with(renamed, "code", "other")))))
                .first()
                .isInstanceOf(WriteOutcome.Written.class);
        assertThat(jdbc.queryForObject("select code from person", String.class)).isEqualTo("other");
    }

    @Test
    void aKeyThatCannotBeHadIsTroubleAndNoFaultOfTheRecord() throws Exception {
        Files.delete(home.resolve("key"));
        ObjectSet set = sets.open("managed/person");
        assertThatThrownBy(() -> set.write(List.of(new Write.Create("1", Map.of("ssn", CANARY)))))
                .isInstanceOf(SystemUnavailable.class)
                .hasMessageContaining("managed/person, attribute ssn: The key 'default' cannot be had")
                .hasMessageNotContaining(CANARY);
    }

    @Test
    void aNewKeyIsUsedForWhatIsWrittenAndTheOldOneStillReadsTheRest() throws Exception {
        create(sets.open("managed/person"), "1", person(CANARY));
        sets.close();
        write(
                "jobs/managed/person.yaml",
                Files.readString(home.resolve("jobs/managed/person.yaml"))
                        .replace("encrypted: true", "encrypted: other"));
        sets = sets();
        ObjectSet set = sets.open("managed/person");
        Resource before = set.fetch(List.of("1")).get("1");
        assertThat(difference(set, before, set.sealed(person(CANARY), before)).isEmpty())
                .isTrue();
        assertThat(Json.write(set.sealed(Map.of("ssn", "new"), before))).contains("\"other\"");
    }

    private static Map<String, Object> person(String secret) {
        Map<String, Object> person = new LinkedHashMap<>();
        person.put("password", secret);
        person.put("ssn", secret);
        person.put("salary", 12345);
        person.put("name", "Ada");
        return person;
    }

    private static Map<String, Object> with(Resource resource, String attribute, Object value) {
        Map<String, Object> content = new LinkedHashMap<>(resource.content());
        content.put(attribute, value);
        return content;
    }

    private static Resource create(ObjectSet set, String id, Map<String, Object> content) {
        WriteOutcome outcome = set.write(List.of(new Write.Create(id, content))).getFirst();
        assertThat(outcome).isInstanceOf(WriteOutcome.Written.class);
        return ((WriteOutcome.Written) outcome).resource();
    }

    /** The object without the column that repeats its id. */
    private Resource fetched(ObjectSet set, String path, String id) {
        set.publish();
        Resource resource = sets.open(path).asTarget().fetch(List.of(id)).get(id);
        Map<String, Object> content = new LinkedHashMap<>(resource.content());
        if (!path.startsWith("managed")) {
            content.remove("id");
        }
        return new Resource(resource.id(), resource.revision(), content);
    }

    private static Difference difference(ObjectSet set, Resource before, Map<String, Object> wanted) {
        return Difference.between(before.content(), set.asStored(wanted), set.schema()::isUnordered);
    }

    private String everythingStored() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String file : List.of("jobs/person.csv", "jobs/person.jsonl")) {
            if (Files.exists(home.resolve(file))) {
                all.append(Files.readString(home.resolve(file)));
            }
        }
        new JdbcTemplate(database.dataSource()).query("script", row -> {
            all.append(row.getString(1)).append('\n');
        });
        assertThat(all).as("something is stored").contains("Ada");
        return all.toString();
    }

    private void write(String path, String text) throws IOException {
        Path file = home.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
