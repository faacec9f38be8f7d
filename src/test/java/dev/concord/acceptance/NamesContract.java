package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Measure;
import dev.concord.ledger.RunView;
import dev.concord.record.Json;
import dev.concord.testing.Databases;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DuplicateKeyException;

/**
 * Ids and names that a database takes for the same and Java does not, or the other way round: no identity is lost,
 * doubled or mixed up, pages end and go on where they should, and the second run writes nothing.
 */
abstract class NamesContract {

    /** Four letters i, cases, accents in both forms, blanks at the end, letters that grow with their case. */
    private static final List<String> NAMES = List.of(
            "I",
            "ı",
            "İ",
            "i",
            "i̇",
            "ISTANBUL",
            "istanbul",
            "İstanbul",
            "ıstanbul",
            "a",
            "A",
            "a ",
            "a  ",
            "b",
            "B ",
            "ß",
            "ss",
            "SS",
            "ẞ",
            "straße",
            "STRASSE",
            nfc("é"),
            nfd("é"),
            "e",
            "E",
            nfc("ä"),
            nfd("ä"),
            "ae",
            "æ",
            "z",
            "Z",
            "\u00c5",
            "\u212b",
            "ﬁ",
            "fi",
            "ς",
            "σ",
            "Σ",
            "😀",
            "😁",
            "ǆ",
            "ǅ",
            "Ǆ",
            "c",
            "ch",
            "d",
            "ñ",
            "n");

    @TempDir
    Path folder;

    private TrapHome home;
    private Locale before;

    abstract Databases kind();

    /** How columns of the table are made: what stands behind their type. */
    abstract List<String> collations();

    /** Whether the database itself works in the Turkish locale of this process. */
    Locale locale() {
        return Locale.getDefault();
    }

    @BeforeEach
    void open() {
        before = Locale.getDefault();
        Locale.setDefault(locale());
        home = new TrapHome(folder, kind());
        home.write("jobs/systems/db.yaml", """
                name: db
                type: jdbc
                datasource: platform
                objects:
                  person: {table: person, id: id}
                  badge: {table: badge, id: id}
                """);
        home.write("jobs/systems/hr.yaml", """
                name: hr
                type: json
                objects:
                  person: {file: ../data/people.jsonl, id: id}
                """);
        home.write("jobs/managed/account.yaml", """
                name: account
                attributes:
                  userName: {type: string}
                """);
    }

    @AfterEach
    void close() {
        if (home != null) {
            home.close();
        }
        Locale.setDefault(before);
    }

    private static String nfc(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    private static String nfd(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD);
    }

    private static String mapping(String name, String source, String target, String more) {
        return """
                name: %s
                source: %s
                target: %s
                feedSize: 2
                taskThreads: 0
                """.formatted(name, source, target) + more + TrapHome.RULES;
    }

    @ParameterizedTest
    @MethodSource("collations")
    void idsOfATableAsSource(String column) {
        home.house();
        home.jdbc().execute("create table person (id " + column + " not null, name varchar(50), primary key (id))");
        List<String> kept = insert("person");
        home.write("jobs/table.yaml", mapping("table", "system/db/person", "managed/account", """
                properties:
                  - {target: userName, source: id}
                """));

        RunView first = home.through("table", "first");
        assertThat(home.failures(first)).isEmpty();
        assertThat(first.counts().get(Measure.CREATED)).isEqualTo(kept.size());
        assertThat(userNames()).containsExactlyInAnyOrderElementsOf(kept);
        assertThat(sources("table")).containsExactlyInAnyOrderElementsOf(kept);
        home.quiet("table", first);

        List<String> left = new ArrayList<>();
        for (int i = 0; i < kept.size(); i++) {
            if (i % 3 == 0) {
                home.jdbc().update("delete from person where id = ?", kept.get(i));
            } else {
                left.add(kept.get(i));
            }
        }
        RunView fewer = home.through("table", "fewer");
        assertThat(home.failures(fewer)).isEmpty();
        assertThat(userNames()).containsExactlyInAnyOrderElementsOf(left);
        assertThat(sources("table")).containsExactlyInAnyOrderElementsOf(left);
        home.quiet("table", fewer);
    }

    @ParameterizedTest
    @MethodSource("collations")
    void idsOfATableAsTarget(String column) {
        home.house();
        home.jdbc().execute("create table badge (id " + column + " not null, name varchar(50), primary key (id))");
        people(NAMES);
        home.write("jobs/badges.yaml", mapping("badges", "system/hr/person", "system/db/badge", """
                properties:
                  - {target: _id, source: id}
                  - {target: name, source: name}
                """));

        RunView first = home.through("badges", "first");
        Map<String, Map<String, Object>> badges = home.objects("system/db/badge");
        badges.forEach((id, badge) -> assertThat(badge.get("name")).isEqualTo("name of " + id));
        Set<String> failed = new HashSet<>();
        home.failures(first).forEach(failure -> failed.add(failure.substring(0, failure.indexOf(": "))));
        assertThat(badges.size() + failed.size()).isEqualTo(NAMES.size());
        assertThat(failed).doesNotContainAnyElementsOf(badges.keySet());
        assertThat(home.links("badges"))
                .containsExactlyInAnyOrderElementsOf(
                        badges.keySet().stream().map(id -> id + ">" + id).toList());
        home.quiet("badges", first);

        List<String> fewer =
                NAMES.stream().filter(name -> NAMES.indexOf(name) % 2 == 0).toList();
        people(fewer);
        RunView second = home.through("badges", "fewer");
        RunView third = home.through("badges", "settled");
        assertThat(home.objects("system/db/badge").keySet()).isSubsetOf(fewer);
        assertThat(second.counts().get(Measure.DELETED))
                .isEqualTo(badges.keySet().stream()
                        .filter(id -> !fewer.contains(id))
                        .count());
        home.objects("system/db/badge")
                .forEach((id, badge) -> assertThat(badge.get("name")).isEqualTo("name of " + id));
        home.quiet("badges", third);
    }

    @ParameterizedTest
    @MethodSource("collations")
    void namesThatAreLookedForInATable(String column) {
        home.house();
        home.jdbc().execute("create table badge (id integer not null primary key, name " + column + ")");
        for (int i = 0; i < NAMES.size(); i++) {
            home.jdbc().update("insert into badge (id, name) values (?, ?)", i, NAMES.get(i));
        }
        people(NAMES);
        home.write("jobs/badges.yaml", mapping("badges", "system/hr/person", "system/db/badge", """
                correlation: {any: [name]}
                properties:
                  - {target: name, source: id}
                """));
        RunView first = home.through("badges", "first");
        assertThat(home.failures(first)).isEmpty();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < NAMES.size(); i++) {
            expected.add(NAMES.get(i) + ">" + i);
        }
        assertThat(home.links("badges")).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(TrapHome.writes(first)).containsOnlyKeys(Measure.LINKS_CREATED);
        home.quiet("badges", first);
    }

    /**
     * Where ids are said not to be case-sensitive, two spellings of one id are one id, however far apart they stand.
     */
    @Test
    void twoSpellingsOfOneIdAreADuplicate() {
        people(List.of("A1", "a1", "b", "İ", "ı", "I", "c", "i̇", "d", "e", "f", "a1 ", "i", "A1 "));
        home.write("jobs/managed/account.yaml", home.read("jobs/managed/account.yaml"));
        home.write("jobs/people.yaml", mapping("people", "system/hr/person", "managed/account", """
                sourceIdsCaseSensitive: false
                properties:
                  - {target: userName, source: id}
                """));
        RunView first = home.through("people", "first");
        assertThat(home.failures(first).stream()
                        .map(f -> f.substring(0, f.indexOf(": ")))
                        .toList())
                .containsExactlyInAnyOrder("a1", "i̇", "i", "A1 ");
        assertThat(userNames()).containsExactlyInAnyOrder("A1", "b", "İ", "ı", "I", "c", "d", "e", "f", "a1 ");
        assertThat(sources("people")).isEqualTo(new ArrayList<>(new TreeSet<>(userNames())));
        home.quiet("people", first);
    }

    private void people(List<String> ids) {
        StringBuilder lines = new StringBuilder();
        ids.forEach(id -> lines.append(Json.write(Map.of("id", id, "name", "name of " + id)))
                .append('\n'));
        home.write("jobs/data/people.jsonl", lines.toString());
    }

    /** Inserts all names; those that the table takes for another one are left out. */
    private List<String> insert(String table) {
        List<String> kept = new ArrayList<>();
        for (String name : NAMES) {
            try {
                home.jdbc().update("insert into " + table + " (id, name) values (?, ?)", name, name);
                kept.add(name);
            } catch (DuplicateKeyException same) {
                // That is the trap.
            }
        }
        assertThat(kept).hasSizeGreaterThan(15);
        return kept;
    }

    private List<String> userNames() {
        return home.objects("managed/account").values().stream()
                .map(account -> String.valueOf(account.get("userName")))
                .toList();
    }

    private List<String> sources(String mapping) {
        return home.links(mapping).stream()
                .map(link -> link.substring(0, link.lastIndexOf('>')))
                .sorted()
                .toList();
    }
}
