package dev.concord.bench;

import dev.concord.record.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs Concord's commands on the scratch home and database, each in a process of its own with the JVM options of this
 * one, so that start-up, heap and all the rest are those of a real run.
 */
final class ProductRun {

    /** What a process may see of this one's environment; above all, no settings of anybody's own database. */
    private static final Set<String> ENVIRONMENT = Set.of("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR");

    /** What a process ends with that did not do what it was asked. A run with failures ends with another code. */
    private static final int FAILED = 1;

    private static final String MAIN = "dev.concord.Concord";

    private final ScratchHome home;
    private final ScratchDatabase database;
    private final @Nullable String heap;
    private volatile @Nullable Process working;

    /** @param heap the most heap that the product gets, as {@code -Xmx} takes it; null for what the JVM takes */
    ProductRun(ScratchHome home, ScratchDatabase database, @Nullable String heap) {
        this.home = home;
        this.database = database;
        this.heap = heap;
    }

    /** Makes the product's tables. */
    void migrate() throws IOException, InterruptedException {
        try (Command command = new Command("db", "migrate", "--json")) {
            command.end();
        }
    }

    /**
     * Runs the mapping in one process, several times one after the other.
     *
     * @param countEntries whether to count the entries of the reports
     * @return how each run went
     */
    List<RunOutcome> run(boolean countEntries, Nights nights) throws IOException, InterruptedException, SQLException {
        List<RunOutcome> outcomes = new ArrayList<>();
        nights.before(0);
        Instant began = Instant.now();
        try (Command command = countEntries
                ? new Command("measured-run", ScratchHome.MAPPING, "--entries")
                : new Command("measured-run", ScratchHome.MAPPING)) {
            for (int night = 0; night < nights.count(); night++) {
                if (night > 0) {
                    nights.before(night);
                    command.again();
                }
                Map<String, @Nullable Object> answer = command.answer();
                Duration startUp = Duration.between(began, new RunOutcome(answer, Duration.ZERO).started());
                outcomes.add(new RunOutcome(answer, startUp));
                nights.after(night, outcomes.getLast());
            }
            command.end();
        }
        return outcomes;
    }

    /** Ends the process that works, if there is one. For any thread. */
    void stop() {
        Process process = working;
        if (process != null) {
            process.destroyForcibly();
        }
    }

    /** A process that works on a command until it is closed. */
    private final class Command implements AutoCloseable {

        private final String name;
        private final Path errors = home.folder().resolve("stderr.txt");
        private final Process process;
        private final BufferedReader answers;

        Command(String... arguments) throws IOException {
            name = arguments[0];
            List<String> line = new ArrayList<>(jvm());
            line.addAll(List.of(arguments));
            ProcessBuilder builder = new ProcessBuilder(line);
            builder.environment().keySet().retainAll(ENVIRONMENT);
            builder.environment().putAll(database.environment());
            process = builder.redirectError(Redirect.to(errors.toFile())).start();
            answers = process.inputReader(StandardCharsets.UTF_8);
            working = process;
        }

        void again() throws IOException {
            process.outputWriter(StandardCharsets.UTF_8).append('\n').flush();
        }

        /** The next line of what it says, an object in JSON. */
        Map<String, @Nullable Object> answer() throws IOException, InterruptedException {
            String answer = answers.readLine();
            if (answer == null) {
                process.waitFor();
                throw failure("gave no answer");
            }
            return Json.readObject(answer);
        }

        /** Lets the process come to its end by itself. */
        void end() throws IOException, InterruptedException {
            process.outputWriter(StandardCharsets.UTF_8).close();
            while (answers.readLine() != null) {
                // What it still says is of no interest, but it must not wait for a reader.
            }
            if (process.waitFor() == FAILED) {
                throw failure("failed");
            }
        }

        private BenchmarkFailure failure(String how) throws IOException {
            return new BenchmarkFailure("`" + name + "` ended with exit code " + process.exitValue() + " and " + how
                    + ". It said:\n" + Files.readString(errors));
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    private List<String> jvm() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!isOurOwn(option)) {
                command.add(option);
            }
        }
        if (heap != null) {
            command.add("-Xmx" + heap);
        }
        command.add("-Dconcord.home=" + home.folder().toAbsolutePath());
        String classPath = System.getProperty("java.class.path");
        if (classPath.endsWith("concord.jar")) {
            command.addAll(List.of("-jar", classPath));
        } else {
            command.addAll(List.of("-cp", classPath, MAIN));
        }
        return command;
    }

    private boolean isOurOwn(String option) {
        return option.startsWith("-Dconcord.")
                || option.startsWith("-Dspring.")
                || option.startsWith("-agentlib")
                || option.startsWith("-javaagent")
                || (heap != null && option.startsWith("-Xmx"));
    }
}
