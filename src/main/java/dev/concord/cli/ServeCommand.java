package dev.concord.cli;

import dev.concord.access.UnusableUsers;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.env.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Serves REST, schedules and metrics until it is told to end (Ctrl-C, SIGTERM).",
        footer = {
            "",
            "Runs that are under way then stop at the end of their pages, and `restart` goes on with them.",
            "Any other address than 127.0.0.1 takes users (`user`) or an identity provider."
        })
final class ServeCommand implements Callable<Integer> {

    private final Shell shell;

    @Option(names = "--port", paramLabel = "PORT", description = "Where to listen; 0 for any free port. Default: 8080.")
    private @Nullable Integer port;

    @Option(
            names = "--management-port",
            paramLabel = "PORT",
            description = "Where metrics and health are; 0 for any free port. Default: 8081.")
    private @Nullable Integer managementPort;

    @Option(names = "--address", paramLabel = "ADDRESS", description = "The address to listen on. Default: 127.0.0.1.")
    private @Nullable String address;

    ServeCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            shell.platform().serve(settings());
        } catch (PortInUseException e) {
            throw new Refused("Port " + e.getPort() + " is in use. Choose another one with --port or --management-port,"
                    + " or 0 for a free one.");
        } catch (BeanCreationException e) {
            if (e.getMostSpecificCause() instanceof UnusableUsers unusable) {
                throw new Refused(String.valueOf(unusable.getMessage()));
            }
            throw e;
        }
        shell.screen().result("Serving " + shell.home().folder() + " on " + place() + ".");
        shell.screen().flush();
        shell.platform().awaitEndOfServing();
        return ExitCode.DONE;
    }

    /** Where it can be reached, as whoever asks has to write it. */
    private String place() {
        Environment settings = shell.platform().settings();
        boolean tls = Ssl.isEnabled(shell.platform().get(ServerProperties.class).getSsl());
        String host = settings.getProperty("server.address", "127.0.0.1");
        String port = settings.getProperty("local.server.port", "");
        String management = settings.getProperty("local.management.port", port);
        boolean managementTls = management.equals(port)
                ? tls
                : Ssl.isEnabled(
                        shell.platform().get(ManagementServerProperties.class).getSsl());
        return (tls ? "https" : "http") + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port
                + ", metrics on port " + management
                + (tls || managementTls ? managementTls ? " (https)" : " (http)" : "");
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        if (port != null) {
            settings.put("server.port", port);
        }
        if (managementPort != null) {
            settings.put("management.server.port", managementPort);
        }
        if (address != null) {
            settings.put("server.address", address);
        }
        return settings;
    }
}
