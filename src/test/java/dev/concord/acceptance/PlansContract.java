package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.concord.ledger.Entry;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunKind;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import dev.concord.run.BackgroundRuns;
import dev.concord.run.Retries;
import dev.concord.run.RetriesBehind;
import dev.concord.run.WaitingRetries;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** Plans, and the runs that apply them, from the files through the job into the ledger. */
abstract class PlansContract {

    PlanHome home;

    abstract TestDatabase database();

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        home = new PlanHome(folder, database());
    }

    @AfterEach
    void close() {
        home.close();
    }

    /** 15 people change, 5 are gone, 15 are new, 5 have an account already; 10 stay as they are. */
    RunView forty() throws IOException {
        for (int i = 1; i <= 30; i++) {
            home.person(i, "clerk");
        }
        home.run();
        for (int i = 1; i <= 15; i++) {
            home.person(i, "head");
        }
        for (int i = 16; i <= 20; i++) {
            home.gone(i);
        }
        for (int i = 31; i <= 50; i++) {
            home.person(i, "clerk");
        }
        for (int i = 46; i <= 50; i++) {
            home.createAccount("old" + i, Map.of("userName", "user" + i));
        }
        RunView plan = home.plan();
        assertThat(plan.counts().get(Measure.CREATED)).isEqualTo(15);
        assertThat(plan.counts().get(Measure.UPDATED)).isEqualTo(20);
        assertThat(plan.counts().get(Measure.DELETED)).isEqualTo(5);
        return plan;
    }

    @Test
    void aPlanIsAppliedExactlyAndWhatChangedSinceIsRefused() throws IOException {
        RunView plan = forty();
        home.changeAccount(home.linked().get("3"), "title", "boss");
        home.createAccount("other", Map.of("userName", "somebody"));
        home.moveLink(17, "other");
        home.createAccount("second", Map.of("userName", "user47"));
        // Nobody planned these two.
        home.person(25, "not planned");
        home.person(99, "not planned");
        Map<String, String> accounts = home.accounts();

        RunView applied = home.apply(plan);

        assertThat(applied.run().kind()).isEqualTo(RunKind.APPLY);
        assertThat(applied.run().state()).isEqualTo(RunState.SUCCESS);
        assertThat(applied.run().parameters()).containsEntry("plan", plan.run().id());
        assertThat(home.count(applied, Outcome.SUCCESS)).isEqualTo(37);
        assertThat(home.count(applied, Outcome.CHANGED)).isEqualTo(3);
        assertThat(applied.counts().ops(kind -> true)).isEqualTo(40);
        List<Entry> refused = home.failures(applied).stream()
                .sorted(Comparator.comparing((Entry entry) -> Integer.parseInt(String.valueOf(entry.sourceId()))))
                .toList();
        assertThat(refused).hasSize(3);
        assertThat(refused.getFirst().message())
                .isEqualTo(
                        "It is not what it was when this was planned: title has another value than then. Nothing was done.");
        assertThat(refused.getFirst().detail())
                .isEqualTo("title: planned \"clerk\" → \"head\", now \"boss\" → \"head\"");
        assertThat(refused.get(1).sourceId()).isEqualTo("17");
        assertThat(refused.get(1).message())
                .isEqualTo("Planned as SOURCE_MISSING/DELETE, is now UNASSIGNED/IGNORE. Nothing was done.");
        assertThat(refused.get(2).sourceId()).isEqualTo("47");
        assertThat(refused.get(2).message())
                .isEqualTo("Planned as FOUND/UPDATE, is now AMBIGUOUS/EXCEPTION. Nothing was done.");

        assertThat(home.account(home.linked().get("4")).content()).containsEntry("title", "head");
        assertThat(home.account(home.linked().get("3")).content()).containsEntry("title", "boss");
        assertThat(home.linked()).containsEntry("17", "other").doesNotContainKeys("16", "18", "47", "99");
        assertThat(home.linked()).containsEntry("46", "old46");
        assertThat(home.accounts())
                .containsEntry(
                        home.linked().get("25"), accounts.get(home.linked().get("25")));
        assertThat(home.accounts()).hasSize(accounts.size() + 15 - 4);
    }

    @Test
    void afterAPlanNothingIsLeftToDo() throws IOException {
        RunView plan = forty();
        RunView applied = home.apply(plan);
        assertThat(home.count(applied, Outcome.SUCCESS)).isEqualTo(40);
        assertThat(home.failures(applied)).isEmpty();
        RunView after = home.run();
        for (Measure change : List.of(
                Measure.CREATED, Measure.UPDATED, Measure.DELETED, Measure.LINKS_CREATED, Measure.LINKS_REMOVED)) {
            assertThat(after.counts().get(change)).as(change.name()).isZero();
        }
    }

    @Test
    void aDeleteIsComparedWithTheBeforeImageOfThePlan() throws IOException {
        home.person(1, "clerk");
        home.person(2, "clerk");
        home.person(3, "clerk");
        home.run();
        home.gone(1);
        home.gone(2);
        String first = home.linked().get("1");
        RunView plan = home.plan();
        home.changeAccount(first, "title", "boss");
        RunView applied = home.apply(plan);
        assertThat(home.failures(applied)).singleElement().satisfies(entry -> {
            assertThat(entry.outcome()).isEqualTo(Outcome.CHANGED);
            assertThat(entry.action()).isEqualTo(Action.DELETE);
            assertThat(entry.message()).contains("title has another value than then");
        });
        assertThat(home.accounts()).containsOnlyKeys(first, home.linked().get("3"));
    }

    @Test
    void aRunOfFailuresVisitsExactlyThose() throws IOException {
        home.mapping(PlanHome.MAPPING + """
                validSource: "if (source.title === 'broken') { throw 'broken'; } true"
                """);
        for (int i = 1; i <= 20; i++) {
            home.person(i, i % 4 == 0 ? "broken" : "clerk");
        }
        home.createAccount("a1", Map.of("userName", "user7"));
        home.createAccount("a2", Map.of("userName", "user7"));
        RunView run = home.run();
        assertThat(run.counts().failures()).isEqualTo(6);
        for (int i = 1; i <= 20; i++) {
            home.person(i, i == 8 ? "broken" : "head");
        }

        RunView again = home.failedOf(run, false);

        assertThat(again.run().kind()).isEqualTo(RunKind.FAILED);
        assertThat(again.run().parameters()).containsEntry("failedOf", run.run().id());
        assertThat(again.counts(Phase.SOURCE).get(Measure.RECORDS)).isEqualTo(5);
        assertThat(again.counts(Phase.TARGET).get(Measure.RECORDS)).isZero();
        assertThat(again.counts().get(Measure.CREATED)).isEqualTo(4);
        assertThat(home.failures(again)).extracting(Entry::sourceId).containsExactly("8");

        RunView third = home.failedOf(again, false);
        assertThat(third.counts(Phase.SOURCE).get(Measure.RECORDS)).isEqualTo(1);

        RunView rules = home.failedOf(run, true);
        assertThat(rules.counts(Phase.SOURCE).get(Measure.RECORDS)).isEqualTo(6);
        assertThat(home.failures(rules))
                .extracting(Entry::sourceId, Entry::situation)
                .containsExactlyInAnyOrder(tuple("7", Situation.AMBIGUOUS), tuple("8", null));
    }

    @Test
    void failuresWithoutAnIdAreSaidNotToBeRepeatableAndNoFailuresOfTheRetry() throws IOException {
        home.mapping(PlanHome.MAPPING + "retryFailed: {attempts: 3, delay: 1ms}\n");
        for (int i = 1; i <= 5; i++) {
            home.person(i, "clerk");
        }
        home.nameless(6, "clerk");
        home.nameless(7, "clerk");
        RunView run = home.run();
        assertThat(run.counts().failures()).isEqualTo(2);
        assertThat(home.house().get(Retries.class).after(run.run()))
                .as("nothing that could be tried again")
                .isEmpty();

        RunView again = home.failedOf(run, false);
        assertThat(again.counts().failures()).isZero();
        assertThat(again.counts().get(Measure.OPS)).isZero();
        assertThat(again.counts().get(Measure.UNREPEATABLE)).isEqualTo(2);
        assertThat(again.run().message())
                .startsWith("2 records that failed in run " + run.run().id() + " cannot be visited alone");
        assertThat(home.entries(again))
                .hasSize(2)
                .allSatisfy(entry -> assertThat(entry.message()).contains("cannot be visited alone"));

        RunView third = home.failedOf(again, false);
        assertThat(third.counts().failures()).isZero();
        assertThat(third.counts().get(Measure.UNIDENTIFIED))
                .as("what may be anybody's keeps targets from being deleted")
                .isEqualTo(2);
    }

    @Test
    void whatFailedWaitsInTheDatabaseAndIsVisitedAgainOnce() throws Exception {
        home.mapping(PlanHome.MAPPING + """
                validSource: "if (source.title === 'broken') { throw 'broken'; } true"
                retryFailed: {attempts: 1, delay: 1ms}
                """);
        home.person(1, "clerk");
        home.person(2, "broken");
        Run first = home.run().run();
        WaitingRetries waiting = home.house().get(WaitingRetries.class);
        home.house().nextId("attempt");
        RetriesBehind server = new RetriesBehind(
                () -> home.house().get(Retries.class),
                () -> home.house().get(BackgroundRuns.class),
                waiting,
                () -> "attempt",
                Clock.systemUTC(),
                Duration.ofMillis(20));
        server.closed(first);
        assertThat(waiting.toCome())
                .singleElement()
                .isEqualTo(waiting.behind(first).orElseThrow());
        server.start();
        long patience = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (home.house()
                        .find("attempt")
                        .filter(run -> run.run().ended() != null)
                        .isEmpty()
                && System.nanoTime() < patience) {
            Thread.sleep(20);
        }
        server.stop();
        assertThat(home.house().find("attempt")).isPresent();
        assertThat(waiting.toCome()).isEmpty();
        assertThat(home.house().get(JdbcTemplate.class).queryForList("select run_id from waiting_retry"))
                .isEmpty();
    }
}
