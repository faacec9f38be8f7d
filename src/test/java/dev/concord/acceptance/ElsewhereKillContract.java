package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.concord.acceptance.People.Style;
import dev.concord.acceptance.Place.Faults;
import dev.concord.ledger.Counts;
import dev.concord.ledger.EntryView;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.oracle.Account;
import dev.concord.oracle.Expectation;
import dev.concord.oracle.Holdings;
import dev.concord.oracle.Oracle;
import dev.concord.oracle.SecondRun;
import dev.concord.oracle.Verdict;
import dev.concord.record.Json;
import dev.concord.script.GraalScripts;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import dev.concord.testing.fault.Operation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A run whose target is in another database, in a process that is killed at a certain moment, once or several times.
 * Once it is continued, target, links, report and counts equal those of an undisturbed run, and each row was written as
 * often.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class ElsewhereKillContract {

    private static final Pattern PHASE = Pattern.compile("([A-Z]+)\\+(\\d+)");

    private final Map<Style, Base> bases = new EnumMap<>(Style.class);
    private final GraalScripts scripts = new GraalScripts();
    private Path folder;
    private int copies;

    /** Two databases and a home, in which everybody was hired and then edited. */
    record Base(Place place, TestDatabase away, Control control) {}

    /**
     * What an undisturbed run leaves, and which commit came right before each of its writes.
     *
     * @param commits how many commits had begun before the n-th write
     * @param phases of the writes
     */
    record Control(
            Map<String, List<String>> contents,
            Holdings before,
            Expectation expected,
            List<Integer> commits,
            List<Phase> phases) {}

    /**
     * Where the process ends: {@code target} or {@code commit}, and what of it.
     *
     * @param open in how many partitions of which phase intents are open after the first death, at least
     */
    record Kill(Style style, List<String> faults, Map<Phase, Integer> open) {
        Kill(Style style, List<String> faults) {
            this(style, faults, Map.of());
        }
    }

    /** A home with databases of its own; {@code like} null: empty ones. */
    abstract Place place(Path folder, Place like);

    /** The database elsewhere of a home; {@code like} null: an empty one. */
    abstract TestDatabase away(Path folder, Style style, TestDatabase like);

    abstract List<Kill> kills();

    @BeforeAll
    void prepare(@TempDir Path temporary) {
        folder = temporary;
        kills().stream().map(Kill::style).distinct().forEach(style -> bases.put(style, base(style)));
    }

    @AfterAll
    void close() {
        scripts.close();
    }

    @TestFactory
    Stream<DynamicTest> aKilledRunComesToTheSameEnd() {
        return kills().stream()
                .map(kill ->
                        dynamicTest(kill.style() + " " + String.join(", then ", kill.faults()), () -> check(kill)));
    }

    private void check(Kill kill) throws Exception {
        Base base = bases.get(kill.style());
        Path home = folder.resolve("copy" + ++copies);
        Place place = place(home, base.place());
        try (TestDatabase away = away(home, kill.style(), base.away())) {
            away.close();
            edit(People.in(home, away, kill.style()), kill.style());
            boolean restart = false;
            for (String fault : kill.faults()) {
                Place.mustBeKilled(place.inAnotherProcess(restart, resolved(fault, base.control())));
                if (!restart) {
                    kill.open()
                            .forEach((phase, partitions) -> assertThat(open(place))
                                    .hasEntrySatisfying(
                                            phase, open -> assertThat(open).isGreaterThanOrEqualTo(partitions)));
                }
                restart = true;
            }
            try (House house = place.open(Faults.none(), scripts)) {
                RunView view = house.restart(Place.RUN);
                assertThat(view.run().state()).as(view.run().message()).isEqualTo(RunState.SUCCESS);
                assertThat(house.get(JdbcTemplate.class).queryForObject("select count(*) from intent", Integer.class))
                        .isZero();
                Map<String, List<String>> contents = contents(house, view, kill.style());
                try (TestDatabase reading = again(away)) {
                    contents.putAll(Away.contents(reading, kill.style() != Style.STORE_IDS));
                }
                new Contents(contents).assertEqualTo(new Contents(base.control().contents()));
                judge(base, house, kill.style()).assertFaultless();
                SecondRun.changesNothing(house, People.MAPPING, "again");
            }
        }
    }

    /** Ids that the database gives are not those of another database; what the ledger tells is judged all the same. */
    private static Verdict judge(Base base, House house, Style style) {
        Holdings before = base.control().before();
        Holdings after = Holdings.of(house, People.MAPPING);
        Account account = Account.of(house, Place.RUN);
        return style == Style.STORE_IDS
                ? Oracle.explain(before, after, account)
                : Oracle.judge(base.control().expected(), before, after, account);
    }

    private static void edit(People people, Style style) {
        people.hire(true);
        if (style.writesInTargetPhase()) {
            people.editBehindTheScenes();
        }
    }

    /** In how many partitions of each phase intents are open. */
    private Map<Phase, Integer> open(Place place) {
        Map<Phase, Integer> open = new EnumMap<>(Phase.class);
        try (TestDatabase platform = TestDatabase.at(
                bases.values().iterator().next().away().kind(), place.url(), place.username(), place.password())) {
            new JdbcTemplate(platform.dataSource())
                    .query(
                            "select phase, count(distinct partition_no) as n from intent group by phase",
                            (row, n) -> open.put(Phase.valueOf(row.getString("phase")), row.getInt("n")));
        }
        return open;
    }

    /**
     * {@code intent:2:before} is the commit that comes right before the second write; {@code page:2:after} the next;
     * {@code TARGET+2} stands for the second write of the target phase. What names {@code halt} itself is taken as it
     * is.
     */
    private static String resolved(String fault, Control control) {
        String counted = PHASE.matcher(fault)
                .replaceAll(found -> String.valueOf(
                        control.phases().indexOf(Phase.valueOf(found.group(1))) + Integer.parseInt(found.group(2))));
        if (counted.endsWith(":halt")) {
            return counted;
        }
        String[] parts = counted.split(":");
        int call = Integer.parseInt(parts[1]);
        String rest = ":" + parts[2] + ":halt";
        return switch (parts[0]) {
            case "intent" -> "commit commit:" + control.commits().get(call - 1) + rest;
            case "page" -> "commit commit:" + (control.commits().get(call - 1) + 1) + rest;
            case "commit" -> "commit commit:" + call + rest;
            default -> "target " + counted + ":halt";
        };
    }

    private Base base(Style style) {
        Path home = folder.resolve("base-" + style);
        Place place = place(home, null);
        TestDatabase away = away(home, style, null);
        People people = People.in(home, away, style);
        people.hire(false);
        try (House house = place.open(Faults.none(), scripts)) {
            RunView first = house.run(People.MAPPING, "first-run");
            assertThat(first.run().state()).as(first.run().message()).isEqualTo(RunState.SUCCESS);
            assertThat(first.counts().get(Measure.CREATED))
                    .as(() -> style + " " + Contents.entries(house, first).lines())
                    .isEqualTo(People.COUNT);
            // Some lost their links and are FOUND again, others lost their rows.
            house.get(JdbcTemplate.class).update("delete from link where first_id like '%5' and first_id < '00020'");
            new JdbcTemplate(away.dataSource()).update("delete from person where mail like 'p%9@%' and age < 45");
        }
        away.close();
        Path other = folder.resolve("control-" + style);
        Place copy = place(other, place);
        TestDatabase awayCopy = away(other, style, away);
        awayCopy.close();
        edit(People.in(other, awayCopy, style), style);
        Faults faults = Faults.none();
        List<Integer> commits = Collections.synchronizedList(new ArrayList<>());
        List<Phase> phases = Collections.synchronizedList(new ArrayList<>());
        AtomicReference<Phase> phase = new AtomicReference<>();
        faults.target().always(Operation.WRITE, () -> {
            commits.add(faults.transactions().calls(Operation.COMMIT));
            phases.add(phase.get());
        });
        try (House house = copy.open(faults, scripts)) {
            Holdings before = Holdings.of(house, People.MAPPING);
            RunView view = house.run(People.MAPPING, Place.RUN, new RunListener() {
                @Override
                public void begun(Run run, Phase entered) {
                    phase.set(entered);
                }
            });
            assertThat(view.run().state()).as(view.run().message()).isEqualTo(RunState.SUCCESS);
            assertThat(view.counts().failures()).isZero();
            for (Measure measure : List.of(Measure.CREATED, Measure.UPDATED, Measure.DELETED)) {
                assertThat(view.counts().get(measure)).as(measure.name()).isPositive();
            }
            Map<String, List<String>> contents = contents(house, view, style);
            try (TestDatabase reading = again(awayCopy)) {
                contents.putAll(Away.contents(reading, style != Style.STORE_IDS));
            }
            if (style.writesInTargetPhase()) {
                assertThat(view.counts(Phase.TARGET).get(Measure.UPDATED)).isPositive();
                assertThat(view.counts(Phase.DELETES).get(Measure.DELETED)).isPositive();
                assertThat(view.counts(Phase.DELETES).get(Measure.LINKS_REMOVED))
                        .isGreaterThan(view.counts(Phase.DELETES).get(Measure.DELETED));
            }
            Expectation expected = Expectation.of(Holdings.of(house, People.MAPPING), Account.of(house, Place.RUN));
            return new Base(place, away, new Control(contents, before, expected, commits, phases));
        }
    }

    private static TestDatabase again(TestDatabase closed) {
        return TestDatabase.at(closed.kind(), closed.url(), closed.username(), closed.password());
    }

    private static Map<String, List<String>> contents(House house, RunView view, Style style) {
        boolean withIds = style != Style.STORE_IDS;
        Map<String, List<String>> contents = new TreeMap<>();
        JdbcTemplate jdbc = house.get(JdbcTemplate.class);
        contents.put(
                "link",
                jdbc.query(
                        "select first_id, second_id, qualifier, revision from link order by first_id",
                        (row, n) -> row.getString(1) + " " + (withIds ? row.getString(2) : "") + " " + row.getString(3)
                                + " " + row.getInt(4)));
        if (style == Style.HOOKED) {
            contents.putAll(Contents.objects(house, List.of("managed/note")).lines());
        }
        List<String> entries = new ArrayList<>();
        house.get(LedgerReader.class).entries(view.run().id(), counts -> true, (segment, index, entry) -> {
            Map<String, Object> json = new EntryView(view.run(), segment, index, entry).json();
            json.remove("_id");
            if (!withIds) {
                json.remove("targetObjectId");
            }
            return entries.add(Json.write(json));
        });
        contents.put("entries", entries.stream().sorted().toList());
        Counts counts = view.counts();
        List<String> numbers = new ArrayList<>();
        counts.ops().forEach((kind, number) -> numbers.add(kind + " " + number));
        for (Measure measure : Measure.values()) {
            if (measure != Measure.NANOSECONDS && measure != Measure.PAGES && measure != Measure.RETRIES) {
                numbers.add(measure + " " + counts.get(measure));
            }
        }
        contents.put("counts", numbers.stream().sorted().toList());
        return contents;
    }
}
