package dev.concord.cli;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.CommandLineApplication;
import dev.concord.record.Json;
import dev.concord.run.Home;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A word that only secrets hold goes through everything that can happen to a record, and is then looked for. */
@ExtendWith(OutputCaptureExtension.class)
class SecretsStaySecretIT {

    private static final String CANARY = "Kanarienvogel";
    private static final String LEVEL = "logging.level.root";

    @TempDir
    private Path home;

    private final List<String> answers = new ArrayList<>();

    @BeforeEach
    void makeHome() throws IOException {
        System.setProperty(LEVEL, "DEBUG");
        write("key", "0123456789abcdef0123456789abcdef\n");
        write("jobs/keys/default.yaml", "name: default\nsecret: ${file:" + home.resolve("key") + "}\n");
        write("jobs/data/people.csv", """
                number,name,pass,ssn
                1,Ada,Kanarienvogel-1,Kanarienvogel-ssn-1
                2,Ben,Kanarienvogel-2,Kanarienvogel-ssn-2
                3,Ada,Kanarienvogel-3,Kanarienvogel-ssn-3
                4,Eve,Kanarienvogel-4,Kanarienvogel-ssn-4
                5,Mal,Kanarienvogel-5,Kanarienvogel-ssn-5
                6,Long,Kanarienvogel-6-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx,Kanarienvogel-ssn-6
                7,Post,Kanarienvogel-7,Kanarienvogel-ssn-7
                8,Dec,Kanarienvogel-8,Kanarienvogel-ssn-8
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
                """);
        write("jobs/managed/account.yaml", """
                name: account
                attributes:
                  userName: {type: string, unique: true}
                  password: {type: string, hashed: true}
                  ssn: {type: string, encrypted: true}
                """);
        write("jobs/people.yaml", """
                name: people
                source: system/hr/person
                target: managed/account
                displayAttributes: [name, pass, {source: ssn, target: password}]
                properties:
                  - {target: userName, source: name}
                  - target: password
                    source: pass
                    transform: |
                      logger.error('the password is ' + source);
                      logger.warn('the password is {}', source);
                      if (source.endsWith('-5')) throw new Error('bad: ' + source + source.split('').join('.'));
                      source
                  - {target: ssn, source: ssn}
                onCreate: |
                  if (source.name === 'Eve') throw {code: source.pass, more: [target.password.toUpperCase(), target.ssn]};
                postMapping: |
                  if (source.name === 'Post') throw new Error(JSON.stringify(source) + JSON.stringify(target));
                  if (source.name === 'Dec') throw 'decrypted ' + openidm.decrypt(target.ssn);
                policies:
                  - {situation: ABSENT, action: CREATE}
                  - {situation: CONFIRMED, action: UPDATE}
                  - {situation: SOURCE_MISSING, action: DELETE}
                """);
        write("jobs/systems/doors.yaml", """
                name: doors
                type: jdbc
                url: "jdbc:h2:file:%s"
                username: sa
                setup: ../doors.sql
                objects:
                  door: {table: door, id: id, attributes: {code: {writeOnly: true}, hash: {hashed: true}}}
                """.formatted(home.resolve("elsewhere/doors")));
        write("jobs/doors.sql", """
                create table door (id varchar(50) primary key, name varchar(50) unique, code varchar(30) unique, hash varchar(99));
                """);
        write("jobs/doors.yaml", """
                name: doors
                source: system/hr/person
                target: system/doors/door
                displayAttributes: [pass, ssn]
                properties:
                  - {target: _id, source: number}
                  - {target: name, source: name}
                  - {target: code, source: pass}
                  - {target: hash, source: ssn}
                policies:
                  - {situation: ABSENT, action: CREATE}
                  - {situation: CONFIRMED, action: UPDATE}
                  - {situation: UNASSIGNED, action: REPORT}
                """);
    }

    @AfterEach
    void quietAgain() {
        System.clearProperty(LEVEL);
        LoggingSystem.get(getClass().getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.INFO);
    }

    @Test
    void nothingThatConcordSaysOrKeepsHoldsASecret(CapturedOutput output) throws IOException {
        run("people", "--analyze");
        run("people");
        String people = Files.readString(home.resolve("jobs/data/people.csv"));
        write(
                "jobs/data/people.csv",
                people.replace("Kanarienvogel-1", "Kanarienvogel-9").replaceAll("(?m)^2,.*\n", ""));
        run("people", "--analyze");
        run("people");
        run("doors");
        write("jobs/data/people.csv", people.replace("Kanarienvogel-2", "Kanarienvogel-1"));
        run("doors");
        for (String[] command : new String[][] {
            {"validate"},
            {"mappings"},
            {"runs"},
            {"runs", "--json"},
            {"query", "managed/account"},
            {"query", "managed/account", "--json"},
            {"query", "managed/account", "--fields", "password,ssn", "--json"},
            {"query", "system/hr/person"},
            {"query", "system/hr/person", "--json"},
            {"query", "system/doors/door", "--json"},
            {"links", "people"},
            {"links", "people", "--json"},
            {"links", "doors", "--json"},
            {"explain", "people", "1"},
            {"explain", "people", "1", "--json"},
            {"explain", "people", "4", "--json"},
            {"explain", "people", "5"},
            {"explain", "people", "8", "--json"},
            {"explain", "doors", "1", "--json"},
            {"explain", "doors", "3"}
        }) {
            concord(command);
        }

        String said = String.join("\n", answers);
        assertThat(said).contains("unique", "72 bytes", "the script threw", "decrypted ***", "(not shown)");
        assertSecretless("an answer", said);
        assertThat(output.getAll()).contains("DEBUG");
        assertSecretless("the log", output.getAll());
        try (Stream<Path> files = Files.walk(home.resolve("data"))) {
            List<Path> kept = files.filter(Files::isRegularFile).toList();
            assertThat(kept).isNotEmpty();
            for (Path file : kept) {
                byte[] bytes = Files.readAllBytes(file);
                for (Charset charset : List.of(UTF_8, UTF_16LE, UTF_16BE)) {
                    // Not by an assertion on the text, which would print the whole file.
                    assertThat(new String(bytes, charset).contains(CANARY))
                            .as("%s as %s has a secret", file, charset)
                            .isFalse();
                }
            }
        }
    }

    private static void assertSecretless(String what, String text) {
        text.lines()
                .forEach(line -> assertThat(line)
                        .as("%s", what)
                        .doesNotContainIgnoringCase(CANARY)
                        .doesNotContain("$2a$10$")
                        .doesNotContain("K.a.n.a.r.i.e.n")
                        .doesNotContainPattern("(iv|data)\\\\*\": *\\\\*\"[^*\\\\]"));
    }

    private void run(String mapping, String... more) {
        List<String> arguments = new ArrayList<>(List.of("run", mapping, "--json"));
        arguments.addAll(List.of(more));
        TestScreen screen = concord(arguments.toArray(String[]::new));
        Map<String, ?> run = Json.readObject(screen.out());
        assertThat(run.get("state")).as(screen.out()).isEqualTo("SUCCESS");
        assertThat((Map<?, ?>) run.get("statusSummary")).extracting("FAILURE").isNotEqualTo(0);
        String id = String.valueOf(run.get("_id"));
        concord("status", id);
        concord("report", id);
        concord("report", id, "--json");
        concord("report", id, "--format", "csv");
    }

    private TestScreen concord(String... arguments) {
        TestScreen screen = TestScreen.file();
        ConcordCommand.execute(CommandLineApplication.class, new Home(home), screen.screen(), arguments);
        answers.add(screen.out());
        answers.add(screen.err());
        return screen;
    }

    private void write(String path, String text) throws IOException {
        Path file = home.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, UTF_8);
    }
}
