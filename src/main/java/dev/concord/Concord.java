package dev.concord;

import dev.concord.cli.ConcordCommand;
import java.nio.file.Path;

/**
 * The main class. {@link #main} settles where home is, then hands over to the command line; a command that needs the
 * platform database starts the Spring context itself.
 */
public class Concord {

    public static void main(String[] arguments) {
        System.exit(
                ConcordCommand.execute(CommandLineApplication.class, ServerApplication.class, settleHome(), arguments));
    }

    /** Home is what the launcher found; started without it, the current folder. Always absolute, as H2 asks for. */
    static Path settleHome() {
        Path home = Path.of(System.getProperty("concord.home", "."))
                .toAbsolutePath()
                .normalize();
        System.setProperty("concord.home", home.toString());
        // Spring would read an application.yaml of the current folder, whoever that belongs to.
        setUnlessSet("spring.config.location", "classpath:/,optional:file:" + home + "/");
        // The embedded database shares itself with a second process over a port; nobody outside needs to reach it.
        setUnlessSet("h2.bindAddress", "127.0.0.1");
        return home;
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
