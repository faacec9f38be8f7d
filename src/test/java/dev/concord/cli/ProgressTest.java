package dev.concord.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Counts.OpKind;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Run;
import dev.concord.ledger.Stage;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong time = new AtomicLong();
    private final Run run = SampleRuns.active();

    @Test
    void inALogThereIsALineForEachBeginAndEndAndNowAndThen() {
        TestScreen screen = TestScreen.file();
        try (Progress progress = new Progress(new ProgressLines(screen.screen()), phase -> 0, time::get)) {
            work(progress);
        }
        assertThat(screen.err().lines())
                .containsExactly(
                        "hr-to-users: run 3f2a91bc-0000-4000-8000-000000000001 works",
                        "source: 1,000 records",
                        "source: 400/1,000 (40 %), 200 records/s, ETA 3.0 s, 2 failed",
                        "source: ended after 1,000 records in 4.0 s, 250 records/s, 2 failed",
                        "links: ended after 7 records in 1.0 s, 7.0 records/s",
                        "deletes: nothing to do");
        assertThat(screen.out()).isEmpty();
    }

    @Test
    void onATerminalALineIsDrawnAgainInItsPlaceAndStaysWhenThePhaseEnds() {
        TestScreen screen = TestScreen.terminal(100);
        try (Progress progress = new Progress(new ProgressBar(screen.screen()), phase -> 0, time::get)) {
            work(progress);
        }
        List<String> drawn = List.of(screen.err().split("\r\u001b\\[K"));
        assertThat(drawn)
                .contains("source  " + "━".repeat(12) + "─".repeat(18)
                        + "  400/1,000  40 %  200 records/s  ETA 3.0 s  2 failed\r")
                .contains("source  " + "━".repeat(30) + "  1,000/1,000  100 %  250 records/s  4.0 s  2 failed\n")
                .contains("links   7  7.0 records/s  1.0 s\n")
                .noneMatch(line -> line.startsWith("deletes") && line.endsWith("\n"));
    }

    @Test
    void aLineNeverBreaksOnANarrowTerminal() {
        TestScreen screen = TestScreen.terminal(70);
        try (Progress progress = new Progress(new ProgressBar(screen.screen()), phase -> 0, time::get)) {
            work(progress);
        }
        assertThat(screen.err().split("\r\u001b\\[K|\r|\n")).allMatch(line -> TextWidth.of(line) < 70);
    }

    @Test
    void aRunThatIsContinuedBeginsWhereItStoodAndItsRateIsThatOfThisProcess() {
        TestScreen screen = TestScreen.file();
        try (Progress progress =
                new Progress(new ProgressLines(screen.screen()), phase -> phase == Phase.SOURCE ? 600 : 0, time::get)) {
            progress.entered(run, Stage.ACTIVE_RECONCILING_SOURCE, 1000);
            time.addAndGet(2 * SECOND);
            progress.committed(run, Phase.SOURCE, page(200, 0));
            progress.tick();
        }
        assertThat(screen.err()).contains("source: 800/1,000 (80 %), 100 records/s, ETA 2.0 s");
    }

    private void work(Progress progress) {
        progress.started(run);
        progress.entered(run, Stage.ACTIVE_QUERY_ENTRIES, -1);
        progress.entered(run, Stage.ACTIVE_RECONCILING_SOURCE, 1000);
        time.addAndGet(2 * SECOND);
        progress.committed(run, Phase.SOURCE, page(400, 2));
        progress.tick();
        time.addAndGet(2 * SECOND);
        progress.committed(run, Phase.SOURCE, page(600, 0));
        progress.entered(run, Stage.ACTIVE_LINK_CLEANUP, -1);
        time.addAndGet(SECOND);
        progress.committed(run, Phase.LINKS, page(7, 0));
        progress.entered(run, Stage.ACTIVE_PROCESSING_RESULTS, -1);
        time.addAndGet(SECOND);
        progress.ended(run);
    }

    private static Counts page(long records, long failures) {
        Counts counts = new Counts();
        counts.add(Measure.RECORDS, records);
        counts.addOp(new OpKind(null, null, Outcome.DATA), failures);
        return counts;
    }
}
