package dev.concord.api.own;

import dev.concord.api.Refusal;
import dev.concord.api.openidm.RunDocuments;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunState;
import dev.concord.record.Json;
import dev.concord.run.RunsAtWork;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Tells how runs get on, as server-sent events: {@code run} whenever something is new, {@code end} at the end. What is
 * told comes from the database, so that it does not matter which process works on the run. Each listener takes a thread
 * of the server, so there may only be so many. Safe for use by several threads.
 */
@Component
final class RunEvents {

    /** Looking at a big ledger takes a while; no more than a tenth of the time goes into it. */
    private static final int REST = 10;

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long SILENCE = 5 * SECOND;

    /** What changes while a run works. */
    private static final List<String> TOLD = List.of(
            "_id",
            "mapping",
            "state",
            "stage",
            "stageDescription",
            "condition",
            "interrupted",
            "message",
            "progress",
            "situationSummary",
            "statusSummary",
            "effects",
            "started",
            "ended");

    private final RunDocuments runs;
    private final RunsAtWork atWork;
    private final int most;
    private final Semaphore places;
    private final CountDownLatch closing = new CountDownLatch(1);

    RunEvents(RunDocuments runs, RunsAtWork atWork, @Value("${concord.events.listeners}") int most) {
        this.runs = runs;
        this.atWork = atWork;
        this.most = most;
        this.places = new Semaphore(most);
    }

    /** A server that ends does not wait for listeners. */
    @EventListener
    void close(ContextClosedEvent closed) {
        closing.countDown();
    }

    /**
     * Tells one listener in the calling thread, until the run has ended, the listener is gone or the server ends.
     *
     * @throws Refusal when there are too many listeners
     */
    void tell(Run run, HttpServletResponse response) throws IOException {
        if (!places.tryAcquire()) {
            throw new Refusal(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "There are " + most + " listeners already (concord.events.listeners). Ask" + " GET /openidm/recon/"
                            + run.id() + " from time to time instead.");
        }
        try {
            response.setContentType("text/event-stream");
            response.setCharacterEncoding(StandardCharsets.UTF_8);
            response.setHeader("Cache-Control", "no-store");
            // Otherwise a proxy of the usual kind would collect the events before it hands them on.
            response.setHeader("X-Accel-Buffering", "no");
            follow(run.id(), response.getOutputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }

    private void follow(String id, OutputStream out) throws IOException, InterruptedException {
        String told = "";
        long toldAt = System.nanoTime();
        boolean closed = false;
        while (!closed) {
            long began = System.nanoTime();
            List<Run> found = runs.named(id);
            if (found.isEmpty()) {
                send(out, "end", "{}");
                return;
            }
            boolean ended = found.getFirst().state() != RunState.ACTIVE;
            String now = Json.write(document(found.getFirst()));
            if (ended) {
                send(out, "end", now);
                return;
            }
            if (!now.equals(told)) {
                send(out, "run", now);
                told = now;
                toldAt = System.nanoTime();
            } else if (System.nanoTime() - toldAt > SILENCE) {
                // Only who writes learns that nobody listens any more.
                out.write(": still there\n\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
                toldAt = System.nanoTime();
            }
            long rest = Math.max(SECOND, REST * (System.nanoTime() - began));
            closed = closing.await(rest, TimeUnit.NANOSECONDS);
        }
    }

    private Map<String, @Nullable Object> document(Run run) {
        Map<String, @Nullable Object> all = runs.of(run);
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        TOLD.forEach(name -> json.put(name, all.get(name)));
        json.put("workedOn", run.state() == RunState.ACTIVE && atWork.isWorkedOn(run));
        return json;
    }

    private static void send(OutputStream out, String event, String data) throws IOException {
        out.write(("event: " + event + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
