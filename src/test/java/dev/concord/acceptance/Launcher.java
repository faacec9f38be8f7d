package dev.concord.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * {@code ./concord} as people type it, in a process of its own.
 *
 * @param home the folder of {@code jobs/} and {@code data/}
 * @param scratch an existing folder for what the processes print
 * @param environment variables of the processes, over those of this one
 */
record Launcher(Path home, Path scratch, Map<String, String> environment) {

    private static final Path PROGRAM = Path.of("concord").toAbsolutePath();
    private static final int MINUTES = 5;

    Launcher(Path home, Path scratch) {
        this(home, scratch, Map.of());
    }

    /** What a command answered. */
    record Answer(int exitCode, String out, String err) {}

    /** Starts a command and does not wait for it; what it says goes to the file {@code started}. */
    Process start(String... arguments) throws IOException {
        return builder(arguments)
                .redirectErrorStream(true)
                .redirectOutput(scratch.resolve("started").toFile())
                .start();
    }

    private ProcessBuilder builder(String... arguments) {
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString(), "--home", home.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(scratch.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("CONCORD_") || name.startsWith("SPRING_"));
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(environment);
        return builder;
    }

    Answer run(String... arguments) throws IOException, InterruptedException {
        return runInto(scratch.resolve("out"), arguments);
    }

    /** Runs a command whose results go to this file. */
    Answer runInto(Path out, String... arguments) throws IOException, InterruptedException {
        Path err = scratch.resolve("err");
        Process process = builder(arguments)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
            return new Answer(
                    ended ? process.exitValue() : -1,
                    Files.isRegularFile(out) ? Files.readString(out, UTF_8) : "",
                    Files.readString(err, UTF_8));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
