package dev.concord.canary;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.cli.Terminal;
import dev.concord.cli.Terminal.Said;
import dev.concord.record.Json;
import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** On the embedded database, with all commands besides, and with what is on disk in the end. */
class CanaryH2IT extends CanaryContract {

    /** Commands after which what they say may hold values of records. */
    private static final List<String> WITH_VALUES =
            List.of("report", "compare", "plan", "explain", "perform", "relink");

    @Override
    TestDatabase open() {
        return Databases.h2File(home.resolve("data"));
    }

    @Override
    void afterwards(TestDatabase database) throws IOException {
        Map<String, String> settings = Map.of(
                "spring.datasource.url", database.url(),
                "spring.datasource.username", database.username(),
                "spring.datasource.password", database.password(),
                "logging.level.dev.concord", "DEBUG");
        settings.forEach(System::setProperty);
        try {
            typeEverything();
        } finally {
            settings.keySet().forEach(System::clearProperty);
        }
        database.close();
        lookAtFiles();
        findings.assertSeen(Output.REPORTS, Bird.PERSON);
        findings.assertSeen(Output.QUERIES, Bird.PERSON);
        findings.assertSeen(Output.RUNS, Bird.FILTER);
        findings.assertSeen(Output.COMMANDS);
    }

    private void typeEverything() throws IOException {
        aviary.writePeople(1);
        aviary.write("jobs/data/cards.csv", "number,name,badge\n01,Wellensittich-before,Kanarienvogel-before\n");
        String filter = "name eq \"" + Bird.FILTER.value("typed") + "\" or number gt \"15\"";
        type("run", "people", "--analyze");
        type("plan", "people");
        type("plan", "people", "--html", home.resolve("plan.html").toString());
        findings.lookAtLines(Output.REPORTS, "the page of a plan", Files.readString(home.resolve("plan.html")));
        Said plan = type("plan", "people", "--json");
        assertThat(plan.out()).as(plan.err()).startsWith("{");
        type("apply", String.valueOf(Json.readObject(plan.out()).get("_id")));
        String all = run("people");
        System.setProperty("logging.level.root", "DEBUG");
        String doors = run("doors");
        type("explain", "people", "07", "--json");
        System.clearProperty("logging.level.root");
        LoggingSystem.get(getClass().getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
        String some = run("people", "--where", filter);
        run("people", "--id", "04");
        for (String run : List.of(all, doors)) {
            type("report", run);
            type("report", run, "--json");
            type("report", run, "--format", "csv");
            type("report", run, "--group");
        }
        type("report", all, "--by", "attribute");
        type("compare", runs.get(1), all);
        type("compare", runs.get(1), all, "--json");
        type("status", some);
        type("status", some, "--json");
        type("runs");
        type("runs", "--json");
        for (String id : List.of("01", "02", "03", "09", "10", "12", "13", "19")) {
            type("explain", "people", id);
        }
        type("explain", "people", "01", "--json");
        type("explain", "people", "04", "--preview");
        type("explain", "people", "04", "--preview", "--json");
        type("explain", "doors", "16", "--json");
        type("explain", "people", "--target", "one");
        type("query", "system/hr/person");
        // What a row makes of a sensitive attribute is masked where mappings are told of, not where the object is
        // looked at.
        type("query", "managed/account", "--fields", "_id,userName,mail,age,badge,password,ssn", "--json");
        type("query", "managed/account", "--fields", "password,ssn,badge", "--json");
        type("query", "system/doors/door", "--json");
        for (String set : List.of(
                "system/hr/ages",
                "system/hr/unclosed",
                "system/feed/person",
                "system/refused/door",
                "system/gone/door")) {
            type("query", set);
        }
        type("query", "managed/account", "--filter", "mail eq \"" + Bird.FILTER.value("open"));
        type("links", "people");
        type("links", "doors", "--json");
        type("perform", "UPDATE", "people", "--source", "04");
        type("perform", "LINK", "people", "--source", "09", "--target", "a", "--json");
        type("relink", "people", "--source", "01", "--target", "one");
        type("undo", all, "--analyze");
        Said undone = type("undo", all, "--json");
        assertThat(undone.out()).as(undone.err()).startsWith("{");
        type("report", String.valueOf(Json.readObject(undone.out()).get("_id")), "--json");
        type("audit");
        type("audit", "--json");
        type("validate");
        type("mappings", "--using", "managed/account.password");
        type("db", "info");
        aviary.breakDefinitions();
        type("validate");
        type("validate", "--json");
        type("run", "people");
    }

    private String run(String... arguments) {
        String[] line = Stream.concat(Stream.concat(Stream.of("run"), Stream.of(arguments)), Stream.of("--json"))
                .toArray(String[]::new);
        Said said = type(line);
        assertThat(said.out()).as(said.err()).startsWith("{");
        return String.valueOf(Json.readObject(said.out()).get("_id"));
    }

    private Said type(String... arguments) {
        Said said = Terminal.type(home, arguments);
        String line = String.join(" ", arguments);
        Output output = WITH_VALUES.contains(arguments[0])
                ? Output.REPORTS
                : switch (arguments[0]) {
                    case "query" -> Output.QUERIES;
                    case "status", "runs", "run" -> Output.RUNS;
                    default -> Output.COMMANDS;
                };
        findings.lookAtLines(output, line, said.out());
        findings.lookAtLines(Output.COMMANDS, line + ", on stderr", said.err());
        return said;
    }

    /** The embedded database with what was deleted in it, and whatever else is left. */
    private void lookAtFiles() throws IOException {
        try (Stream<Path> files = Files.walk(home.resolve("data"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                for (Charset charset : List.of(UTF_8, UTF_16LE, UTF_16BE, ISO_8859_1)) {
                    String text = new String(bytes, charset);
                    findings.look(Output.DISK, file.getFileName() + " as " + charset, text);
                    // Nobody keeps these as they are: the targets hash and encrypt them.
                    boolean clear = text.contains("Kanarienvogel-pass") || text.contains("Kanarienvogel-ssn");
                    assertThat(clear && !file.startsWith(home.resolve("data/snapshots")))
                            .as("%s as %s has the clear value of what is hashed or encrypted", file, charset)
                            .isFalse();
                }
            }
        }
    }
}
