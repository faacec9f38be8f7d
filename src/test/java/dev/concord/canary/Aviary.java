package dev.concord.canary;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A home whose records provoke everything that may repeat a value: each record is a provocation, known by its number,
 * and its values hold that number.
 */
final class Aviary {

    /** What is said, in the end, of records of the mapping people, by their numbers. */
    static final Map<String, String> IN_PEOPLE = Map.ofEntries(
            // A transform throws the value.
            Map.entry("02", "/password: people.yaml"),
            // A hook throws an object of values.
            Map.entry("03", "/onCreate"),
            // A hook throws both records as JSON.
            Map.entry("04", "/postMapping"),
            Map.entry("05", "72 bytes"),
            Map.entry("06", "must be unique"),
            // A hook throws what it decrypted.
            Map.entry("07", "/postMapping"),
            Map.entry("08", "must be a whole number"),
            Map.entry("09", "AMBIGUOUS"),
            Map.entry("10", "is no filter"),
            // A script that says whether the source is valid throws values.
            Map.entry("12", "/validSource"),
            Map.entry("13", "SyntaxError"),
            Map.entry("14", "TypeError"),
            Map.entry("15", "must return the name of an action"),
            // A script changes what is not there, by a path that holds a secret.
            Map.entry("19", "a call of openidm failed"));

    /** Likewise, of records of the mapping doors. */
    static final Map<String, String> IN_DOORS = Map.of(
            "08", "must be",
            // A secret that must be unique is taken.
            "16", "must be unique",
            "17", "at most 30 characters",
            "18", "constraint");

    private final Path home;
    private final TestDatabase database;

    Aviary(Path home, TestDatabase database) {
        this.home = home;
        this.database = database;
    }

    void build() {
        write("key", Bird.SECRET.value("key-of-more-than-thirty-two-characters\n"));
        write("password", Bird.SECRET.value("password\n"));
        write("wrong", Bird.SECRET.value("wrong\n"));
        write("signing", Bird.SECRET.value("signing-of-more-than-thirty-two-characters\n"));
        write("jobs/keys/default.yaml", "name: default\nsecret: ${file:" + home.resolve("key") + "}\n");
        writePeople(1);
        write("jobs/data/unclosed.csv", """
                number,name
                1,"Wellensittich-unclosed
                2,Wellensittich-two
                """);
        write("jobs/data/broken.json", """
                {"number": "1", "name": "Wellensittich-one"}
                {"number": "2", "name": "Wellensittich-two", Kanarienvogel
                {"number": "3", "age": "Wellensittich-three"}
                """);
        write("jobs/systems/hr.yaml", """
                name: hr
                type: csv
                objects:
                  person:
                    file: ../data/people.csv
                    id: number
                    attributes:
                      pass: {sensitive: true}
                      ssn: {sensitive: true}
                      badge: {sensitive: true}
                      note: {sensitive: true}
                  ages: {file: ../data/people.csv, id: number, attributes: {mail: {type: integer}}}
                  unclosed: {file: ../data/unclosed.csv, id: number}
                """);
        write("jobs/systems/feed.yaml", """
                name: feed
                type: json
                objects:
                  person: {file: ../data/broken.json, id: number, attributes: {age: {type: integer}}}
                """);
        write("jobs/systems/cards.yaml", """
                name: cards
                type: csv
                objects:
                  card: {file: ../data/cards.csv, id: number, attributes: {badge: {sensitive: true}}}
                """);
        write("jobs/data/cards.csv", "number,name,badge\n");
        write("jobs/managed/account.yaml", """
                name: account
                attributes:
                  userName: {type: string, unique: true}
                  mail: {type: string, indexed: true}
                  age: {type: integer}
                  badge: {type: string, sensitive: true}
                  remark: {type: string}
                  motto: {type: string}
                  password: {type: string, hashed: true}
                  ssn: {type: string, encrypted: true}
                """);
        write("jobs/people.yaml", PEOPLE);
        write("jobs/systems/doors.yaml", """
                name: doors
                type: jdbc
                url: "%s"
                username: doors
                password: ${file:%s}
                setup: ../doors.sql
                objects:
                  door: {table: door, id: id, attributes: {code: {writeOnly: true}, badge: {sensitive: true}, hash: {hashed: true}}}
                """.formatted(doorsUrl(), home.resolve("password")));
        write("jobs/doors.sql", """
                create table door (id varchar(50) primary key, name varchar(30), code varchar(160) unique,
                  badge varchar(60), level integer check (level < 90), hash varchar(99));
                """);
        write("jobs/systems/refused.yaml", """
                name: refused
                type: jdbc
                url: "%s"
                username: doors
                password: ${file:%s}
                timeouts: {connect: 300ms, call: 5s}
                objects:
                  door: {table: door, id: id}
                """.formatted(refusedUrl(), home.resolve("wrong")));
        write("jobs/systems/gone.yaml", """
                name: gone
                type: jdbc
                url: "jdbc:mysql://127.0.0.1:1/x?user=doors&password=${file:%s}"
                timeouts: {connect: 300ms, call: 5s}
                objects:
                  door: {table: door, id: id}
                """.formatted(home.resolve("password")));
        write("jobs/doors.yaml", mapping("doors", "system/hr/person", "system/doors/door", """
                  - {target: _id, source: number}
                  - {target: name, source: name}
                  - {target: code, source: pass}
                  - {target: badge, source: badge}
                  - {target: level, source: level, transform: "source == null ? null : Number(source)"}
                  - {target: hash, source: ssn, condition: "/object/number lt \\"02\\""}
                """, ""));
        write("jobs/cards.yaml", mapping("cards", "system/hr/person", "system/cards/card", """
                  - {target: _id, source: number}
                  - {target: name, source: name}
                  - {target: badge, source: badge}
                """, ""));
        write("jobs/hooks.yaml", mapping("hooks", "system/hr/person", "system/cards/card", "", """
                links: cards
                onRecon: |
                  throw new Error('I know ' + JSON.stringify(openidm.query('managed/account', {_queryFilter: 'true'}).result));
                """));
        write("jobs/ends.yaml", mapping("ends", "system/hr/person", "system/cards/card", "", """
                links: cards
                result: |
                  throw {mail: openidm.query('managed/account', {_queryFilter: 'true'}).result, more: 1};
                """));
        write("jobs/guarded.yaml", """
                name: guarded
                source: system/hr/person
                target: system/cards/card
                policies:
                  - {situation: UNASSIGNED, action: DELETE}
                  - {situation: ABSENT, action: IGNORE}
                thresholds: {deletes: 0}
                """);
        write("jobs/feeds.yaml", mapping("feeds", "system/feed/person", "managed/account", "", ""));
        write("jobs/ages.yaml", mapping("ages", "system/hr/ages", "managed/account", "", ""));
        write("jobs/unclosed.yaml", mapping("unclosed", "system/hr/unclosed", "managed/account", "", ""));
        write("jobs/refusals.yaml", mapping("refusals", "system/hr/person", "system/refused/door", "", ""));
        write("jobs/gones.yaml", mapping("gones", "system/hr/person", "system/gone/door", "", ""));
    }

    private static final String PEOPLE = """
            name: people
            source: system/hr/person
            target: managed/account
            displayAttributes: [name, pass, {source: note, target: remark}, {source: ssn, target: password}, {source: mail, target: badge}]
            validSource: |
              if (source.number === '12') throw new Error(source.mail + ' ' + source.pass + ' ' + source.badge);
              true
            correlationQuery: |
              ({_queryFilter: 'mail eq "' + source.mail + (source.number === '10' ? ' ' + source.badge : '"')})
            properties:
              - {target: userName, source: name}
              - {target: mail, source: mail}
              - {target: age, source: age, transform: "source === '3' ? 3 : source"}
              - {target: badge, source: badge}
              - {target: remark, source: note}
              - target: password
                source: pass
                condition: /object/number lt "06"
                transform: |
                  logger.error('the password is ' + source);
                  logger.warn('the password is {}', source);
                  logger.debug('of {} and {}', {pass: source}, new Error(source));
                  if (source.endsWith('-02')) throw new Error('bad: ' + source + ' ' + source.split('').join('.'));
                  source
              - {target: ssn, source: ssn}
            onMapping: |
              logger.info('mapping ' + source.mail + ' ' + source.badge);
              logger.info(source.mail);
              logger.error(JSON.stringify(source));
              target.motto = 'says ' + source.badge + ' and ' + source.name;
              if (source.number === '13') JSON.parse(source.mail + source.badge);
              if (source.number === '14') source[source.mail].nothing(source.pass);
              if (source.number === '19') openidm.update('managed/account/' + source.badge, null, {mail: source.mail, badge: source.badge});
            onCreate: |
              if (source.number === '03') throw {code: source.pass, mail: source.mail, more: [target.badge.toUpperCase(), target.ssn]};
            postMapping: |
              if (source.number === '04') throw new Error(JSON.stringify(source) + JSON.stringify(target));
              if (source.number === '07') throw 'decrypted ' + openidm.decrypt(target.ssn);
            onError: |
              logger.error('it failed: ' + error);
            policies:
              - situation: ABSENT
                condition: /object/number eq "15"
                action: {script: "source.pass + source.mail"}
              - {situation: ABSENT, action: CREATE}
              - {situation: CONFIRMED, action: UPDATE}
              - {situation: FOUND, action: UPDATE}
              - {situation: AMBIGUOUS, action: EXCEPTION}
              - {situation: SOURCE_MISSING, action: DELETE}
              - {situation: UNASSIGNED, action: REPORT}
            """;

    private static String mapping(String name, String source, String target, String rows, String more) {
        return "name: %s\nsource: %s\ntarget: %s\n".formatted(name, source, target)
                + (rows.isEmpty() ? "" : "properties:\n" + rows)
                + """
                policies:
                  - {situation: ABSENT, action: CREATE}
                  - {situation: CONFIRMED, action: UPDATE}
                  - {situation: SOURCE_MISSING, action: DELETE}
                  - {situation: UNASSIGNED, action: REPORT}
                """
                + more;
    }

    /** The people as they are when they are looked at for the first or the second time. */
    void writePeople(int time) {
        List<String> lines = new ArrayList<>(List.of("number,name,mail,pass,ssn,badge,note,age,level"));
        for (int i = 1; i <= 20; i++) {
            String number = "%02d".formatted(i);
            if (time > 1 && i == 20) {
                continue;
            }
            String name = i == 6
                    ? "Wellensittich-01"
                    : i == 17 ? "Wellensittich-17-" + "lang".repeat(10) : "Wellensittich-" + number;
            String change = time > 1 ? "-neu" : "";
            lines.add(String.join(
                    ",",
                    number,
                    name,
                    "wellensittich-" + number + change + "@vogel.example",
                    "Kanarienvogel-pass" + change + "-" + (i == 16 ? "01" : i == 5 ? "x".repeat(80) : number),
                    "Kanarienvogel-ssn-" + number,
                    "Kanarienvogel-badge" + change + "-" + number,
                    "Kanarienvogel-note" + change + "-" + number,
                    i == 8 ? "Wellensittich-age" : "3",
                    i == 18 ? "95" : i == 8 ? "Wellensittich" : "1"));
        }
        write("jobs/data/people.csv", String.join("\n", lines) + "\n");
    }

    /** Faults that hold secrets; with them nothing can be run any more. */
    void breakDefinitions() {
        write("jobs/systems/literal.yaml", """
                name: literal
                type: jdbc
                url: "jdbc:mysql://doors:Zaunkoenig-inside@127.0.0.1/x?password=Zaunkoenig-behind"
                username: doors
                password: Zaunkoenig-literal
                objects: {door: {table: door, id: id}}
                """);
        write("jobs/systems/syntax.yaml", """
                name: syntax
                type: jdbc
                password: ["Zaunkoenig-syntax
                """);
        write("jobs/systems/types.yaml", """
                name: types
                type: jdbc
                url: jdbc:h2:mem:x
                password: {env: Zaunkoenig-nested}
                objects: {door: {table: door, id: id}}
                """);
        write("jobs/keys/literal.yaml", "name: literal\nsecret: Zaunkoenig-key\n");
        write("jobs/webhooks/literal.yaml", "url: http://127.0.0.1/x\nsecret: Zaunkoenig-signing\n");
    }

    /** Another database than Concord's own, with a user of its own. */
    private String doorsUrl() {
        if (database.kind() == Databases.H2) {
            return "jdbc:h2:file:" + home.resolve("elsewhere/doors");
        }
        // The server of the tests takes any password.
        database.execute(
                "create database if not exists canary_doors character set utf8mb4",
                "drop table if exists canary_doors.door");
        return database.url().replaceFirst("/[^/]*$", "/canary_doors");
    }

    /** Nobody gets in there: with a wrong password, or because it is not there. */
    private String refusedUrl() {
        return database.kind() == Databases.H2 ? doorsUrl() : database.url().replaceFirst("/[^/]*$", "/canary_missing");
    }

    void write(String path, String text) {
        try {
            Path file = home.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
