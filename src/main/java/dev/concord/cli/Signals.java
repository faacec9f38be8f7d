package dev.concord.cli;

import dev.concord.audit.Actor;
import dev.concord.run.RunsAtWork;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/**
 * Ctrl-C and {@code kill}: a run stops at the end of its pages, and its command ends as always; the second time, and
 * where there is no run, the process ends at once. Not a shutdown hook, because the embedded database has one of its
 * own and would be closed under the run.
 */
final class Signals {

    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    private Signals() {}

    static void listen(Shell shell) {
        AtomicBoolean asked = new AtomicBoolean();
        for (String name : List.of("INT", "TERM")) {
            Signal.handle(new Signal(name), signal -> {
                boolean first = !asked.getAndSet(true);
                if (first && shell.platform().endServing()) {
                    // A line of the log, which may be JSON to the last one.
                    LOG.info("Shutting down; runs stop at the end of their pages; once more to end at once.");
                    return;
                }
                boolean stopping = first
                        && shell.platform()
                                .started(RunsAtWork.class)
                                .map(runs -> runs.stopAll(Actor.ofCommand()) > 0)
                                .orElse(false);
                if (!stopping) {
                    System.exit(128 + signal.getNumber());
                }
                shell.screen().complain("stopping at the end of the current pages; once more to end at once");
            });
        }
    }
}
