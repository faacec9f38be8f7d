package dev.concord.ledger;

import static dev.concord.ledger.CountsTest.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.ledger.Counts.OpKind;
import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import dev.concord.testing.Databases;
import dev.concord.testing.OnPlatformDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DuplicateKeyException;

/** What the rows of runs do, whatever database they are in. */
abstract class RunsContract extends OnPlatformDatabase {

    private static final Instant STARTED = Instant.parse("2026-03-29T01:30:00.123456Z");
    private static final Instant ENDED = Instant.parse("2026-10-25T00:30:00.000001Z");

    private Runs runs;

    RunsContract(Databases kind) {
        super(kind);
    }

    @BeforeEach
    void runs() {
        runs = new Runs(database().jdbc());
    }

    @Test
    void aNewRunIsActiveAndIsFoundAsItWasMade() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("where", "name eq \"Ä日本😀\"");
        parameters.put("ids", List.of("a", "b"));
        parameters.put("nothing", null);

        Run made = runs.create(new Runs.NewRun(
                "run-1",
                "persons",
                "links",
                RunKind.FILTER,
                true,
                parameters,
                Map.of(),
                "hash",
                Long.MIN_VALUE,
                STARTED));

        assertThat(made)
                .isEqualTo(new Run(
                        "run-1",
                        made.number(),
                        "persons",
                        "links",
                        RunKind.FILTER,
                        true,
                        parameters,
                        "hash",
                        Long.MIN_VALUE,
                        RunState.ACTIVE,
                        Stage.ACTIVE_INITIALIZED,
                        null,
                        null,
                        Run.Facts.UNKNOWN,
                        null,
                        STARTED,
                        null));
        assertThat(runs.find("run-1")).contains(made);
    }

    @Test
    void noTwoRunsHaveTheSameId() {
        create("run-1", "persons");

        assertThatThrownBy(() -> create("run-1", "persons")).isInstanceOf(DuplicateKeyException.class);
    }

    @ParameterizedTest
    @EnumSource(RunKind.class)
    void everyKindComesBack(RunKind kind) {
        runs.create(new Runs.NewRun("run-1", "m", "m", kind, false, Map.of(), Map.of(), "", 0, STARTED));

        assertThat(runs.find("run-1").orElseThrow().kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void aRunEntersItsStages(Stage stage) {
        create("run-1", "persons");
        create("run-2", "persons");

        runs.enter("run-1", stage);

        assertThat(runs.find("run-1").orElseThrow().stage()).isEqualTo(stage);
        assertThat(runs.find("run-2").orElseThrow().stage()).isEqualTo(Stage.ACTIVE_INITIALIZED);
    }

    @Test
    void whatWasMeasuredAtTheStartIsKept() {
        create("run-1", "persons");

        runs.measure("run-1", new Run.Facts(10_000_000_000L, 0, -1));

        Run.Facts facts = runs.find("run-1").orElseThrow().facts();
        assertThat(facts).isEqualTo(new Run.Facts(10_000_000_000L, 0, -1));
        assertThat(facts.targetWasEmpty()).isTrue();
        assertThat(Run.Facts.UNKNOWN.targetWasEmpty()).isFalse();
    }

    @Test
    void aClosedRunSaysHowItEnded() {
        create("run-1", "persons");
        Counts totals = new Counts();
        totals.addOp(new OpKind(Situation.ABSENT, Action.CREATE, Outcome.SUCCESS), 5);
        totals.add(Measure.RECORDS, 7);

        runs.close(
                "run-1",
                new Runs.Ending(
                        RunState.FAILED,
                        Stage.COMPLETED_FAILED,
                        RunCondition.INFRASTRUCTURE,
                        "Die Datenbank „hr“ ist weg 😀",
                        totals,
                        ENDED));

        Run run = runs.find("run-1").orElseThrow();
        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.stage()).isEqualTo(Stage.COMPLETED_FAILED);
        assertThat(run.condition()).isEqualTo(RunCondition.INFRASTRUCTURE);
        assertThat(run.message()).isEqualTo("Die Datenbank „hr“ ist weg 😀");
        assertThat(run.started()).isEqualTo(STARTED);
        assertThat(run.ended()).isEqualTo(ENDED);
        assertSame(run.totals(), totals);
    }

    @Test
    void aReopenedRunIsActiveAgainAndKeepsWhatItMeasured() {
        create("run-1", "persons");
        Run before = runs.find("run-1").orElseThrow();
        runs.measure("run-1", new Run.Facts(1, 2, 3, 4));
        close("run-1");

        runs.reopen("run-1", ENDED);

        Run run = runs.find("run-1").orElseThrow();
        assertThat(run.facts()).isEqualTo(new Run.Facts(1, 2, 3, 4));
        runs.measure("run-1", Run.Facts.UNKNOWN);
        assertThat(runs.find("run-1")).contains(before);
    }

    @Test
    void theTimeThatARunHadBeenEndedIsNoPartOfHowLongItTook() {
        create("run-1", "persons");
        close("run-1");
        runs.reopen("run-1", ENDED.plus(Duration.ofHours(9)));
        close("run-1", ENDED.plus(Duration.ofHours(10)));
        runs.reopen("run-1", ENDED.plus(Duration.ofHours(12)));

        Run run = runs.find("run-1").orElseThrow();
        assertThat(run.breaks()).isEqualTo(Duration.ofHours(11));
        assertThat(new RunView(run, Map.of()).duration(ENDED.plus(Duration.ofHours(13))))
                .isEqualTo(Duration.between(STARTED, ENDED).plus(Duration.ofHours(2)));
    }

    // Finding

    @Test
    void aRunIsFoundByTheBeginningOfItsIdWhenOnlyOneBeginsSo() {
        create("abcd-1111", "persons");
        create("abcd-2222", "persons");
        create("abcd", "persons");

        assertThat(runs.find("abcd-1")).map(Run::id).contains("abcd-1111");
        assertThat(runs.find("abcd-2222")).map(Run::id).contains("abcd-2222");
        assertThat(runs.find("abcd")).map(Run::id).contains("abcd");
        assertThat(runs.find("abcd-")).isEmpty();
        assertThat(runs.find("abcd-3")).isEmpty();
    }

    @Test
    void threeCharactersAreTooFewForABeginning() {
        create("abcd-1111", "persons");

        assertThat(runs.find("abc")).isEmpty();
        assertThat(runs.find("")).isEmpty();
    }

    @Test
    void signsThatMeanSomethingToTheDatabaseMeanNothing() {
        create("abcd-1111", "persons");

        assertThat(runs.find("abcd%")).isEmpty();
        assertThat(runs.find("____")).isEmpty();
        assertThat(runs.find("%%%%%")).isEmpty();
        assertThat(runs.find("abcd\\")).isEmpty();
        assertThat(runs.find("ABCD-1")).isEmpty();
        assertThat(runs.find("' or 1=1 --")).isEmpty();
    }

    @Test
    void theNewestComeFirst() {
        for (int i = 1; i <= 12; i++) {
            create("run-" + i, i % 2 == 0 ? "even" : "odd");
        }

        assertThat(runs.newest(null, 3)).extracting(Run::id).containsExactly("run-12", "run-11", "run-10");
        assertThat(runs.newest("odd", 2)).extracting(Run::id).containsExactly("run-11", "run-9");
        assertThat(runs.newest("odd", 100)).hasSize(6);
        assertThat(runs.newest("ODD", 100)).isEmpty();
        assertThat(runs.newest(null, 100).stream().map(Run::number))
                .isSortedAccordingTo((a, b) -> Long.compare(b, a))
                .doesNotHaveDuplicates();
    }

    @Test
    void activeRunsAreThoseThatWereNeverClosed() {
        create("run-1", "persons");
        create("run-2", "persons");
        create("run-3", "machines");
        create("run-4", "persons");
        close("run-2");

        assertThat(runs.active("persons")).extracting(Run::id).containsExactly("run-1", "run-4");
        runs.reopen("run-2", ENDED);
        assertThat(runs.active("persons")).extracting(Run::id).containsExactly("run-1", "run-2", "run-4");
        assertThat(runs.active("printers")).isEmpty();
    }

    // Runs that wait for approval

    @Test
    void onlyRunsThatWaitAreDeniedOrSuperseded() {
        for (String id : List.of("waits", "denied", "elsewhere")) {
            create(id, id.equals("elsewhere") ? "other" : "persons");
            runs.close(id, waiting());
        }
        create("done", "persons");
        close("done");

        runs.finals().deny("denied", "No.");
        runs.finals().deny("done", "No.");
        runs.finals().supersede("persons", "newer", message -> message + " Shortened.");

        assertThat(runs.find("denied").orElseThrow())
                .returns(RunCondition.DENIED, Run::condition)
                .returns("No.", Run::message);
        assertThat(runs.find("waits").orElseThrow())
                .returns(RunCondition.SUPERSEDED, Run::condition)
                .returns(
                        "Too much. Shortened. Superseded by run newer, which took its place; what was planned was dropped.",
                        Run::message);
        assertThat(runs.find("elsewhere").orElseThrow().condition()).isEqualTo(RunCondition.WAITING_FOR_APPROVAL);
        assertThat(runs.find("done").orElseThrow().condition()).isNull();
    }

    private static Runs.Ending waiting() {
        return new Runs.Ending(
                RunState.FAILED,
                Stage.COMPLETED_FAILED,
                RunCondition.WAITING_FOR_APPROVAL,
                "Too much.",
                new Counts(),
                ENDED);
    }

    @Test
    void theLastFullRunsAreThoseThatActed() {
        for (RunKind kind : List.of(RunKind.FULL, RunKind.FILTER)) {
            for (boolean analysis : List.of(false, true)) {
                String id = kind + "-" + analysis;
                runs.create(new Runs.NewRun(
                        id, "persons", "persons", kind, analysis, Map.of(), Map.of(), "hash", 1, STARTED));
                close(id);
            }
        }
        create("failed", "persons");
        runs.close("failed", waiting());
        create("newest", "persons");
        close("newest");

        assertThat(runs.lastFull("persons", RunState.SUCCESS, 10))
                .extracting(Run::id)
                .containsExactly("newest", "FULL-false");
        assertThat(runs.lastFull("persons", RunState.SUCCESS, 1)).hasSize(1);
    }

    // What was frozen

    @Test
    void theClosureComesBackLetterByLetterInItsOrder() {
        Map<String, String> closure = new LinkedHashMap<>();
        closure.put("z.yaml", "name: Ärger\r\n\ttext: \"日本 😀\" \u2028 \\n\n");
        closure.put("scripts/ä ö.js", "`${x}` + '\\u0000' + /a\\/b/");
        closure.put("a.yaml", "");
        closure.put("large.js", "// 1234567890\n".repeat(20_000));
        runs.create(new Runs.NewRun("run-1", "m", "m", RunKind.FULL, false, Map.of(), closure, "hash", 0, STARTED));

        Map<String, String> read = runs.closure("run-1");

        assertThat(read).isEqualTo(closure);
        assertThat(read.keySet()).containsExactlyElementsOf(closure.keySet());
    }

    @Test
    void timesDoNotDependOnTheTimeZoneOfWhoReadsThem() {
        TimeZone before = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
            create("run-1", "persons");
            TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
            close("run-1");
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));

            Run run = runs.find("run-1").orElseThrow();

            assertThat(run.started()).isEqualTo(STARTED);
            assertThat(run.ended()).isEqualTo(ENDED);
        } finally {
            TimeZone.setDefault(before);
        }
    }

    private void create(String id, String mapping) {
        runs.create(new Runs.NewRun(id, mapping, mapping, RunKind.FULL, false, Map.of(), Map.of(), "hash", 1, STARTED));
    }

    private void close(String id) {
        close(id, ENDED);
    }

    private void close(String id, Instant ended) {
        runs.close(id, new Runs.Ending(RunState.SUCCESS, Stage.COMPLETED_SUCCESS, null, null, new Counts(), ended));
    }
}
