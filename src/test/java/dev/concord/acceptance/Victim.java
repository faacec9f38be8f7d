package dev.concord.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.run.Approvals;
import dev.concord.testing.CompanyHome;
import dev.concord.testing.House;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process of its own that runs {@code hr-to-users}, or continues such a run, and halts itself where it is told to.
 */
final class Victim {

    /** What a process answers that was killed, be it from outside or by itself. */
    static final int KILLED = 137;

    private static final int MINUTES = 3;

    private Victim() {}

    /** What became of it. */
    record End(int exitCode, String output) {}

    enum Task {
        RUN,
        RESTART,
        APPROVE,
        /** Applies a plan, whose id is given, or goes on applying it. */
        APPLY
    }

    static End start(Installation place, Task task, String runId, List<String> faults)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("victim", ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dpolyglot.engine.WarnInterpreterOnly=false",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                place.home().folder().toString(),
                place.url(),
                place.username(),
                place.password(),
                task.name(),
                runId));
        command.addAll(faults);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
            return new End(ended ? process.exitValue() : -1, Files.readString(output, UTF_8));
        } finally {
            process.destroyForcibly().waitFor();
            Files.delete(output);
        }
    }

    public static void main(String[] arguments) {
        Installation place =
                new Installation(new CompanyHome(Path.of(arguments[0])), arguments[1], arguments[2], arguments[3]);
        Faults faults = Faults.parse(List.of(arguments).subList(6, arguments.length));
        try (House house = faults.open(place)) {
            RunView view = switch (Task.valueOf(arguments[4])) {
                case RUN -> house.run("hr-to-users", arguments[5], Faults.listener(house));
                case APPROVE -> {
                    house.get(Approvals.class).approve(arguments[5], House.ACTOR, null, Faults.listener(house));
                    yield house.find(arguments[5]).orElseThrow();
                }
                case RESTART -> house.restart(arguments[5], Faults.listener(house));
                case APPLY -> house.apply(arguments[5], Faults.listener(house));
            };
            System.exit(view.run().state() == RunState.SUCCESS ? 0 : 1);
        }
    }
}
