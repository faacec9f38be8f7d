package dev.concord.cli;

import dev.concord.CommandLineApplication;
import dev.concord.run.Home;
import java.nio.file.Path;

/** Types commands, for tests of other rooms. */
public final class Terminal {

    /** As wide as Concord takes what is no terminal for. */
    private static final int COLUMNS = 100;

    private Terminal() {}

    /** What a command said. */
    public record Said(int exitCode, String out, String err) {}

    public static Said type(Path home, String... arguments) {
        TestScreen screen = TestScreen.file(COLUMNS);
        int exitCode = ConcordCommand.execute(CommandLineApplication.class, new Home(home), screen.screen(), arguments);
        return new Said(exitCode, screen.out(), screen.err());
    }
}
