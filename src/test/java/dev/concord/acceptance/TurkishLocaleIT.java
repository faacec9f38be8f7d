package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.record.Json;
import dev.concord.testing.CompanyHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where the upper case of i is İ and the lower case of I is ı, for Java and for the operating system, everything comes
 * out as it does elsewhere.
 */
class TurkishLocaleIT {

    private static final Map<String, String> TURKISH = Map.of(
            "LC_ALL",
            "tr_TR.UTF-8",
            "LANG",
            "tr_TR.UTF-8",
            "CONCORD_JAVA_OPTIONS",
            "-Duser.language=tr -Duser.country=TR");
    private static final Map<String, String> ENGLISH =
            Map.of("LC_ALL", "C.UTF-8", "CONCORD_JAVA_OPTIONS", "-Duser.language=en -Duser.country=US");

    @TempDir
    Path folder;

    @Test
    void aTurkishProcessDoesWhatAnEnglishOneDoes() throws Exception {
        assertThat(story("tr", TURKISH)).isEqualTo(story("en", ENGLISH));
    }

    @Test
    void whatAnEnglishProcessLinkedATurkishOneFinds() throws Exception {
        Path home = names("mixed");
        Launcher english = new Launcher(home, folder, ENGLISH);
        Launcher turkish = new Launcher(home, folder, TURKISH);
        assertThat(english.run("run", "names", "--json").exitCode()).isEqualTo(3);
        Map<String, Object> again =
                Json.readObject(turkish.run("run", "names", "--json").out());
        assertThat(again.get("effects"))
                .isEqualTo(Map.of(
                        "created",
                        0,
                        "updated",
                        0,
                        "unchanged",
                        6,
                        "deleted",
                        0,
                        "linksCreated",
                        0,
                        "linksRepointed",
                        0,
                        "linksRemoved",
                        0));
        assertThat(turkish.run("query", "managed/account", "--filter", "userName eq \"ID-I\"", "--json")
                        .out())
                .contains("ID-I")
                .doesNotContain("ID-ı", "ID-İ", "ID-i");
    }

    /** All that the sample company and a few names come to, without what differs from run to run. */
    private List<Object> story(String name, Map<String, String> environment) throws Exception {
        CompanyHome home = CompanyHome.in(names(name));
        Launcher launcher = new Launcher(home.folder(), folder, environment);
        List<Object> story = new ArrayList<>();
        for (String mapping : List.of("names", "hr-to-users")) {
            Launcher.Answer answer = launcher.run("run", mapping, "--json");
            assertThat(answer.exitCode()).as(answer.err()).isIn(0, 3);
            Map<String, Object> run = Json.readObject(answer.out());
            story.add(List.of(mapping, answer.exitCode(), run.get("effects"), run.get("ops")));
        }
        for (String mapping : List.of("names", "hr-to-users")) {
            story.add(withoutNewIds(launcher.run("links", mapping, "--json").out()));
        }
        for (String set : List.of("managed/account", "managed/alpha_user")) {
            story.add(withoutNewIds(launcher.run("query", set, "--json").out()));
        }
        return story;
    }

    /** Ids are made from those of runs, which are new each time; with them goes the order. */
    private static List<String> withoutNewIds(String json) {
        List<String> lines = json.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "new")
                .lines()
                .map(line -> line.endsWith(",") ? line.substring(0, line.length() - 1) : line)
                .sorted()
                .toList();
        assertThat(lines).hasSizeGreaterThan(5);
        return lines;
    }

    private Path names(String name) throws IOException {
        Path home = folder.resolve(name);
        write(home, "jobs/data/names.csv", """
                number,title
                ID-I,x
                ID-ı,x
                ID-İ,x
                ID-i,x
                TITLE,x
                title,x
                KIRIK,x
                kırık,x
                """);
        write(home, "jobs/systems/names.yaml", """
                name: names
                type: csv
                objects:
                  person: {file: ../data/names.csv, id: number}
                """);
        write(home, "jobs/managed/account.yaml", """
                name: account
                attributes:
                  userName: {type: string, required: true, unique: true}
                  TITLE: {type: string}
                """);
        write(home, "jobs/names.yaml", """
                name: names
                source: system/names/person
                target: managed/account
                sourceIdsCaseSensitive: false
                correlation: {any: [userName]}
                properties:
                  - {target: userName, source: number}
                  - {target: TITLE, source: title, condition: '/object/number pr'}
                """ + TrapHome.RULES);
        return home;
    }

    private static void write(Path home, String file, String text) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
