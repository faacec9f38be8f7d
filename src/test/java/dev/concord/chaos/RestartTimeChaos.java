package dev.concord.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.chaos.Runner.Task;
import dev.concord.ledger.Phase;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that is killed when 60 % of its pages are committed has to do no more than the other 40 % when it is continued.
 * The pages are counted; the times are printed.
 */
class RestartTimeChaos {

    private static final double DONE = 0.6;

    private final SkewedWorld world = new SkewedWorld(Integer.getInteger("concord.records", 50_000), 100, 2);

    @TempDir
    Path folder;

    /** What a process took, in milliseconds: from its start to its work, and for the work. */
    private record Times(long start, long work) {

        static Times of(long begun, Journal.Reading journal) {
            long atWork = journal.timeOf("started");
            return new Times(atWork - begun, journal.timeOf("ended") - atWork);
        }
    }

    @Test
    void aRunKilledAtSixtyPercentHasTheRestToDo() throws Exception {
        List<String> java = QuickStart.java(folder);
        Site base = Site.at(Databases.H2, folder.resolve("base"));
        world.write(base.home());
        try (House house = base.open()) {
            world.fill(house);
        }
        Site whole = base.copyTo(folder.resolve("whole"));
        long begun = System.currentTimeMillis();
        Runner undisturbed = Runner.start(java, whole, Task.RUN, folder.resolve("whole.journal"), List.of());
        end(undisturbed);
        Times wholeTimes = Times.of(begun, undisturbed.journal());
        Standing done = Standing.of(whole.jdbc(), true);
        long pages = sum(done.pages());

        Site site = base.copyTo(folder.resolve("site"));
        Runner victim = Runner.start(java, site, Task.RUN, folder.resolve("victim.journal"), List.of());
        while (committing(victim.journal()) < pages * DONE) {
            assertThat(victim.process().isAlive()).as(victim::output).isTrue();
            TimeUnit.MILLISECONDS.sleep(5);
        }
        victim.process().destroyForcibly().waitFor();
        long committed = sum(Standing.of(site.jdbc(), true).pages());

        begun = System.currentTimeMillis();
        Runner again = Runner.start(java, site, Task.RESTART, folder.resolve("again.journal"), List.of());
        end(again);
        Times times = Times.of(begun, again.journal());
        long begunAgain = 0;
        for (Phase phase : Phase.values()) {
            begunAgain += again.journal().begun(phase);
        }
        System.out.printf(
                "Undisturbed: %d pages, %d ms to start, %d ms of work, %d ms of them for the last %.0f %% of the pages. Killed"
                        + " at %d pages (%.0f %%); the restart: %d pages, %d ms to start, %d ms of work.%n",
                pages,
                wholeTimes.start(),
                wholeTimes.work(),
                sinceCommit(committed, undisturbed.journal()),
                100.0 * (pages - committed) / pages,
                committed,
                100.0 * committed / pages,
                begunAgain,
                times.start(),
                times.work());
        assertThat(begunAgain).isEqualTo(pages - committed);
        assertThat(sum(Standing.of(site.jdbc(), true).pages())).isEqualTo(pages);
    }

    private static void end(Runner runner) throws InterruptedException {
        assertThat(runner.process().waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(runner.process().exitValue()).as(runner::output).isZero();
    }

    private static long committing(Journal.Reading journal) {
        return journal.lines().stream()
                .filter(line -> line.contains(" committing "))
                .count();
    }

    /** How long it took from a commit to the end: pages of different phases take their different times. */
    private static long sinceCommit(long commit, Journal.Reading journal) {
        String line = journal.lines().stream()
                .filter(said -> said.contains(" committing "))
                .skip(commit - 1)
                .findFirst()
                .orElseThrow();
        return journal.timeOf("ended") - Long.parseLong(line.substring(0, line.indexOf(' ')));
    }

    private static long sum(Map<Phase, Long> pages) {
        return pages.values().stream().mapToLong(Long::longValue).sum();
    }
}
