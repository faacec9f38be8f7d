package dev.concord.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.script.Scripts;
import dev.concord.system.ObjectSets;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import dev.concord.testing.fault.FaultPlan;
import dev.concord.testing.fault.FaultyObjectSets;
import dev.concord.testing.fault.FaultyTransactions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.transaction.PlatformTransactionManager;

/** A home and its platform database: all that is left of a process. */
record Place(Path home, String url, String username, String password) {

    static final String RUN = "the-run";

    /** What a process answers that was killed. */
    static final int KILLED = 137;

    private static final int MINUTES = 3;

    /** What a process that stands still keeps locked in the platform database is given free soon. */
    private static final String IDLE = "5s";

    static Place at(Path home, TestDatabase platform) {
        return new Place(home, platform.url(), platform.username(), platform.password());
    }

    /** What goes wrong: in calls of the target, and in commits of whatever transaction on the platform database. */
    record Faults(FaultPlan target, FaultPlan transactions) {

        static Faults none() {
            return new Faults(new FaultPlan(), new FaultPlan());
        }
    }

    House.Plan plan(Faults faults) {
        return House.on(home, url, username, password)
                .set("concord.timeouts.idle", IDLE)
                .partitionsOf(10)
                .with(
                        ObjectSets.Factory.class,
                        sets -> new FaultyObjectSets(sets, Map.of(People.TARGET, faults.target)))
                .with(
                        PlatformTransactionManager.class,
                        all -> new FaultyTransactions(all, faults.transactions, Map.of(), Map.of()));
    }

    House open(Faults faults, Scripts scripts) {
        return plan(faults).with(Scripts.class, own -> scripts).open();
    }

    /** What became of a process. */
    record End(int exitCode, String output) {}

    /**
     * Runs the mapping in a process of its own, or continues the run that is there.
     *
     * @param fault what goes wrong, such as {@code target write:2:after:halt} or {@code commit commit:7:before:halt}
     */
    End inAnotherProcess(boolean restart, String fault) throws IOException, InterruptedException {
        return inAnotherProcess(String.valueOf(restart), fault);
    }

    /** Takes a run back in a process of its own. */
    End undoInAnotherProcess(String undone, String fault) throws IOException, InterruptedException {
        return inAnotherProcess(undone, fault);
    }

    private End inAnotherProcess(String task, String fault) throws IOException, InterruptedException {
        Path output = Files.createTempFile("elsewhere", ".log");
        Process process = start(task, fault, output);
        try {
            boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
            return new End(ended ? process.exitValue() : -1, Files.readString(output, UTF_8));
        } finally {
            process.destroyForcibly().waitFor();
            Files.delete(output);
        }
    }

    /** Starts such a process, and does not wait for it. */
    Process start(boolean restart, String fault, Path output) throws IOException {
        return start(String.valueOf(restart), fault, output);
    }

    /** @param task whether to restart, or which run to take back */
    private Process start(String task, String fault, Path output) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dpolyglot.engine.WarnInterpreterOnly=false",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Place.class.getName(),
                        home.toString(),
                        url,
                        username,
                        password,
                        task,
                        fault)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    public static void main(String[] arguments) {
        Place place = new Place(Path.of(arguments[0]), arguments[1], arguments[2], arguments[3]);
        String[] fault = arguments[5].split(" ", 2);
        FaultPlan plan = FaultPlan.parse(fault[1]);
        Faults faults =
                fault[0].equals("target") ? new Faults(plan, new FaultPlan()) : new Faults(new FaultPlan(), plan);
        run(place.plan(faults), arguments[4]);
    }

    private static void run(House.Plan plan, String task) {
        try (House house = plan.open()) {
            RunView view = switch (task) {
                case "true" -> house.restart(RUN);
                case "false" -> house.run(People.MAPPING, RUN);
                default -> house.undo(task, false, RUN);
            };
            System.exit(view.run().state() == RunState.SUCCESS ? 0 : 1);
        }
    }

    /** That a process was killed, and not ended in some other way. */
    static void mustBeKilled(End end) {
        if (end.exitCode() != KILLED) {
            throw new AssertionError("The process ended with " + end.exitCode() + ":\n" + end.output());
        }
    }
}
