package dev.concord.canary;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.concord.access.Role;
import dev.concord.api.access.Allowed;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Errors of the program whose messages repeat values: in a run of the mapping {@value #MAPPING}, and in a request. */
final class Traps {

    static final String MAPPING = "traps";
    static final String PATH = "/openidm/trap";

    private Traps() {}

    static void set(GenericApplicationContext server, Path snapshots, Findings findings) {
        server.registerBean(InRun.class, () -> new InRun(snapshots, findings));
        server.registerBean(InRequest.class);
    }

    private static RuntimeException error() {
        return new NumberFormatException(
                "For input string: \"" + Bird.PERSON.value("trap") + Bird.SENSITIVE.value("trap") + "\"");
    }

    static final class InRun implements RunListener {

        private final Path snapshots;
        private final Findings findings;

        InRun(Path snapshots, Findings findings) {
            this.snapshots = snapshots;
            this.findings = findings;
        }

        @Override
        public void entered(Run run, Stage stage, long expected) {
            try (Stream<Path> files = Files.walk(snapshots)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    findings.look(Output.SNAPSHOTS, file.toString(), Files.readString(file, ISO_8859_1));
                }
            } catch (IOException | UncheckedIOException none) {
                // Not every run has any.
            }
            if (run.mapping().equals(MAPPING) && stage == Stage.ACTIVE_RECONCILING_SOURCE) {
                throw new IllegalStateException("Around: " + Bird.PERSON.value("around"), error());
            }
        }
    }

    @RestController
    static final class InRequest {
        @GetMapping(PATH)
        @Allowed(Role.VIEWER)
        String spring() {
            throw error();
        }
    }
}
