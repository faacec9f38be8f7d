package dev.concord.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Counts.OpKind;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.PageTimes;
import dev.concord.ledger.Phase;
import dev.concord.ledger.PhaseTotals;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunCondition;
import dev.concord.ledger.RunView;
import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import dev.concord.run.Home;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunSummaryTest {

    @Test
    void saysWhatWasFoundWhatWasDoneAndWhereToLookNext() {
        Counts counts = new Counts();
        counts.add(Measure.RECORDS, 1000);
        counts.addOp(new OpKind(Situation.CONFIRMED, Action.UPDATE, Outcome.SUCCESS), 990);
        counts.addOp(new OpKind(Situation.ABSENT, Action.CREATE, Outcome.SUCCESS), 6);
        counts.addOp(new OpKind(Situation.ABSENT, Action.CREATE, Outcome.DATA), 1);
        counts.addOp(new OpKind(Situation.AMBIGUOUS, Action.EXCEPTION, Outcome.RULE), 2);
        counts.addOp(new OpKind(null, null, Outcome.DATA), 1);
        counts.add(Measure.CREATED, 6);
        counts.add(Measure.UNCHANGED, 990);
        counts.add(Measure.LINKS_CREATED, 6);
        assertThat(summary(SampleRuns.done(false), counts)).isEqualTo("""
                hr-to-users: done in 2.5 s, 1,000 source records, 400 records/s  (run 3f2a91bc, full)

                situation    action     done  failed
                CONFIRMED    UPDATE      990       0
                ABSENT       CREATE        6       1
                AMBIGUOUS    EXCEPTION     0       2
                (not known)  -             0       1
                total                    996       4

                targets created 6, updated 0, unchanged 990, deleted 0; links created 6, removed 0
                failures: 2 rule (a rule says EXCEPTION), 2 data (the data does not fit)

                  ./concord report 3f2a91bc --status FAILURE   which records failed, and why
                  ./concord report 3f2a91bc --status SUCCESS   what was changed
                """);
    }

    @Test
    void anAnalysisSaysThatItOnlyLooked() {
        Counts counts = new Counts();
        counts.addOp(new OpKind(Situation.ABSENT, Action.CREATE, Outcome.SUCCESS), 6);
        counts.add(Measure.CREATED, 6);
        assertThat(summary(SampleRuns.done(true), counts))
                .contains("looked at in 2.5 s", "would have: targets created 6", "what it would do")
                .doesNotContain("what was changed");
    }

    @Test
    void aFailedRunSaysWhyAndHowToGoOn() {
        assertThat(summary(SampleRuns.failed(RunCondition.INFRASTRUCTURE, "crm: nothing answers."), new Counts()))
                .isEqualTo("""
                        hr-to-users: failed after 2.5 s, 0 source records  (run 3f2a91bc, full)
                        crm: nothing answers.

                          ./concord restart 3f2a91bc   go on from where it stood
                        """);
    }

    @Test
    void aRunThatWaitsForApprovalSaysWhatCanBeDone() {
        assertThat(summary(SampleRuns.failed(RunCondition.WAITING_FOR_APPROVAL, "Empty."), new Counts()))
                .contains("./concord approve 3f2a91bc", "./concord deny 3f2a91bc", "./concord restart 3f2a91bc");
    }

    @Test
    void aRunThatWasDeniedOrSupersededDoesNotGoOn() {
        for (RunCondition over : List.of(RunCondition.DENIED, RunCondition.SUPERSEDED)) {
            assertThat(summary(SampleRuns.failed(over, "Over."), new Counts())).doesNotContain("restart", "approve");
        }
    }

    @Test
    void plannedOpsGetAColumnWhileThereAreAny() {
        Counts counts = new Counts();
        counts.addOp(new OpKind(Situation.SOURCE_MISSING, Action.DELETE, Outcome.PLANNED), 3);
        assertThat(summary(SampleRuns.active(), counts).lines())
                .contains(
                        "situation       action  done  failed  planned",
                        "SOURCE_MISSING  DELETE     0       0        3");
    }

    @Test
    void aRunWhoseProcessIsGoneSaysSoAndHowToGoOn() {
        assertThat(summary(SampleRuns.active(), new Counts(), true))
                .contains("interrupted: its process is gone", "./concord restart 3f2a91bc")
                .doesNotContain("running", "how far it is");
        assertThat(summary(SampleRuns.active(), new Counts(), false))
                .contains("running for", "how far it is")
                .doesNotContain("interrupted", "restart");
    }

    private static String summary(Run run, Counts source) {
        return summary(run, source, false);
    }

    private static String summary(Run run, Counts source, boolean interrupted) {
        TestScreen screen = TestScreen.file();
        Home home = new Home(Path.of("home"));
        Shell shell = new Shell(screen.screen(), home, new Platform(Object.class, Object.class, home));
        RunView view =
                new RunView(run, Map.of(Phase.SOURCE, new PhaseTotals(source, new PageTimes(0, 0, 0, 0, 0), Map.of())));
        new RunSummary(shell, view, interrupted, SampleRuns.STARTED.plusSeconds(3)).print();
        return screen.out();
    }
}
