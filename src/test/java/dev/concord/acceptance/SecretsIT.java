package dev.concord.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Measure;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.record.Json;
import dev.concord.secret.Crypto;
import dev.concord.secret.Keys;
import dev.concord.secret.Secret;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Secrets on their way through runs: what is written, what is left alone, and by what it is recognised. */
class SecretsIT {

    private static final String PEOPLE = """
            number,name,password,ssn
            1,Ada,countess,111-11
            2,Ben,big clock,222-22
            3,Cem,,333-33
            """;

    @TempDir
    private Path home;

    private TestDatabase database;
    private House house;
    private JdbcTemplate jdbc;
    private int runs;

    @BeforeEach
    void open() throws IOException {
        write("jobs/data/people.csv", PEOPLE);
        write("jobs/keys/default.yaml", "name: default\nsecret: ${file:" + home.resolve("key") + "}\n");
        write("key", "0123456789abcdef0123456789abcdef\n");
        write("jobs/systems/staff.yaml", """
                name: staff
                type: csv
                objects:
                  person:
                    file: ../data/people.csv
                    id: number
                    attributes:
                      password: {sensitive: true}
                      ssn: {sensitive: true}
                """);
        write("jobs/managed/account.yaml", """
                name: account
                attributes:
                  userName: {type: string}
                  password: {type: string, hashed: true}
                  ssn: {type: string, encrypted: true}
                """);
        write("jobs/systems/doors.yaml", """
                name: doors
                type: jdbc
                datasource: platform
                setup: ../doors.sql
                objects:
                  door: {table: door, id: id, attributes: {code: {writeOnly: true}}}
                """);
        write("jobs/doors.sql", "create table door (id varchar(50) primary key, name varchar(50), code varchar(50));");
        write("jobs/accounts.yaml", mapping("accounts", "managed/account", """
                  - {target: userName, source: name}
                  - {target: password, source: password}
                  - {target: ssn, source: ssn}
                """, ""));
        write("jobs/doors.yaml", mapping("doors", "system/doors/door", """
                  - {target: _id, source: number}
                  - {target: name, source: name}
                  - {target: code, source: password}
                """, ""));
        database = Databases.H2.fresh();
        house = House.open(home, database);
        jdbc = house.get(JdbcTemplate.class);
    }

    private static String mapping(String name, String target, String rows, String more) {
        return """
                name: %s
                source: system/staff/person
                target: %s
                properties:
                """.formatted(name, target) + rows + """
                policies:
                  - {situation: ABSENT, action: CREATE}
                  - {situation: CONFIRMED, action: UPDATE}
                """ + more;
    }

    @AfterEach
    void close() {
        house.close();
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"accounts", "doors"})
    void aConstantSecretRewritesNobody(String mapping) {
        assertThat(run(mapping).counts().get(Measure.CREATED)).isEqualTo(3);
        List<Map<String, Object>> links = links();
        List<Map<String, Object>> targets = targets(mapping);
        for (int again = 0; again < 2; again++) {
            assertUnchanged(run(mapping), 3);
            assertThat(links()).as("not even the links").isEqualTo(links);
            assertThat(targets(mapping)).isEqualTo(targets);
        }
        assertThat(links.stream().filter(link -> link.get("SECOND_DIGESTS") != null))
                .as("Cem has no password")
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"accounts", "doors"})
    void aSecretThatChangedIsWrittenOnce(String mapping) throws IOException {
        run(mapping);
        write("jobs/data/people.csv", PEOPLE.replace("countess", "enchantress"));
        RunView changed = run(mapping);
        assertThat(changed.counts().get(Measure.UPDATED)).isEqualTo(1);
        assertThat(changed.counts().get(Measure.UNCHANGED)).isEqualTo(2);
        assertUnchanged(run(mapping), 3);
        if (mapping.equals("doors")) {
            assertThat(door("1")).isEqualTo("enchantress");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"accounts", "doors"})
    void recordByRecordItIsTheSame(String mapping) throws IOException {
        String file = "jobs/" + mapping + ".yaml";
        write(file, Files.readString(home.resolve(file)) + "postMapping: \"target.nothing = 1\"\n");
        assertThat(run(mapping).counts().get(Measure.CREATED)).isEqualTo(3);
        List<Map<String, Object>> links = links();
        assertUnchanged(run(mapping), 3);
        assertThat(links()).isEqualTo(links);
    }

    @Test
    void whatIsKeptOfHashedAndEncryptedValuesIsNotTheirText() {
        run("accounts");
        assertThat(Json.write(targets("accounts")))
                .contains("Ada", "$2a$10$", "$crypto")
                .doesNotContain("countess")
                .doesNotContain("111-11");
    }

    @Test
    void aHashIsRecognisedByTheDigestBesideTheLinkWithoutVerifyingIt() {
        run("accounts");
        String id = id("Ada");
        String foreign = "$2a$10$" + "a".repeat(53);
        jdbc.update("update \"managed_account\" set \"password\" = ? where \"_id\" = ?", foreign, id);
        Crypto crypto = new Crypto(new Keys(Map.of("default", Secret.of("${file:" + home.resolve("key") + "}"))));
        jdbc.update(
                "update link set second_digests = ? where second_id = ?",
                Json.write(Map.of("password", crypto.digest("countess", "managed/account", id, "password", foreign))),
                id);

        assertUnchanged(run("accounts"), 3);
    }

    @Test
    void aHashThatSomebodyElseWroteIsNotVouchedFor() {
        run("accounts");
        jdbc.update(
                "update \"managed_account\" set \"password\" = ? where \"userName\" = 'Ada'",
                "$2a$10$" + "a".repeat(53));

        assertThat(run("accounts").counts().get(Measure.UPDATED)).isEqualTo(1);
        assertUnchanged(run("accounts"), 3);
    }

    @Test
    void withoutDigestsHashesAreVerifiedAndTheDigestsComeBack() {
        run("accounts");
        List<Map<String, Object>> targets = targets("accounts");
        List<Object> digests = digests();
        jdbc.update("update link set second_digests = null");

        assertUnchanged(run("accounts"), 3);
        assertThat(digests()).isEqualTo(digests);
        assertThat(targets("accounts")).isEqualTo(targets);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "postMapping: \"target.nothing = 1\"\n"})
    void aLinkThatIsMadeForAKnownTargetRemembersAtOnce(String more) throws IOException {
        write(
                "jobs/accounts.yaml",
                Files.readString(home.resolve("jobs/accounts.yaml"))
                        + "  - {situation: FOUND, action: UPDATE}\ncorrelation: {any: [userName]}\n" + more);
        run("accounts");
        List<Object> digests = digests();
        jdbc.update("delete from link");

        assertUnchanged(run("accounts"), 3);
        assertThat(digests()).isEqualTo(digests);
        List<Map<String, Object>> links = links();
        assertUnchanged(run("accounts"), 3);
        assertThat(links()).isEqualTo(links);
    }

    @Test
    void withoutAKeyHashesAreVerifiedEachTime() throws IOException {
        Files.delete(home.resolve("jobs/keys/default.yaml"));
        write("jobs/managed/account.yaml", """
                name: account
                attributes:
                  userName: {type: string}
                  password: {type: string, hashed: true}
                  ssn: {type: string}
                """);
        Files.delete(home.resolve("jobs/systems/doors.yaml"));
        Files.delete(home.resolve("jobs/doors.yaml"));
        assertThat(run("accounts").counts().get(Measure.CREATED)).isEqualTo(3);
        assertUnchanged(run("accounts"), 3);
        assertThat(digests()).containsOnlyNulls();
    }

    @Test
    void withoutItsDigestAWriteOnlyValueIsWrittenAgainOnce() {
        run("doors");
        jdbc.update("update door set code = 'lost' where id = '1'");
        assertUnchanged(run("doors"), 3);
        assertThat(door("1")).as("nobody can know").isEqualTo("lost");

        jdbc.update("update link set second_digests = null");
        assertThat(run("doors").counts().get(Measure.UPDATED)).isEqualTo(2);
        assertThat(door("1")).isEqualTo("countess");
        assertUnchanged(run("doors"), 3);
    }

    @Test
    void anExplicitNullEmptiesAWriteOnlyValueOnce() throws IOException {
        run("doors");
        write(
                "jobs/doors.yaml",
                Files.readString(home.resolve("jobs/doors.yaml"))
                        .replace("source: password", "source: password, transform: \"null\""));
        RunView emptied = run("doors");
        assertThat(emptied.counts().get(Measure.UPDATED)).isEqualTo(2);
        assertThat(door("1")).isNull();
        assertUnchanged(run("doors"), 3);
    }

    @Test
    void anAnalysisRemembersNothing() {
        run("doors");
        jdbc.update("update link set second_digests = null");
        assertThat(house.analyze("doors", "look").counts().get(Measure.UPDATED)).isEqualTo(2);
        assertThat(digests()).containsOnlyNulls();
    }

    @Test
    void aKeyThatIsMissingEndsTheRunAtItsStart() throws IOException {
        Files.delete(home.resolve("key"));
        for (String mapping : List.of("accounts", "doors")) {
            RunView view = run(mapping);
            assertThat(view.run().state()).isEqualTo(RunState.FAILED);
            assertThat(view.run().message())
                    .contains("The mapping " + mapping + " needs a key: The key 'default' cannot be had")
                    .contains("cannot be read");
            assertThat(view.counts().get(Measure.OPS)).isZero();
        }
    }

    @Test
    void aScriptEncryptsDecryptsAndHashesWithTheKeysOfTheHouse() throws IOException {
        write("jobs/accounts.yaml", mapping("accounts", "managed/account", """
                  - {target: userName, source: name}
                  - {target: ssn, source: ssn, transform: "openidm.encrypt(source, 'AES/CBC/PKCS5Padding', 'default')"}
                  - {target: password, source: password, transform: "source && openidm.encrypt(source, null, null)"}
                """, ""));
        assertThat(run("accounts").counts().get(Measure.CREATED)).isEqualTo(3);
        assertThat(Json.write(targets("accounts")))
                .contains("$2a$10$")
                .doesNotContain("countess")
                .doesNotContain("111-11");
        assertUnchanged(run("accounts"), 3);

        write("jobs/back.yaml", """
                name: back
                source: managed/account
                target: system/doors/door
                properties:
                  - {target: _id, source: userName}
                  - {target: name, source: ssn, transform: "openidm.isEncrypted(source) ? openidm.decrypt(source) : 'no'"}
                  - {target: code, source: password, transform: "'' + openidm.isHashed(source)"}
                policies:
                  - {situation: ABSENT, action: CREATE}
                """);
        assertThat(run("back").counts().get(Measure.CREATED)).isEqualTo(3);
        assertThat(jdbc.queryForList("select name from door order by name", String.class))
                .containsExactly("111-11", "222-22", "333-33");
        assertThat(door("Ada")).isEqualTo("true");
    }

    private RunView run(String mapping) {
        return house.run(mapping, "run-" + ++runs);
    }

    private static void assertUnchanged(RunView view, int records) {
        assertThat(view.run().state()).isEqualTo(RunState.SUCCESS);
        assertThat(view.counts().get(Measure.UNCHANGED)).isEqualTo(records);
        assertThat(view.counts().get(Measure.UPDATED)).isZero();
    }

    private List<Map<String, Object>> links() {
        return jdbc.queryForList(
                "select first_id, second_id, revision, second_digests from link order by link_type, first_id");
    }

    private List<Object> digests() {
        return links().stream().map(link -> link.get("SECOND_DIGESTS")).toList();
    }

    private List<Map<String, Object>> targets(String mapping) {
        return jdbc.queryForList(
                mapping.equals("accounts")
                        ? "select * from \"managed_account\" order by \"userName\""
                        : "select * from door order by id");
    }

    private String id(String name) {
        return jdbc.queryForObject(
                "select \"_id\" from \"managed_account\" where \"userName\" = ?", String.class, name);
    }

    private String door(String id) {
        return jdbc.queryForObject("select code from door where id = ?", String.class, id);
    }

    private void write(String path, String text) throws IOException {
        Path file = home.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, UTF_8);
    }
}
