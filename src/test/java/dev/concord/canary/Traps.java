package dev.concord.canary;

import dev.concord.access.Role;
import dev.concord.api.access.Allowed;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.Stage;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Errors of the program whose messages repeat values: in a run of the mapping {@value #MAPPING}, and in a request. */
final class Traps {

    static final String MAPPING = "traps";
    static final String PATH = "/openidm/trap";

    private Traps() {}

    static void set(GenericApplicationContext server) {
        server.registerBean(InRun.class);
        server.registerBean(InRequest.class);
    }

    private static RuntimeException error() {
        return new NumberFormatException(
                "For input string: \"" + Bird.PERSON.value("trap") + Bird.SENSITIVE.value("trap") + "\"");
    }

    static final class InRun implements RunListener {
        @Override
        public void entered(Run run, Stage stage, long expected) {
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
