package dev.concord.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.RunView;
import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import dev.concord.run.Reconciliations;
import dev.concord.script.GraalScripts;
import dev.concord.script.ScriptLimits;
import dev.concord.script.Scripts;
import dev.concord.system.KeyRange;
import dev.concord.system.ObjectSets;
import dev.concord.system.Page.Item;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What scripts do to a whole run: how often they make it ask the target, what they see there, what bad ones cost. */
class ScriptsInARunIT {

    private static final int PAGE = 1_000;

    @TempDir
    Path home;

    private TestDatabase database;

    @BeforeEach
    void open() {
        database = Databases.H2.fresh();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void twoHundredNamesakesOfOnePageFindTwoHundredFreeNames() throws IOException {
        people(200, i -> "Ann");
        mapping("""
                properties:
                  - target: userName
                    source: name
                    transform: |
                      let name = source.toLowerCase();
                      for (let n = 2; taken(name); n++) {
                        name = source.toLowerCase() + n;
                      }
                      function taken(name) {
                        return openidm.query("managed/account", {_queryFilter: `userName eq "${name}"`}).result.length > 0;
                      }
                      name
                """);
        try (House house = House.open(home, database)) {
            RunView view = house.run("people", "namesakes");
            assertThat(view.counts().failures()).isZero();
            assertThat(view.counts().get(Measure.CREATED)).isEqualTo(200);
            assertThat(userNames(house))
                    .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 200)
                            .mapToObj(n -> n == 1 ? "ann" : "ann" + n)
                            .toList());
        }
    }

    @Test
    void scriptsReadThePropertiesOfTheInstallation() throws IOException {
        people(1, i -> "Ann");
        write("boot.properties", "mail.domain = example.org\n");
        mapping("""
                properties:
                  - target: userName
                    source: name
                    transform: |
                      `${source}@${identityServer.getProperty('mail.domain')}${identityServer.getProperty('no.such', '!')}`
                """);
        try (House house = House.open(home, database)) {
            assertThat(house.run("people", "properties").counts().failures()).isZero();
            assertThat(userNames(house)).containsExactly("Ann@example.org!");
        }
    }

    @Test
    void scriptsReadASetPageByPageAndSorted() throws IOException {
        people(7, i -> "Person " + (i * 3) % 7);
        mapping("""
                onRecon: |
                  const set = 'system/staff/person';
                  const pages = [];
                  let cookie = null;
                  do {
                    const page = openidm.query(set, {
                      _queryFilter: 'name sw "Person"', _pageSize: 3, _pagedResultsCookie: cookie, _fields: 'number'});
                    pages.push(page.result.map(person => Object.keys(person).join('+') + person.number).join(' '));
                    cookie = page.pagedResultsCookie;
                  } while (cookie !== null);
                  const sorted = openidm.query(set, {
                    _queryId: 'query-all', _sortKeys: '-name', _pageSize: 3, _pagedResultsOffset: 2}, ['name']);
                  const rest = openidm.query(set, {
                    _queryId: 'query-all', _sortKeys: '-name', _pagedResultsCookie: sorted.pagedResultsCookie});
                  openidm.create('managed/account', 'seen', {
                    userName: pages.join(' | '),
                    mail: [sorted, rest].map(found => found.result.map(person => person.name.slice(7)).join('')).join(' ')});
                properties:
                  - {target: userName, source: name}
                """);
        try (House house = House.open(home, database)) {
            assertThat(house.run("people", "pages").counts().failures()).isZero();
            assertThat(objects(house))
                    .contains(Map.of(
                            "userName",
                            "_id+number0 _id+number1 _id+number2 | _id+number3 _id+number4 _id+number5 | _id+number6",
                            "mail",
                            "432 10"));
        }
    }

    private static final int LIST_OF_H2 = 64;

    @Test
    void correlationAsksOncePerPageAndShapeOfFilter() throws IOException {
        int people = 10_000;
        people(people, i -> "Person " + i);
        mapping("""
                correlationQuery: |
                  const filters = [
                    `userName eq "${source.name}"`,
                    `mail eq "${source.name}@example.com"`,
                    `userName eq "${source.name}" and mail pr`];
                  ({_queryFilter: filters[source.number % 3]})
                properties:
                  - {target: userName, source: name}
                  - {target: mail, source: name, transform: "source + '@example.com'"}
                """);
        AtomicLong questions = new AtomicLong();
        try (House house = House.on(home, database)
                .with(
                        DataSource.class,
                        plain -> ProxyDataSourceBuilder.create(plain)
                                .afterQuery((execution, queries) -> queries.stream()
                                        .filter(query ->
                                                query.getQuery().matches("(?is)select.*managed_account.*where.*"))
                                        .forEach(query -> questions.incrementAndGet()))
                                .build())
                .open()) {
            RunView first = house.run("people", "first");
            assertThat(first.counts().failures()).isZero();
            database.execute("delete from link");
            questions.set(0);
            RunView again = house.run("people", "again");
            assertThat(ops(again, Situation.FOUND, Action.UPDATE, Outcome.SUCCESS))
                    .isEqualTo(people);
            // H2 is asked in short lists, because it compares each row with the whole list.
            long lists = Math.ceilDiv(Math.ceilDiv(PAGE, 3), LIST_OF_H2);
            long pages = people / PAGE;
            assertThat(questions.get())
                    .as("questions to the target")
                    .isBetween(pages * 3 * lists, pages * 3 * (lists + 1));
        }
    }

    @Test
    void aThousandBadScriptsFailTheirOwnRecordsAndLeaveNothingBehind() throws Exception {
        List<String> bad = List.of(
                "for (;;);",
                "(function f() { f(); })()",
                "let s = 'x'; for (;;) s += s;",
                "/(a+)+$/.test('a'.repeat(50) + 'b'); for (;;);",
                "Java.type('java.lang.System').exit(1)",
                "throw new Error('no')",
                "const all = []; for (;;) all.push(new Array(1000).fill(1));",
                "JSON.stringify({toJSON() { for (;;); }})",
                "null.length",
                "'x'.repeat(1e9)");
        StringBuilder cases = new StringBuilder();
        for (int i = 0; i < bad.size(); i++) {
            cases.append("      case ")
                    .append(i)
                    .append(": ")
                    .append(bad.get(i))
                    .append("; break;\n");
        }
        // Every eleventh record is a good one.
        people(1_100, i -> "Person " + i);
        mapping("""
                properties:
                  - target: userName
                    source: ""
                    transform: |
                      switch (source.number %% 11) {
                %s      }
                      source.name
                """.formatted(cases.toString().replaceAll("(?m)^", "      ")));
        ScriptLimits limits =
                new ScriptLimits(20_000, Duration.ofSeconds(5), 100, 20L << 20, 10_000, 10_000, 10_000, 100, 10);
        try (House house = House.on(home, database)
                .with(Scripts.class, usual -> new GraalScripts(limits, name -> null, false))
                .open()) {
            assertBadOnesFail(house.run("people", "warm"));
            int threads = Thread.activeCount();
            long memory = usedMemory();
            assertBadOnesFail(house.run("people", "measured"));
            assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 2);
            assertThat(usedMemory() - memory).as("bytes more than before").isLessThan(32L << 20);
        }
    }

    private static void assertBadOnesFail(RunView view) {
        assertThat(view.counts().ops(kind -> kind.outcome() == Outcome.SCRIPT)).isEqualTo(1_000);
        assertThat(view.counts().failures()).isEqualTo(1_000);
        assertThat(view.counts().ops(kind -> kind.outcome() == Outcome.SUCCESS)).isEqualTo(100);
    }

    private static long ops(RunView view, Situation situation, Action action, Outcome outcome) {
        return view.counts().ops(kind -> kind.equals(new Counts.OpKind(situation, action, outcome)));
    }

    private static List<String> userNames(House house) {
        return objects(house).stream()
                .map(object -> String.valueOf(object.get("userName")))
                .toList();
    }

    private static List<Map<String, Object>> objects(House house) {
        List<Map<String, Object>> objects = new ArrayList<>();
        try (ObjectSets sets = house.get(ObjectSets.Factory.class)
                .of(house.get(Reconciliations.class).definitions())) {
            for (Item item : sets.open("managed/account")
                    .scan(KeyRange.ALL, null, PAGE, null)
                    .items()) {
                objects.add(((Item.Found) item).resource().content());
            }
        }
        return objects;
    }

    private static long usedMemory() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(50);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void people(int count, IntFunction<String> name) throws IOException {
        StringBuilder rows = new StringBuilder("number,name\n");
        for (int i = 0; i < count; i++) {
            rows.append(i).append(',').append(name.apply(i)).append('\n');
        }
        write("data/people.csv", rows.toString());
    }

    /** A mapping of people to accounts whose user names are unique. */
    private void mapping(String keys) throws IOException {
        write("systems/staff.yaml", """
                name: staff
                type: csv
                objects:
                  person:
                    file: ../data/people.csv
                    id: number
                    attributes: {number: {type: integer}}
                """);
        write("managed/account.yaml", """
                name: account
                attributes:
                  userName: {type: string, unique: true}
                  mail: {type: string, indexed: true}
                """);
        write("people.yaml", """
                name: people
                source: system/staff/person
                target: managed/account
                runTargetPhase: false
                correlateEmptyTargetSet: false
                policies:
                  - {situation: ABSENT, action: CREATE}
                  - {situation: FOUND, action: UPDATE}
                  - {situation: CONFIRMED, action: UPDATE}
                """ + keys);
    }

    private void write(String file, String text) throws IOException {
        Path path = home.resolve("jobs").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text, UTF_8);
    }
}
