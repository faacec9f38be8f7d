package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.concord.acceptance.People.Style;
import dev.concord.acceptance.Place.Faults;
import dev.concord.ledger.LeaseLost;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Measure;
import dev.concord.ledger.RunCondition;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.script.GraalScripts;
import dev.concord.script.Scripts;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import dev.concord.testing.fault.Effect;
import dev.concord.testing.fault.Operation;
import dev.concord.testing.fault.UnansweredCommit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.InflaterInputStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a run does about a target in another database where it was interrupted, refused or overtaken. */
class ElsewhereIT {

    private static final GraalScripts SCRIPTS = new GraalScripts();

    @TempDir
    private Path home;

    private final TestDatabase platform = Databases.H2.fresh();
    private final TestDatabase away = Databases.H2.fresh();
    private final JdbcTemplate there = new JdbcTemplate(away.dataSource());
    private final JdbcTemplate here = new JdbcTemplate(platform.dataSource());
    private Place place;
    private People people;

    /** Ends a run at once, without anything that could be repeated. */
    private static final class Gone extends Error {
        private static final long serialVersionUID = 1L;

        Gone() {
            super("The process is gone, as the test wants it.", null, false, false);
        }
    }

    private static final Effect GONE = () -> {
        throw new Gone();
    };

    private void make(Style style) {
        place = Place.at(home, platform);
        Away.make(away, style.ids(away));
        people = People.in(home, away, style);
        people.hire(false);
    }

    @AfterEach
    void closeDatabases() {
        away.close();
        platform.close();
    }

    @AfterAll
    static void closeScripts() {
        SCRIPTS.close();
    }

    @Test
    void aTargetWhoseAnswerWasLostIsNotWrittenTwice() {
        make(Style.WHOLE);
        Faults faults = Faults.none();
        faults.target().after(Operation.WRITE, 2, Effect.unavailable());
        RunView view = run(faults);
        assertDone(view, People.COUNT);
        assertThat(there.queryForObject("select max(rev) from person", Integer.class))
                .isEqualTo(1);
        assertThat(here.queryForObject("select count(*) from link", Integer.class))
                .isEqualTo(People.COUNT);
    }

    @ParameterizedTest
    @EnumSource(names = {"WHOLE", "HOOKED"})
    void nothingMoreIsWrittenOnceSomebodyElseHasTheLeaseEvenIfThisProcessDoesNotKnow(Style style) {
        make(style);
        Faults faults = Faults.none();
        faults.target().before(Operation.WRITE, 2, this::takeOver);
        assertThatExceptionOfType(LeaseLost.class).isThrownBy(() -> run(faults));
        assertThat(there.queryForObject("select count(*) from person", Integer.class))
                .isEqualTo(style == Style.WHOLE ? 10 : 1);
    }

    /** As after a pause of the whole machine, during which no clock of it went on. */
    private void takeOver() {
        here.update("update run_lease set epoch = epoch + 1, run_id = 'somebody-elses', holder = 'elsewhere:1'");
    }

    @Test
    void aScriptWritesNothingElsewhereEither() {
        make(Style.HOOKED);
        people.noteElsewhere();
        there.execute("create table note (id varchar(50) primary key, text varchar(100))");
        Faults faults = Faults.none();
        faults.target().after(Operation.WRITE, 2, this::takeOver);
        assertThatExceptionOfType(LeaseLost.class).isThrownBy(() -> run(faults));
        assertThat(there.queryForList("select id from note", String.class)).containsExactly("00000");
    }

    @Test
    void whatADeadRunLeftOfAPageIsInvisibleUntilItIsFinished() {
        make(Style.WHOLE);
        interrupt(false);
        assertThat(there.queryForObject("select count(*) from person", Integer.class))
                .isEqualTo(20);
        assertThat(here.queryForObject("select count(*) from link", Integer.class))
                .isEqualTo(10);
        assertDone(restart(), People.COUNT);
    }

    @Test
    void somebodyElsesObjectWithTheIdOfANewOneIsNotTakenOver() {
        make(Style.OWN_IDS);
        interrupt(true);
        there.update("insert into person (id, name, mail, rev) values ('00013', 'Foreign', 'foreign@example.com', 7)");
        RunView view = restart();
        assertThat(view.run().state()).isEqualTo(RunState.SUCCESS);
        assertThat(view.counts().get(Measure.CREATED)).isEqualTo(People.COUNT - 1);
        assertThat(view.counts().failures()).isEqualTo(1);
        assertThat(entries(view)).anyMatch(entry -> entry.contains("another object got it in the meantime"));
        assertThat(there.queryForMap("select name, rev from person where id = '00013'"))
                .containsEntry("NAME", "Foreign")
                .containsEntry("REV", 7L);
        assertThat(here.queryForObject("select count(*) from link where first_id = '00013'", Integer.class))
                .isZero();
    }

    @Test
    void anObjectThatWasThereBeforeIsNotTakenOverEvenIfItLooksTheSame() {
        make(Style.OWN_IDS);
        there.update("insert into person (id, name, mail, dept, pin, age, rev) values"
                + " ('00013', 'Name 13', 'p13@example.com', 'SALES', 's3cret-Name-13', 33, 7)");
        interrupt(true);
        RunView view = restart();
        assertThat(view.counts().get(Measure.CREATED)).isEqualTo(People.COUNT - 1);
        assertThat(here.queryForObject("select count(*) from link where first_id = '00013'", Integer.class))
                .isZero();
        assertThat(there.queryForObject("select rev from person where id = '00013'", Integer.class))
                .isEqualTo(7);
    }

    @Test
    void whereTheDatabaseGivesTheIdsOnlyWhatTheRunMadeItselfIsTakenOver() {
        make(Style.STORE_IDS);
        interrupt(false);
        int made = there.queryForObject("select count(*) from person", Integer.class);
        assertThat(here.queryForObject("select count(*) from link", Integer.class))
                .isLessThan(made);
        there.update("insert into person (name, mail, rev) values ('Foreign', 'p38@example.com', 7)");
        RunView view = restart();
        assertThat(there.queryForList(
                        "select kind from change_log where kind = 'insert' group by kind, mail having count(*) > 1"))
                .isEmpty();
        assertThat(there.queryForObject("select count(*) from person where mail = 'p38@example.com'", Integer.class))
                .isEqualTo(1);
        assertThat(view.run().state()).isEqualTo(RunState.SUCCESS);
    }

    @Test
    void anUpdateThatSomebodyElseOvertookIsLeftAndAnotherAttributeIsNoMatter() {
        make(Style.WHOLE);
        assertDone(run(Faults.none()), People.COUNT);
        people.hire(true);
        Faults faults = Faults.none();
        faults.target().before(Operation.WRITE, 1, GONE);
        assertThat(run("the-second", faults).run().state()).isEqualTo(RunState.FAILED);
        there.update("update person set name = 'Overtaken', rev = rev + 1 where mail = 'p5@example.com'");
        there.update("update person set age = 99, rev = rev + 1 where mail = 'p15@example.com'");
        RunView view;
        try (House house = place.open(Faults.none(), SCRIPTS)) {
            view = house.restart("the-second");
        }
        assertThat(view.counts().failures()).isEqualTo(1);
        assertThat(entries(view)).anyMatch(entry -> entry.contains("was changed by others"));
        assertThat(there.queryForObject("select name from person where mail = 'p5@example.com'", String.class))
                .isEqualTo("Overtaken");
        assertThat(there.queryForObject("select name from person where mail = 'p15@example.com'", String.class))
                .isEqualTo("Edited 15");
    }

    @Test
    void oneRecordThatTheTargetRefusesFailsAlone() {
        make(Style.WHOLE);
        there.update("alter table person add constraint no_unlucky_age check (age <> 33)");
        RunView view = run(Faults.none());
        assertThat(view.run().state()).isEqualTo(RunState.SUCCESS);
        assertThat(view.counts().get(Measure.CREATED)).isEqualTo(People.COUNT - 1);
        assertThat(view.counts().failures()).isEqualTo(1);
        assertThat(there.queryForObject("select count(*) from change_log", Integer.class))
                .isEqualTo(People.COUNT - 1);
        assertThat(here.queryForObject("select count(*) from intent", Integer.class))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSecretIsWrittenAlthoughTheIntentKeepsItEncryptedOrNotAtAll(boolean key) throws IOException {
        make(Style.WHOLE);
        if (key) {
            people.write("jobs/keys/default.yaml", "name: default\nsecret: ${file:" + home.resolve("key") + "}\n");
            people.write("key", "0123456789abcdef0123456789abcdef\n");
        }
        interrupt(true);
        assertThat(intents()).contains("p13@example.com").doesNotContain("s3cret");
        assertDone(restart(), People.COUNT);
        assertThat(there.queryForObject("select pin from person where mail = 'p13@example.com'", String.class))
                .isEqualTo("s3cret-Name-13");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRecordThatLeftTheSourceIsFinishedIfAllOfItWasKept(boolean key) {
        make(Style.WHOLE);
        if (key) {
            people.write("jobs/keys/default.yaml", "name: default\nsecret: ${file:" + home.resolve("key") + "}\n");
            people.write("key", "0123456789abcdef0123456789abcdef\n");
        }
        // A table, because of a file the run has a copy.
        people.fromTable(away);
        interrupt(true);
        there.update("delete from employee where number = '00013'");
        RunView view = restart();
        assertThat(view.run().state()).isEqualTo(RunState.SUCCESS);
        assertThat(view.counts().get(Measure.CREATED)).isEqualTo(key ? People.COUNT : People.COUNT - 1);
        assertThat(view.counts().failures()).isEqualTo(key ? 0 : 1);
        assertThat(there.queryForList("select mail from person", String.class).contains("p13@example.com"))
                .isEqualTo(key);
        if (!key) {
            assertThat(entries(view)).anyMatch(entry -> entry.contains("because it is sensitive and there is no key"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void twoMappingsThatWriteTheSameRecordsAtOnceLoseNothing(boolean revisions) throws Exception {
        make(Style.WHOLE);
        assertDone(run(Faults.none()), People.COUNT);
        people.secondMapping(revisions);
        people.rename();
        Faults slow = Faults.none();
        slow.target().always(Operation.FIND, Effect.delay(java.time.Duration.ofMillis(20)));
        try (House one = place.open(Faults.none(), SCRIPTS);
                House two = place.open(slow, SCRIPTS);
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Callable<RunView> first = () -> one.run(People.MAPPING, "one");
            Callable<RunView> second = () -> two.run("ages", "two");
            List<Future<RunView>> runs = List.of(threads.submit(first), threads.submit(second));
            for (Future<RunView> run : runs) {
                assertThat(run.get().run().state())
                        .as(run.get().run().message())
                        .isEqualTo(RunState.SUCCESS);
                assertThat(run.get().counts().failures())
                        .as(() -> String.valueOf(entriesOf(run)))
                        .isZero();
            }
        }
        assertThat(there.queryForList("select mail from person where age < 1000", String.class))
                .as("people whose age was overwritten")
                .isEmpty();
        assertThat(there.queryForObject("select count(*) from person where name like 'Edited%'", Integer.class))
                .isEqualTo(People.COUNT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRecordThatSomebodyChangesJustBeforeItIsWrittenIsDecidedAgain(boolean revisions) {
        make(Style.WHOLE);
        assertDone(run(Faults.none()), People.COUNT);
        people.hire(true);
        if (!revisions) {
            people.forgetRevisions();
        }
        Faults faults = Faults.none();
        faults.target()
                .before(
                        Operation.WRITE,
                        1,
                        () -> there.update(
                                "update person set name = 'Overtaken', rev = rev + 1 where mail = 'p5@example.com'"));
        RunView view = run("the-second", faults);
        assertThat(view.run().state()).isEqualTo(RunState.SUCCESS);
        assertThat(view.counts().failures()).isZero();
        assertThat(there.queryForObject("select name from person where mail = 'p5@example.com'", String.class))
                .isEqualTo("Edited 5");
        assertThat(entries(view))
                .as("the report, with what was there before it was written")
                .anyMatch(entry ->
                        entry.contains("{\"attribute\":\"name\",\"before\":\"Overtaken\",\"after\":\"Edited 5\"}"));
    }

    @Test
    void aRecordThatIsChangedEachTimeBeforeItIsWrittenFailsAloneAndIsNotOverwritten() {
        make(Style.WHOLE);
        assertDone(run(Faults.none()), People.COUNT);
        people.hire(true);
        Faults faults = Faults.none();
        faults.target()
                .always(
                        Operation.WRITE,
                        () -> there.update(
                                "update person set name = concat('Other ', rev), rev = rev + 1 where mail = 'p5@example.com'"));
        RunView view = run("the-second", faults);
        assertThat(view.run().state()).isEqualTo(RunState.SUCCESS);
        assertThat(view.counts().failures()).isEqualTo(1);
        assertThat(entries(view)).anyMatch(entry -> entry.contains("others had changed it"));
        assertThat(there.queryForObject("select name from person where mail = 'p5@example.com'", String.class))
                .startsWith("Other ");
        assertThat(there.queryForObject("select name from person where mail = 'p15@example.com'", String.class))
                .isEqualTo("Edited 15");
    }

    @ParameterizedTest
    @EnumSource(names = {"WHOLE", "STORE_IDS", "UNCORRELATED"})
    void aNewRunTakesOverWhatADeadOneDidAndMakesNothingTwice(Style style) {
        make(style);
        interrupt(false);
        RunView view = run("another-run", Faults.none());
        assertThat(view.run().state()).isEqualTo(RunState.SUCCESS);
        assertThat(view.counts().failures()).isZero();
        assertThat(there.queryForObject("select count(*) from change_log", Integer.class))
                .isEqualTo(People.COUNT);
        assertThat(here.queryForObject("select count(*) from link", Integer.class))
                .isEqualTo(People.COUNT);
        assertThat(here.queryForObject("select count(*) from intent", Integer.class))
                .isZero();
        try (House house = place.open(Faults.none(), SCRIPTS)) {
            RunView dead = house.find(Place.RUN).orElseThrow();
            assertThat(dead.counts().get(Measure.CREATED) + view.counts().get(Measure.CREATED))
                    .isEqualTo(People.COUNT);
            assertThat(dead.counts().get(Measure.LINKS_CREATED) + view.counts().get(Measure.LINKS_CREATED))
                    .isEqualTo(People.COUNT);
            assertThat(Contents.entries(house, dead).lines().values().iterator().next())
                    .anyMatch(entry -> entry.contains("run another-run found it done"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"WHOLE", "STORE_IDS"})
    void aRecordThatSomebodyElseCreatesJustBeforeItIsWrittenIsFoundInsteadOfRefused(Style style) {
        make(style);
        Faults faults = Faults.none();
        faults.target()
                .before(
                        Operation.WRITE,
                        1,
                        () -> there.update("insert into person (" + (style == Style.WHOLE ? "id, " : "")
                                + "name, mail, rev) values (" + (style == Style.WHOLE ? "'other', " : "")
                                + "'Theirs', 'p0@example.com', 1)"));
        RunView view = run(faults);
        assertThat(view.run().state()).isEqualTo(RunState.SUCCESS);
        assertThat(view.counts().failures()).as(entries(view).toString()).isZero();
        assertThat(view.counts().get(Measure.CREATED)).isEqualTo(People.COUNT - 1);
        assertThat(view.counts().get(Measure.UPDATED)).isEqualTo(1);
        assertThat(here.queryForObject("select count(*) from link", Integer.class))
                .isEqualTo(People.COUNT);
        assertThat(there.queryForObject("select name from person where mail = 'p0@example.com'", String.class))
                .isEqualTo("Name 0");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eachOfSeveralNewObjectsThatLookTheSameIsTakenOverOnceWhicheverIsFoundFirst(boolean links) {
        make(Style.STORE_IDS);
        there.execute("drop table person");
        // The latest is found first.
        there.execute(
                "create table person (id integer generated by default as identity (start with 100 increment by -1)"
                        + " primary key, name varchar(50), mail varchar(50), dept varchar(50), pin varchar(50), age integer,"
                        + " rev bigint)");
        people.replace("jobs/people.yaml", "correlation: {any: [mail]}", "enableLinking: " + links);
        StringBuilder lines = new StringBuilder("number,name,mail,dept,pin,age,status\n");
        for (int i = 1; i <= 5; i++) {
            lines.append(i).append(",Same,same@example.com,sales,,30,active\n");
        }
        people.write("jobs/data/people.csv", lines.toString());
        Faults faults = Faults.none();
        faults.target().after(Operation.WRITE, 3, GONE);
        assertThat(run(faults).run().state()).isEqualTo(RunState.FAILED);
        assertThat(there.queryForObject("select count(*) from person", Integer.class))
                .isEqualTo(3);

        Set<String> made = new TreeSet<>();
        try (House house = place.open(Faults.none(), SCRIPTS)) {
            RunView view = house.restart(Place.RUN);
            assertThat(view.run().state()).as(view.run().message()).isEqualTo(RunState.SUCCESS);
            assertThat(view.counts().failures()).isZero();
            assertThat(view.counts().get(Measure.CREATED)).isEqualTo(5);
            house.get(LedgerReader.class).entries(Place.RUN, counts -> true, (segment, index, entry) -> {
                made.add(entry.targetId());
                return true;
            });
        }
        assertThat(made).containsExactlyInAnyOrderElementsOf(there.queryForList("select id from person", String.class));
        assertThat(made).hasSize(5);
    }

    @ParameterizedTest
    @EnumSource(names = {"WHOLE", "STORE_IDS"})
    void nothingMoreIsIntendedForAPageWhoseCommitIsFoundToHaveHappenedAfterAll(Style style) {
        make(style);
        UnansweredCommit commit = new UnansweredCommit(
                2,
                () -> there.update("update person set name = 'Theirs', rev = rev + 1 where mail = 'p12@example.com'"));
        RunView view;
        try (House house = place.plan(Faults.none())
                .with(Scripts.class, own -> SCRIPTS)
                .with(DataSource.class, commit::before)
                .open()) {
            view = house.run(People.MAPPING, Place.RUN, commit);
        }
        assertThat(commit.happened()).isTrue();
        assertThat(view.run().state()).as(view.run().message()).isEqualTo(RunState.SUCCESS);
        assertThat(view.counts().failures()).isZero();
        assertThat(view.counts().get(Measure.CREATED)).isEqualTo(People.COUNT);
        assertThat(view.counts().get(Measure.UPDATED)).isZero();
        assertThat(there.queryForObject("select name from person where mail = 'p12@example.com'", String.class))
                .isEqualTo("Theirs");
        assertThat(here.queryForObject("select count(*) from intent", Integer.class))
                .isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"WHOLE", "STORE_IDS"})
    void theMappingOfTheOtherDirectionTakesOverWhatADeadRunDidToo(Style style) {
        make(style);
        people.fromTable(platform);
        people.andBack();
        interrupt(false);
        int made = there.queryForObject("select count(*) from person", Integer.class);
        assertThat(made).isPositive().isLessThan(People.COUNT);
        RunView back;
        try (House house = place.open(Faults.none(), SCRIPTS)) {
            back = house.run(People.BACK, "back-run");
        }
        assertThat(back.run().state()).isEqualTo(RunState.SUCCESS);
        assertThat(back.counts().failures()).isZero();
        assertThat(back.counts().get(Measure.CREATED)).isZero();
        assertThat(here.queryForObject("select count(*) from employee", Integer.class))
                .isEqualTo(People.COUNT);
        assertThat(here.queryForObject("select count(*) from link", Integer.class))
                .isEqualTo(made);
        assertThat(here.queryForObject("select count(*) from intent", Integer.class))
                .isZero();
        RunView again = run("another-run", Faults.none());
        assertThat(again.run().state()).isEqualTo(RunState.SUCCESS);
        assertThat(again.counts().failures()).isZero();
        assertThat(again.counts().get(Measure.CREATED)).isEqualTo(People.COUNT - made);
        assertThat(there.queryForObject("select count(*) from change_log", Integer.class))
                .isEqualTo(People.COUNT);
    }

    @Test
    void aRunThatCannotSeeWhatBecameOfTheWritesOfADeadOneDoesNothingAndNamesIt() {
        make(Style.WHOLE);
        people.fromTable(platform);
        people.andBack();
        interrupt(false);
        Faults faults = Faults.none();
        faults.target().from(Operation.FETCH, 1, Effect.unavailable());
        RunView refused;
        try (House house = place.open(faults, SCRIPTS)) {
            refused = house.run(People.BACK, "back-run");
        }
        assertThat(refused.run().state()).isEqualTo(RunState.FAILED);
        assertThat(refused.run().condition()).isEqualTo(RunCondition.INFRASTRUCTURE);
        assertThat(refused.run().message())
                .isEqualTo("Run the-run of people ended while it wrote to system/crm/person. Before anything else is"
                        + " done, it must be seen what became of that. The system is down, as the test wants it. Once"
                        + " that is mended, `./concord restart back-run` goes on from where the run was.");
        assertThat(here.queryForObject("select count(*) from employee", Integer.class))
                .isEqualTo(People.COUNT);
        try (House house = place.open(Faults.none(), SCRIPTS)) {
            RunView back = house.restart("back-run");
            assertThat(back.run().state()).isEqualTo(RunState.SUCCESS);
            assertThat(back.counts().get(Measure.CREATED)).isZero();
        }
        assertThat(here.queryForObject("select count(*) from intent", Integer.class))
                .isZero();
    }

    // How it is done

    private String entriesOf(Future<RunView> run) {
        try {
            return entries(run.get()).toString();
        } catch (Exception e) {
            return e.toString();
        }
    }

    /** A run that ends at the second write, before or after it. */
    private void interrupt(boolean before) {
        Faults faults = Faults.none();
        if (before) {
            faults.target().before(Operation.WRITE, 2, GONE);
        } else {
            faults.target().after(Operation.WRITE, 2, GONE);
        }
        assertThat(run(faults).run().state()).isEqualTo(RunState.FAILED);
    }

    private RunView run(Faults faults) {
        return run(Place.RUN, faults);
    }

    private RunView run(String id, Faults faults) {
        try (House house = place.open(faults, SCRIPTS)) {
            return house.run(People.MAPPING, id);
        }
    }

    private RunView restart() {
        try (House house = place.open(Faults.none(), SCRIPTS)) {
            return house.restart(Place.RUN);
        }
    }

    private void assertDone(RunView view, int created) {
        assertThat(view.run().state()).as(view.run().message()).isEqualTo(RunState.SUCCESS);
        assertThat(view.counts().failures()).isZero();
        assertThat(view.counts().get(Measure.CREATED)).isEqualTo(created);
        assertThat(view.counts().get(Measure.LINKS_CREATED)).isEqualTo(created);
        assertThat(there.queryForObject("select count(*) from change_log", Integer.class))
                .isEqualTo(created);
        assertThat(here.queryForObject("select count(*) from intent", Integer.class))
                .isZero();
    }

    private List<String> entries(RunView view) {
        try (House house = place.open(Faults.none(), SCRIPTS)) {
            return Contents.entries(house, view).lines().values().iterator().next();
        }
    }

    private String intents() throws IOException {
        StringBuilder text = new StringBuilder();
        for (byte[] content : here.queryForList("select content from intent", byte[].class)) {
            try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(content))) {
                text.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return text.toString();
    }
}
