package dev.concord.telemetry;

import dev.concord.ledger.Run;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.RunState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/**
 * Says in a server's log that runs began and how they ended; a command says so on its own screen. Safe for use by
 * several threads.
 */
final class RunLog implements RunListener {

    private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);

    @Override
    public void started(Run run) {
        LOG.info(
                "Run {} of {} works ({}{}).",
                run.id(),
                run.mapping(),
                run.kind(),
                run.analysis() ? ", looks only" : "");
    }

    @Override
    public void ended(Run run) {
        try (MDC.MDCCloseable _ = MDC.putCloseable("run", run.id());
                MDC.MDCCloseable _ = MDC.putCloseable("mapping", run.mapping())) {
            String condition = run.condition() == null ? "" : " (" + run.condition() + ")";
            String message = run.message() == null ? "" : " " + run.message();
            LOG.atLevel(run.state() == RunState.FAILED ? Level.WARN : Level.INFO)
                    .log("Run {} of {} ended: {}{}.{}", run.id(), run.mapping(), run.state(), condition, message);
        }
    }
}
