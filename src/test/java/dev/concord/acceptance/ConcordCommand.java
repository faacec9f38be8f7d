package dev.concord.acceptance;

import dev.concord.Concord;
import dev.concord.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What starts Concord in a process of its own, much as the launcher does. */
final class ConcordCommand {

    private ConcordCommand() {}

    /** @param settings such as {@code concord.schedules.recover=300ms} */
    static List<String> of(Path home, TestDatabase database, List<String> settings, String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dpolyglot.engine.WarnInterpreterOnly=false",
                "-Dconcord.home=" + home,
                "-Dspring.datasource.url=" + database.url(),
                "-Dspring.datasource.username=" + database.username(),
                "-Dspring.datasource.password=" + database.password()));
        settings.forEach(setting -> command.add("-D" + setting));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Concord.class.getName()));
        command.addAll(List.of(words));
        return command;
    }
}
