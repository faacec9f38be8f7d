package dev.concord;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The main class. */
@SpringBootApplication
@Command(name = "concord", mixinStandardHelpOptions = true, versionProvider = Concord.Version.class)
public class Concord {

    public static void main(String[] arguments) {
        System.exit(new CommandLine(Concord.class).execute(arguments));
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Concord.class.getPackage().getImplementationVersion();
            return new String[] {"concord " + (version == null ? "(not packaged)" : version)};
        }
    }
}
