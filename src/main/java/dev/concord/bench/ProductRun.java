package dev.concord.bench;

import dev.concord.record.Json;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
        execute("db", "migrate", "--json");
    }

    /** Runs the mapping once. */
    RunOutcome run(boolean countEntries) throws IOException, InterruptedException {
        Instant began = Instant.now();
        Map<String, @Nullable Object> answer = countEntries
                ? execute("measured-run", ScratchHome.MAPPING, "--entries")
                : execute("measured-run", ScratchHome.MAPPING);
        RunOutcome outcome = new RunOutcome(answer, Duration.ZERO);
        return new RunOutcome(answer, Duration.between(began, outcome.started()));
    }

    /** Ends the process that works, if there is one. For any thread. */
    void stop() {
        Process process = working;
        if (process != null) {
            process.destroyForcibly();
        }
    }

    private Map<String, @Nullable Object> execute(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(jvm());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().retainAll(ENVIRONMENT);
        builder.environment().putAll(database.environment());
        Path errors = home.folder().resolve("stderr.txt");
        Process process = builder.redirectError(Redirect.to(errors.toFile())).start();
        working = process;
        String answer;
        try {
            process.getOutputStream().close();
            answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
        } finally {
            process.destroyForcibly();
        }
        if (answer.isBlank()) {
            throw new BenchmarkFailure("`" + arguments[0] + "` ended with exit code " + process.exitValue()
                    + " and gave no answer. It said:\n" + Files.readString(errors));
        }
        return Json.readObject(answer);
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
