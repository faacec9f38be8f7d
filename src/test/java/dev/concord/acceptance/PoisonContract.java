package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Measure;
import dev.concord.ledger.RunView;
import dev.concord.testing.Databases;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Records that nobody should ever have made, between good ones: each costs itself and nothing else, says why without
 * repeating what it holds, and the second run writes nothing.
 */
abstract class PoisonContract {

    private static final String BIG = "x".repeat(10 * 1024 * 1024);

    @TempDir
    Path folder;

    TrapHome home;

    private Long packet;

    abstract Databases kind();

    @BeforeEach
    void open() {
        home = new TrapHome(folder, kind());
        home.write("jobs/managed/account.yaml", """
                name: account
                attributes:
                  userName: {type: string}
                  mail: {type: string}
                  age: {type: integer}
                  pay: {type: number}
                  born: {type: date}
                  seen: {type: datetime}
                  active: {type: boolean}
                  tags: {type: string, multivalued: true}
                  more: {type: object}
                """);
        home.write("jobs/systems/hr.yaml", """
                name: hr
                type: json
                objects:
                  person: {file: ../data/people.jsonl, id: number}
                """);
        home.write("jobs/systems/sheet.yaml", """
                name: sheet
                type: csv
                objects:
                  person: {file: ../data/people.csv, id: number, attributes: {age: {type: integer}, born: {type: date}}}
                """);
        home.write("jobs/json.yaml", mapping("json", "system/hr/person", "managed/account"));
        home.write("jobs/csv.yaml", mapping("csv", "system/sheet/person", "managed/account"));
    }

    static String mapping(String name, String source, String target) {
        return """
                name: %s
                source: %s
                target: %s
                feedSize: 5
                taskThreads: 0
                displayAttributes: [{source: name, target: userName}, {source: mail, target: mail}]
                properties:
                  - {target: userName, source: name}
                  - {target: mail, source: mail}
                  - {target: age, source: age}
                  - {target: pay, source: pay}
                  - {target: born, source: born}
                  - {target: seen, source: seen}
                  - {target: active, source: active}
                  - {target: tags, source: tags}
                  - {target: more, source: more}
                """.formatted(name, source, target) + TrapHome.RULES;
    }

    @AfterEach
    void close() {
        if (packet != null) {
            home.database.execute("set global max_allowed_packet = " + packet);
        }
        if (home != null) {
            home.close();
        }
    }

    @Test
    void poisonInAJsonFile() {
        String tooDeep = "[".repeat(2000) + "]".repeat(2000);
        // As deep as a reader may take, and too deep with what is put around it.
        String deep = "[".repeat(499) + "]".repeat(499);
        StringBuilder lines = new StringBuilder();
        List<String> poison = List.of(
                "{\"number\": null, \"name\": \"null key\"}",
                "{\"number\": \"\", \"name\": \"empty key\"}",
                "{\"number\": \"   \", \"name\": \"blank key\"}",
                "{\"name\": \"no key\"}",
                "{\"number\": {\"a\": 1}, \"name\": \"object key\"}",
                "{\"number\": [1], \"name\": \"list key\"}",
                "{\"number\": true, \"name\": \"boolean key\"}",
                "{\"number\": 1.5, \"name\": \"decimal key\"}",
                "{\"number\": \"dup\", \"name\": \"first\"}",
                "{\"number\": \"dup\", \"name\": \"second adjacent\"}",
                "{\"number\": \"nul\", \"name\": \"a\\u0000b\"}",
                "{\"number\": \"k\\u0000y\", \"name\": \"nul in key\"}",
                "{\"number\": \"half\", \"name\": \"\\ud83d\"}",
                "{\"number\": \"h\\udc00\", \"name\": \"half key\"}",
                "{\"number\": \"emoji😀\", \"name\": \"😀😀\"}",
                "{\"number\": \"long\", \"age\": 92233720368547758070}",
                "{\"number\": \"dec\", \"pay\": 1234567890123456789012345678901234567890.12345678901}",
                "{\"number\": \"exp\", \"pay\": 1e400000}",
                "{\"number\": \"expint\", \"age\": 1e9}",
                "{\"number\": \"nan\", \"pay\": NaN}",
                "{\"number\": \"date0\", \"born\": \"0000-00-00\"}",
                "{\"number\": \"date9\", \"born\": \"9999-12-31\"}",
                "{\"number\": \"date10\", \"born\": \"+10000-01-01\"}",
                "{\"number\": \"seen9\", \"seen\": \"9999-12-31T23:59:59.999999999Z\"}",
                "{\"number\": \"type\", \"name\": {\"a\": 1}}",
                "{\"number\": \"type2\", \"age\": \"twelve\"}",
                "{\"number\": \"type3\", \"active\": \"yes\"}",
                "{\"number\": \"tags\", \"tags\": \"notalist\"}",
                "{\"number\": \"deep2000\", \"more\": {\"a\": " + tooDeep + "}}",
                "{\"number\": \"deep499\", \"more\": {\"a\": " + deep + "}}",
                "{\"number\": \"" + "k".repeat(300) + "\", \"name\": \"long key\"}",
                "{\"number\": \"" + "K".repeat(5000) + "\", \"name\": \"very long key\"}",
                "{\"number\": \"bigkey" + BIG + "\", \"name\": \"10 MB key\"}",
                "{\"number\": \"big\", \"name\": \"big\", \"mail\": \"" + BIG + "\"}",
                "{\"number\": \"bigmore\", \"more\": {\"a\": \"" + BIG + "\"}}",
                "{\"number\": \"a\", \"name\": \"twice\", \"name\": \"member\"}",
                "not json at all",
                "[1, 2]",
                "42",
                "{\"number\": \"cut\", \"name\": \"the end is mis",
                "{\"number\": \"dup\", \"name\": \"third, pages apart\"}");
        int good = 0;
        for (String line : poison) {
            lines.append("{\"number\": \"good")
                    .append(++good)
                    .append("\", \"name\": \"Good\", \"mail\": \"g")
                    .append(good)
                    .append("\"}\n");
            lines.append(line).append('\n');
        }
        home.write("jobs/data/people.jsonl", lines.toString());
        RunView first = home.done("json", "poison");

        List<String> failures = home.failures(first);
        assertThat(failures).noneMatch(failure -> failure.length() > 300);
        assertThat(failures.stream().map(PoisonContract::who).distinct().toList())
                .containsExactlyInAnyOrderElementsOf(unlike(
                        "K".repeat(80) + "…",
                        "bigkey" + "x".repeat(74) + "…",
                        "date0",
                        "dec",
                        "deep499",
                        "dup",
                        "exp",
                        "half",
                        "long",
                        "seen9",
                        "tags",
                        "target null",
                        "type",
                        "type2",
                        "type3",
                        kind() == Databases.H2 ? "type3" : "date10"));
        assertThat(failures.stream().filter(failure -> failure.startsWith("target null")))
                .hasSize(16);
        assertThat(failures.stream().filter(failure -> failure.startsWith("dup:")))
                .hasSize(2);
        assertThat(failures)
                .noneMatch(failure -> failure.contains("twelve") || failure.contains("notalist"))
                .noneMatch(failure -> failure.contains("0000-00-00") || failure.contains("9223372036854775807 0"));
        Map<String, Map<String, Object>> accounts = home.objects("managed/account");
        assertThat(accounts.values().stream().filter(account -> "Good".equals(account.get("userName"))))
                .hasSize(good);
        for (Map.Entry<String, Object> value :
                Map.of("mail", (Object) BIG, "userName", "a\u0000b").entrySet()) {
            assertThat(accounts.values().stream()
                            .anyMatch(account -> value.getValue().equals(account.get(value.getKey()))))
                    .isTrue();
        }
        assertThat(accounts.values().stream().anyMatch(account -> "😀😀".equals(account.get("userName"))))
                .isTrue();
        assertThat(home.links("json")).hasSize(accounts.size()).anyMatch(link -> link.startsWith("emoji😀>"));
        home.quiet("json", first);
    }

    @Test
    void poisonInACsvFile() {
        home.write(
                "jobs/csv.yaml",
                home.read("jobs/csv.yaml").replaceAll("  - [{]target: (pay|seen|active|tags|more), .*\\n", ""));
        StringBuilder lines = new StringBuilder("number,name,mail,age,born\n");
        List<String> poison = List.of(
                ",empty key,,,",
                "   ,blank key,,,",
                "dup,first,,,",
                "dup,second,,,",
                "nul,a\u0000b,,,",
                "k\u0000y,nul key,,,",
                "emoji😀,😀,,,",
                "long,,,92233720368547758070,",
                "type,,,twelve,",
                "date0,,,,0000-00-00",
                "date9,,,,9999-12-31",
                "few,columns",
                "many,columns,,,,,,,",
                "big,big," + BIG + ",,",
                "bigkey" + BIG + ",x,,,",
                "dup,third,,,");
        int good = 0;
        for (String line : poison) {
            lines.append("good").append(++good).append(",Good,g").append(good).append(",,\n");
            lines.append(line).append('\n');
        }
        home.write("jobs/data/people.csv", lines.toString());
        RunView first = home.done("csv", "poison");

        List<String> failures = home.failures(first);
        assertThat(failures).noneMatch(failure -> failure.length() > 300 || failure.contains("twelve"));
        assertThat(failures.stream().map(PoisonContract::who).distinct().toList())
                .containsExactlyInAnyOrderElementsOf(
                        unlike("bigkey" + "x".repeat(74) + "…", "date0", "dup", "long", "many", "target null", "type"));
        assertThat(failures.stream().filter(failure -> failure.startsWith("target null")))
                .hasSize(3);
        assertThat(home.objects("managed/account").values().stream()
                        .filter(account -> "Good".equals(account.get("userName"))))
                .hasSize(good);
        home.quiet("csv", first);
    }

    @Test
    void poisonInATable() {
        String text = kind() == Databases.H2 ? "clob" : "longtext";
        home.house();
        home.jdbc()
                .execute("create table person (number varchar(100) unique, name varchar(200), mail " + text
                        + ", pay decimal(38,10), born date, seen double)");
        home.jdbc()
                .execute("create table badge (id varchar(40) primary key, name varchar(20) not null, mail " + text
                        + ", pay decimal(12,2), born date)");
        home.write("jobs/systems/db.yaml", """
                name: db
                type: jdbc
                datasource: platform
                objects:
                  person: {table: person, id: number}
                  badge: {table: badge, id: id}
                """);
        home.write("jobs/table.yaml", """
                name: table
                source: system/db/person
                target: system/db/badge
                feedSize: 5
                taskThreads: 0
                properties:
                  - {target: _id, source: number}
                  - {target: name, source: name}
                  - {target: mail, source: mail}
                  - {target: pay, source: pay}
                  - {target: born, source: born}
                """ + TrapHome.RULES);
        for (int i = 0; i < 12; i++) {
            person("good" + i, "Good", "m" + i, 1, "2020-02-29");
        }
        person(null, "null key", null, 1, null);
        person(null, "another", null, 1, null);
        person(" ", "blank key", null, 1, null);
        person("big", "big", BIG, 1, null);
        person("nul\u0000", "a\u0000b", null, 1, null);
        person("longname", "x".repeat(21), null, 1, null);
        person("noname", null, null, 1, null);
        person("pay", "pay", null, new java.math.BigDecimal("1234567890123456789012345678.0123456789"), null);
        person("y".repeat(41), "long for the target", null, 1, null);
        person("date9", "date9", null, 1, "9999-12-31");
        List<String> zero = List.of();
        if (kind() == Databases.H2) {
            home.jdbc().update("insert into person (number, name, seen) values ('nan', 'nan', 'NaN')");
            zero = List.of("nan");
        } else {
            home.database.execute(
                    "set @before = @@sql_mode",
                    "set sql_mode = ''",
                    "insert into person (number, name, born) values ('date0', 'date0', '0000-00-00')",
                    "set sql_mode = @before");
            zero = List.of("date0");
        }

        RunView first = home.done("table", "poison");

        List<String> failures = home.failures(first);
        assertThat(failures).noneMatch(failure -> failure.length() > 400);
        java.util.ArrayList<String> expected =
                new java.util.ArrayList<>(List.of("longname", "noname", "pay", "target null", "y".repeat(41)));
        expected.addAll(zero);
        assertThat(failures.stream().map(PoisonContract::who).distinct().toList())
                .containsAll(expected);
        assertThat(home.objects("system/db/badge").values().stream().filter(badge -> "Good".equals(badge.get("name"))))
                .hasSize(12);
        assertThat(home.objects("system/db/badge").get("big").get("mail")).isEqualTo(BIG);
        home.quiet("table", first);
    }

    /** Positions in the ledger are ids; that no link can hold one is a matter of its record alone. */
    @Test
    void idsThatAreLongerThanAnyLinkFailAloneAndPagesEndBehindThem() {
        String ids = kind() == Databases.H2 ? "varchar(3000)" : "varchar(3000) character set ascii";
        home.house();
        for (String table : List.of("person", "badge")) {
            home.jdbc().execute("create table " + table + " (number " + ids + " primary key, name varchar(20))");
        }
        home.write("jobs/systems/db.yaml", """
                name: db
                type: jdbc
                datasource: platform
                objects:
                  person: {table: person, id: number}
                  badge: {table: badge, id: number}
                """);
        home.write("jobs/table.yaml", """
                name: table
                source: system/db/person
                target: system/db/badge
                feedSize: 2
                taskThreads: 0
                properties:
                  - {target: _id, source: number}
                  - {target: name, source: name}
                """ + TrapHome.RULES);
        List<String> tooLong = List.of("b".repeat(2999), "d".repeat(3000), "z".repeat(2001));
        for (String number : List.of("a", "c", "e")) {
            home.jdbc().update("insert into person values (?, 'good')", number);
        }
        for (String number : tooLong) {
            home.jdbc().update("insert into person values (?, 'long')", number);
            home.jdbc().update("insert into badge values (?, 'nobody''s')", number);
        }

        RunView first = home.done("table", "long-ids");

        assertThat(home.failures(first)).hasSize(3).allMatch(failure -> failure.contains("768 bytes"));
        assertThat(home.links("table")).containsExactly("a>a", "c>c", "e>e");
        assertThat(home.objects("system/db/badge")).containsKeys("a", "c", "e");
        home.quiet("table", first);
    }

    private void person(String number, String name, String mail, Number pay, String born) {
        home.jdbc()
                .update(
                        "insert into person (number, name, mail, pay, born) values (?, ?, ?, ?, ?)",
                        number,
                        name,
                        mail,
                        pay,
                        born);
    }

    /** A value that is more than the database takes in one statement costs its record, not the run. */
    @Test
    void aValueThatIsLargerThanAStatementMayBe() {
        if (kind() != Databases.H2) {
            packet = new JdbcTemplate(home.database.dataSource())
                    .queryForObject("select @@global.max_allowed_packet", Long.class);
            home.database.execute("set global max_allowed_packet = 4194304");
            home.database.pool().getHikariPoolMXBean().softEvictConnections();
        }
        home.jdbc()
                .execute("create table badge (id varchar(40) primary key, name varchar(20), mail "
                        + (kind() == Databases.H2 ? "clob" : "longtext") + ")");
        home.write("jobs/systems/db.yaml", """
                name: db
                type: jdbc
                datasource: platform
                objects:
                  badge: {table: badge, id: id}
                """);
        home.write("jobs/huge.yaml", """
                name: huge
                source: system/hr/person
                target: system/db/badge
                taskThreads: 0
                displayAttributes: [mail]
                properties:
                  - {target: _id, source: number}
                  - {target: name, source: name}
                  - {target: mail, source: mail}
                """ + TrapHome.RULES);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            String mail = switch (i) {
                // Two of these are more than the database takes in one statement, one is not.
                case 1, 6 -> "h".repeat(3 << 20);
                case 4 -> "€".repeat(2 << 20);
                default -> "m" + i;
            };
            lines.append("{\"number\": \"%d\", \"name\": \"Good\", \"mail\": \"%s\"}%n".formatted(i, mail));
        }
        home.write("jobs/data/people.jsonl", lines.toString());
        RunView first = home.done("huge", "huge");
        assertThat(home.failures(first).stream().map(PoisonContract::who).toList())
                .as(home.failures(first).toString())
                .isEqualTo(kind() == Databases.H2 ? List.of() : List.of("4"));
        assertThat(home.objects("system/db/badge"))
                .hasSize(8 - home.failures(first).size());
        home.quiet("huge", first);

        home.write(
                "jobs/data/people.jsonl",
                lines.toString().replace("hhhh", "HHHH").replace("m2", "M2"));
        RunView changed = home.done("huge", "changed");
        assertThat(TrapHome.writes(changed)).containsEntry(Measure.UPDATED, 3L);
        assertThat(home.objects("system/db/badge").get("6").get("mail"))
                .asString()
                .startsWith("HHHH");
        home.quiet("huge", changed);
    }

    private static String who(String failure) {
        return failure.substring(0, failure.indexOf(": "));
    }

    private static List<String> unlike(String... names) {
        return java.util.stream.Stream.of(names).distinct().toList();
    }
}
