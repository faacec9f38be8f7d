package dev.concord.bench;

import dev.concord.ledger.Run;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.Stage;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How long a run stays in each of its stages. Safe for use by several threads. */
public final class StageTimes implements RunListener {

    private final Map<String, Long> nanoseconds = new LinkedHashMap<>();
    private String stage = "";
    private long since;

    @Override
    public synchronized void started(Run run) {
        enter("initialized");
    }

    @Override
    public synchronized void entered(Run run, Stage entered, long expected) {
        enter(entered.name().toLowerCase(Locale.ROOT).replace("active_", ""));
    }

    @Override
    public synchronized void ended(Run run) {
        enter("");
    }

    private void enter(String next) {
        long now = System.nanoTime();
        if (!stage.isEmpty()) {
            nanoseconds.merge(stage, now - since, Long::sum);
        }
        stage = next;
        since = now;
    }

    /** Seconds by stage, in the order in which the stages began. */
    public synchronized Map<String, Double> seconds() {
        Map<String, Double> seconds = new LinkedHashMap<>();
        nanoseconds.forEach((name, time) -> seconds.put(name, time / (double) TimeUnit.SECONDS.toNanos(1)));
        return seconds;
    }
}
