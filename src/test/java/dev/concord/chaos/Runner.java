package dev.concord.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.concord.ledger.Phase;
import dev.concord.ledger.RunState;
import dev.concord.ledger.Runs;
import dev.concord.run.EndedRuns;
import dev.concord.system.ObjectSets;
import dev.concord.testing.House;
import dev.concord.testing.fault.FaultPlan;
import dev.concord.testing.fault.FaultyObjectSets;
import dev.concord.testing.fault.FaultyTransactions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.transaction.PlatformTransactionManager;

/** A process of its own that works on a run of the skewed world, writes its journal, and dies where it is told to. */
final class Runner {

    static final String RUN = "the-run";
    static final String WRITES = "target";
    static final String TRANSACTIONS = "transactions";

    /** What a process answers that was killed, be it from outside or by itself. */
    static final int KILLED = 137;

    static final int SMALLEST_PARTITION = 100;

    private static final int COMMAND = 6;

    enum Task {
        RUN,
        RESTART,
        RECOVER
    }

    private final Process process;
    private final Path journal;
    private final Path output;

    private Runner(Process process, Path journal, Path output) {
        this.process = process;
        this.journal = journal;
        this.output = output;
    }

    /**
     * @param journal a file that does not exist yet
     * @param faults such as {@code pages/SOURCE=commit:3:before:halt} and {@code target=write:2:after:halt}
     */
    static Runner start(List<String> java, Site site, Task task, Path journal, List<String> faults) throws IOException {
        Path output = Path.of(journal + ".output");
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of(
                Runner.class.getName(),
                site.home().toString(),
                site.url(),
                site.username(),
                site.password(),
                task.name(),
                journal.toString()));
        command.addAll(faults);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new Runner(process, journal, output);
    }

    Process process() {
        return process;
    }

    Journal.Reading journal() {
        return Journal.Reading.of(journal);
    }

    String output() {
        try {
            return Files.readString(output, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void forget() {
        try {
            Files.deleteIfExists(journal);
            Files.deleteIfExists(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void main(String[] arguments) {
        Map<String, FaultPlan> plans = plans(List.of(arguments).subList(COMMAND, arguments.length));
        FaultPlan writes = plans.get(WRITES);
        House.Plan plan = House.on(Path.of(arguments[0]), arguments[1], arguments[2], arguments[3])
                .partitionsOf(SMALLEST_PARTITION)
                .with(ObjectSets.Factory.class, sets -> new FaultyObjectSets(sets, Map.of(SkewedWorld.TARGET, writes)))
                .with(PlatformTransactionManager.class, transactions -> faulty(transactions, plans));
        try (House house = plan.open()) {
            FaultyTransactions transactions = (FaultyTransactions) house.get(PlatformTransactionManager.class);
            Journal journal = new Journal(Path.of(arguments[5]), transactions);
            RunState state = switch (Task.valueOf(arguments[4])) {
                case RUN -> house.run(SkewedWorld.MAPPING, RUN, journal).run().state();
                case RESTART -> house.restart(RUN, journal).run().state();
                case RECOVER ->
                    house.get(EndedRuns.class)
                            .recover(house.get(Runs.class).find(RUN).orElseThrow(), House.ACTOR)
                            .state();
            };
            System.exit(state == RunState.SUCCESS ? 0 : 1);
        }
    }

    private static Map<String, FaultPlan> plans(List<String> faults) {
        Map<String, FaultPlan> plans = new java.util.TreeMap<>();
        plans.put(WRITES, new FaultPlan());
        plans.put(TRANSACTIONS, new FaultPlan());
        for (Phase phase : Phase.values()) {
            plans.put(pages(phase), new FaultPlan());
        }
        for (String fault : faults) {
            String[] parts = fault.split("=", 2);
            plans.replace(parts[0], FaultPlan.parse(parts[1]));
        }
        return plans;
    }

    static String pages(Phase phase) {
        return "pages/" + phase;
    }

    private static FaultyTransactions faulty(PlatformTransactionManager transactions, Map<String, FaultPlan> plans) {
        Map<Phase, FaultPlan> pages = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) {
            pages.put(phase, plans.get(pages(phase)));
        }
        return new FaultyTransactions(transactions, plans.get(TRANSACTIONS), pages, Map.of());
    }
}
