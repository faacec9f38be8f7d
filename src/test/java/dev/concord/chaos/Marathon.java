package dev.concord.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.chaos.Runner.Task;
import dev.concord.ledger.Phase;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.oracle.Account;
import dev.concord.oracle.Expectation;
import dev.concord.oracle.Holdings;
import dev.concord.oracle.Oracle;
import dev.concord.oracle.SecondRun;
import dev.concord.oracle.Verdict;
import dev.concord.script.Scripts;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs of one world on one database whose processes are killed again and again. Of every kill it is made sure that it
 * hit a run at work: the process lived until the signal came, it held the lease, and the run was active and not done.
 * No kill costs more than one page for each partition. Every run is continued to its end, where everything must be as
 * an undisturbed run leaves it, entries and counts included; a further run must change nothing.
 */
final class Marathon {

    private static final int MINUTES = 10;
    private static final int KILLS_OF_A_RUN = 50;

    /** The oracle reads everything: after every kill that would take longer than the kills. */
    private static final int KILLS_BETWEEN_LOOKS = 12;

    private static final int KILLS_BETWEEN_LINES = 10;

    /** Source and target are cut into two partitions, links and deletes are not. */
    private static final int PARTITIONS = 2;

    private final Databases kind;
    private final SkewedWorld world;
    private final Path folder;
    private final Random random;
    private final List<String> java;
    private final Scripts scripts;
    private final Tally tally = new Tally();
    private Site base;
    private Holdings before;
    private Expectation expected;
    private Map<Phase, Long> pages = Map.of();
    private int processes;

    /**
     * @param java the command that starts a JVM
     * @param scripts for what this process runs itself; they take seconds to make
     */
    Marathon(Databases kind, SkewedWorld world, Path folder, long seed, List<String> java, Scripts scripts) {
        this.kind = kind;
        this.world = world;
        this.folder = folder;
        this.random = new Random(seed);
        this.java = java;
        this.scripts = scripts;
    }

    Tally run(int kills) throws IOException, InterruptedException {
        prepare();
        while (tally.kills() < kills) {
            Site site = base.copyTo(folder.resolve("run" + processes));
            new Round(site, Math.min(KILLS_OF_A_RUN, kills - tally.kills())).run();
            site.remove();
            System.out.println(tally);
        }
        return tally;
    }

    private void prepare() {
        base = Site.at(kind, folder.resolve("base"));
        world.write(base.home());
        try (House house = base.open()) {
            world.fill(house);
        }
        Site control = base.copyTo(folder.resolve("control"));
        try (House house = open(control)) {
            before = Holdings.of(house, SkewedWorld.MAPPING);
            RunView view = house.run(SkewedWorld.MAPPING, Runner.RUN);
            assertThat(view.run().state()).as(view.run().message()).isEqualTo(RunState.SUCCESS);
            expected = Expectation.of(Holdings.of(house, SkewedWorld.MAPPING), Account.of(house, Runner.RUN))
                    .withEqualClaimants(world.claimants());
        }
        pages = Standing.of(control.jdbc(), kind == Databases.H2).pages();
        control.remove();
        System.out.println(kind + ": " + world.records() + " source records, pages of an undisturbed run " + pages);
    }

    private House open(Site site) {
        return site.plan().with(Scripts.class, own -> scripts).open();
    }

    /** One run from its start to its end. */
    private final class Round {

        private final Site site;
        private final int kills;
        private Task task = Task.RUN;
        private int done;
        private Standing standing;

        Round(Site site, int kills) {
            this.site = site;
            this.kills = kills;
            this.standing = look();
        }

        private Standing look() {
            return Standing.of(site.jdbc(), kind == Databases.H2);
        }

        void run() throws IOException, InterruptedException {
            for (int i = 0; i < 3 && done < kills; i++) {
                strike(Runner.pages(Phase.SOURCE) + "=commit:1:before:halt", null, 0);
            }
            int phasesLeft = Phase.values().length;
            for (Phase phase : Phase.values()) {
                int share = (kills - done + phasesLeft - 1) / phasesLeft--;
                for (int i = 0; i < share && left(phase) > 0; i++) {
                    if (i % 8 == 5) {
                        strikeAtTheStart();
                    } else {
                        strikeInside(phase, share - i);
                    }
                }
            }
            finish();
        }

        private long left(Phase phase) {
            return Objects.requireNonNull(pages.get(phase))
                    - Objects.requireNonNull(standing.pages().get(phase));
        }

        private void strikeInside(Phase phase, int killsLeft) throws IOException, InterruptedException {
            long most = Math.max(1, 2 * left(phase) / (killsLeft + 1) - 1);
            long page = 1 + random.nextLong(most);
            String moment = random.nextBoolean() ? "before" : "after";
            switch (random.nextInt(5)) {
                case 0, 1 -> strike(Runner.pages(phase) + "=commit:" + page + ":" + moment + ":halt", null, 0);
                case 2 -> {
                    // The links phase writes no targets, and the target phase only plans.
                    boolean writes = phase == Phase.SOURCE || phase == Phase.DELETES;
                    strike(
                            writes
                                    ? Runner.WRITES + "=write:" + page + ":" + moment + ":halt"
                                    : Runner.pages(phase) + "=commit:" + page + ":" + moment + ":halt",
                            null,
                            0);
                }
                default -> strike(null, "begun " + phase, page);
            }
        }

        private void strikeAtTheStart() throws IOException, InterruptedException {
            switch (random.nextInt(4)) {
                case 0 -> strike(Runner.TRANSACTIONS + "=commit:" + (1 + random.nextInt(4)) + ":before:halt", null, 0);
                case 1 -> strike(Runner.TRANSACTIONS + "=commit:" + (1 + random.nextInt(4)) + ":after:halt", null, 0);
                case 2 -> {
                    Task usual = task;
                    task = Task.RECOVER;
                    strike(Runner.TRANSACTIONS + "=commit:" + (1 + random.nextInt(2)) + ":after:halt", null, 0);
                    task = usual;
                }
                default -> strike(null, "started", 1);
            }
        }

        /**
         * Starts a process, has it killed, and looks at what it leaves.
         *
         * @param fault where it halts itself; null when it is killed from outside
         * @param line of its journal behind which it is killed; null when it halts itself
         * @param times how often it must have said the line
         */
        private void strike(@Nullable String fault, @Nullable String line, long times)
                throws IOException, InterruptedException {
            Runner runner = Runner.start(
                    java,
                    site,
                    task,
                    folder.resolve("journal" + ++processes),
                    fault == null ? List.of() : List.of(fault));
            String what =
                    kind + " process " + processes + ", " + task + " " + (fault == null ? line + " x" + times : fault);
            boolean alive = true;
            try {
                if (line != null) {
                    await(runner, line, times);
                    TimeUnit.MICROSECONDS.sleep(random.nextInt(40_000));
                    alive = runner.process().isAlive();
                    runner.process().destroyForcibly();
                }
                assertThat(runner.process().waitFor(MINUTES, TimeUnit.MINUTES))
                        .as(what)
                        .isTrue();
            } finally {
                runner.process().destroyForcibly().waitFor();
            }
            judge(runner, what, alive, line != null);
            runner.forget();
        }

        private void await(Runner runner, String line, long times) throws InterruptedException {
            while (runner.process().isAlive() && runner.journal().count(line) < times) {
                TimeUnit.MILLISECONDS.sleep(3);
            }
        }

        private void judge(Runner runner, String what, boolean alive, boolean fromOutside) {
            standing = look();
            int exit = runner.process().exitValue();
            if (exit == 0 || !alive) {
                // It was done before it came to where it was to die.
                assertThat(exit).as(() -> what + "\n" + runner.output()).isZero();
                return;
            }
            assertThat(exit).as(() -> what + "\n" + runner.output()).isEqualTo(Runner.KILLED);
            Journal.Reading journal = runner.journal();
            boolean held = standing.holder() != null
                    && standing.holder().contains(":" + runner.process().pid() + " ");
            Phase phase = standing.phase();
            long again = 0;
            if (journal.lines().stream().anyMatch(said -> said.contains(" begun "))) {
                assertThat(standing.state()).as(what).isEqualTo(RunState.ACTIVE);
                assertThat(held)
                        .as(() -> what + ": the lease is held by " + standing.holder())
                        .isTrue();
                assertThat(phase).as(what).isNotNull();
                again = pagesLost(journal, what);
            } else {
                phase = null;
                assertThat(standing.state()).as(what).isNotEqualTo(RunState.SUCCESS);
            }
            if (standing.begun()
                    && (standing.targets() != before.targets().size() + standing.made()
                            || standing.links() != before.links().size() + standing.linked())) {
                // Says which ones.
                explain(what);
            }
            assertThat(standing.targets())
                    .as(what + ": targets by the ledger")
                    .isEqualTo(before.targets().size() + standing.made());
            assertThat(standing.links())
                    .as(what + ": links by the ledger")
                    .isEqualTo(before.links().size() + standing.linked());
            boolean insideThePhase = phase != null && journal.begun(phase) > 0;
            tally.kill(insideThePhase ? phase : null, fromOutside, again);
            done++;
            if (tally.kills() % KILLS_BETWEEN_LINES == 0) {
                System.out.println(kind + ": " + tally.kills() + " kills");
            }
            if (standing.begun()) {
                task = Task.RESTART;
            }
            if (done % KILLS_BETWEEN_LOOKS == 0 && standing.begun()) {
                explain(what);
            }
        }

        /** Pages that were begun and not committed: one for each partition at the most. */
        private long pagesLost(Journal.Reading journal, String what) {
            Map<Phase, Long> lost = new EnumMap<>(Phase.class);
            for (Phase phase : Phase.values()) {
                lost.put(
                        phase,
                        journal.begun(phase)
                                - Objects.requireNonNull(standing.ofEpoch().get(phase)));
            }
            lost.forEach((phase, number) -> assertThat(number)
                    .as("%s: pages of %s begun in vain", what, phase)
                    .isBetween(0L, phase == Phase.SOURCE || phase == Phase.TARGET ? PARTITIONS : 1L));
            return lost.values().stream().mapToLong(Long::longValue).sum();
        }

        private void explain(String what) {
            try (House house = open(site)) {
                Verdict verdict =
                        Oracle.explain(before, Holdings.of(house, SkewedWorld.MAPPING), Account.of(house, Runner.RUN));
                assertThat(verdict.isFaultless())
                        .as(() -> what + "\n" + verdict)
                        .isTrue();
                tally.look(verdict);
            }
        }

        private void finish() throws IOException, InterruptedException {
            Runner last = Runner.start(java, site, task, folder.resolve("journal" + ++processes), new ArrayList<>());
            boolean ended = last.process().waitFor(MINUTES, TimeUnit.MINUTES);
            last.process().destroyForcibly().waitFor();
            boolean over = standing.state() == RunState.SUCCESS;
            assertThat(ended && (over || last.process().exitValue() == 0))
                    .as(last::output)
                    .isTrue();
            last.forget();
            try (House house = open(site)) {
                Verdict verdict = Oracle.judge(
                        expected, before, Holdings.of(house, SkewedWorld.MAPPING), Account.of(house, Runner.RUN));
                tally.round(verdict);
                verdict.assertFaultless();
                SecondRun.changesNothing(house, SkewedWorld.MAPPING, "second-run");
            }
        }
    }
}
