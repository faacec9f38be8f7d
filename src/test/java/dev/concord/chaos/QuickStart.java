package dev.concord.chaos;

import dev.concord.testing.Databases;
import dev.concord.testing.House;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;

/**
 * How to start many JVMs quickly: one that watched a run keeps what it loaded and linked for those that follow. That
 * takes a class path of nothing but jars.
 */
final class QuickStart {

    private static final List<String> OPTIONS = List.of(
            "-Xmx384m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dpolyglot.engine.WarnInterpreterOnly=false",
            "-Dlogging.level.root=WARN");

    private QuickStart() {}

    /** The command that starts a JVM with the class path of this one, up to the name of the main class. */
    static List<String> java(Path folder) throws IOException, InterruptedException {
        String classPath = jars(folder);
        Path cache = folder.resolve("start.aot");
        SkewedWorld world = new SkewedWorld(2_000, 100, 2);
        Site site = Site.at(Databases.H2, folder.resolve("rehearsal"));
        world.write(site.home());
        try (House house = site.open()) {
            world.fill(house);
        }
        Runner rehearsal = Runner.start(
                java(List.of("-XX:AOTCacheOutput=" + cache, "-Xlog:disable", "-cp", classPath)),
                site,
                Runner.Task.RUN,
                folder.resolve("rehearsal.journal"),
                List.of());
        if (!rehearsal.process().waitFor(5, TimeUnit.MINUTES)
                || rehearsal.process().exitValue() != 0) {
            rehearsal.process().destroyForcibly();
            throw new IllegalStateException("The rehearsal failed: " + rehearsal.output());
        }
        List<String> options = new ArrayList<>();
        if (Files.exists(cache)) {
            options.add("-XX:AOTCache=" + cache);
            options.add("-Xlog:disable");
        }
        options.addAll(List.of("-cp", classPath));
        return java(options);
    }

    private static List<String> java(List<String> more) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(more);
        return command;
    }

    private static String jars(Path folder) throws IOException {
        List<String> jars = new ArrayList<>();
        for (String part : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(part);
            if (Files.isDirectory(path)) {
                Path jar = folder.resolve("classes" + jars.size() + ".jar");
                int exit = ToolProvider.findFirst("jar")
                        .orElseThrow()
                        .run(System.out, System.err, "--create", "--file", jar.toString(), "-C", part, ".");
                if (exit != 0) {
                    throw new IOException("jar answered " + exit + ".");
                }
                jars.add(jar.toString());
            } else if (Files.exists(path)) {
                jars.add(part);
            }
        }
        return String.join(File.pathSeparator, jars);
    }
}
