package dev.concord.telemetry.webhook;

import dev.concord.mapping.Webhook;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what is in the outbox: each attempt by one server, each event at least once. One webhook that is slow holds
 * up no other: each has a worker of its own, one at a time. What waits for a webhook whose file has faults goes on
 * waiting until that is mended. Safe for use by several threads.
 */
final class Postman implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Postman.class);
    private static final int AT_ONCE = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    /**
     * How it goes about it.
     *
     * @param timeout of one attempt
     * @param pause after the first attempt that failed; it doubles with each further one, up to an hour
     * @param attempts after so many an event is dead
     */
    record Manners(Duration timeout, Duration pause, int attempts) {}

    private final Outbox outbox;
    private final WebhookFiles files;
    private final Map<String, String> told = new ConcurrentHashMap<>();
    private final Clock clock;
    private final Manners manners;
    private final MeterRegistry meters;
    private final HttpClient client;
    private final Map<String, Thread> atWork = new ConcurrentHashMap<>();
    private volatile boolean ends;

    Postman(Outbox outbox, WebhookFiles files, Clock clock, Manners manners, MeterRegistry meters) {
        this.outbox = outbox;
        this.files = files;
        this.clock = clock;
        this.manners = manners;
        this.meters = meters;
        this.client = HttpClient.newBuilder()
                .connectTimeout(manners.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** Sets to work on what is due, but for the webhooks that an earlier round is still at. Waits for none of them. */
    void round() {
        List<String> idle = outbox.waiting().stream()
                .filter(name -> !atWork.containsKey(name))
                .toList();
        if (idle.isEmpty()) {
            return;
        }
        WebhookFiles.Content content = files.read();
        for (String name : idle) {
            if (content.faulty().containsKey(name)) {
                outbox.keep(name, clock.instant().plus(manners.pause()));
            } else if (!ends) {
                Webhook webhook = content.of(name);
                atWork.computeIfAbsent(
                        name,
                        idler -> Thread.ofVirtual().name("webhook " + idler).start(() -> work(idler, webhook)));
            }
        }
        tell(content.faulty());
    }

    /** Says once what is wrong with files, and again when it is something else. */
    void tell(Map<String, String> faulty) {
        faulty.forEach((name, faults) -> {
            if (!faults.equals(told.put(name, faults))) {
                LOG.warn("Webhook {} is told of nothing until its file is mended; its events wait.\n{}", name, faults);
            }
        });
        told.keySet().retainAll(faulty.keySet());
    }

    /** Waits until what earlier rounds began is done, but no longer than this. */
    void settle(Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        for (Thread worker : List.copyOf(atWork.values())) {
            worker.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        }
    }

    /** Begins no further attempt, and gives those under way a moment. */
    @Override
    public void close() throws InterruptedException {
        ends = true;
        settle(PATIENCE);
    }

    private void work(String name, @Nullable Webhook webhook) {
        try {
            deliver(webhook, outbox.due(name, AT_ONCE));
        } catch (RuntimeException e) {
            LOG.warn(
                    "Deliveries to webhook {} came to nothing ({}); they are tried again.",
                    name,
                    e.getClass().getSimpleName());
        } finally {
            atWork.remove(name);
        }
    }

    private void deliver(@Nullable Webhook webhook, List<Delivery> deliveries) {
        for (Delivery delivery : deliveries) {
            if (ends) {
                return;
            }
            if (webhook != null && !delivery.isWantedBy(webhook)) {
                // Written while nobody could tell what its file wants.
                outbox.delivered(delivery);
                continue;
            }
            // Should this process die now, somebody tries again once the attempt must be over.
            if (!outbox.claim(delivery, clock.instant().plus(manners.timeout().multipliedBy(3)))) {
                continue;
            }
            String trouble = webhook == null ? "its file is gone" : attempt(webhook, delivery);
            if (trouble == null) {
                outbox.delivered(delivery);
                count("delivered");
            } else {
                failed(delivery, trouble);
            }
        }
    }

    private void failed(Delivery delivery, String trouble) {
        int attempt = delivery.attempts() + 1;
        if (attempt >= manners.attempts()) {
            outbox.dead(delivery, trouble);
            count("dead");
            LOG.error(
                    "Webhook {} did not take event {} in {} attempts ({}); it is not tried again.",
                    delivery.webhook(),
                    delivery.id(),
                    attempt,
                    trouble);
            return;
        }
        Duration pause = pause(attempt);
        outbox.failed(delivery, trouble, clock.instant().plus(pause));
        count("failed");
        LOG.warn(
                "Webhook {} did not take event {} ({}); it is tried again in {} seconds.",
                delivery.webhook(),
                delivery.id(),
                trouble,
                pause.toSeconds());
    }

    private Duration pause(int attempt) {
        Duration pause = manners.pause().multipliedBy(1L << Math.min(attempt - 1, 20));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /** What went wrong, or null. Neither address nor answer are repeated: both may hold secrets. */
    private @Nullable String attempt(Webhook webhook, Delivery delivery) {
        try {
            long seconds = clock.instant().getEpochSecond();
            HttpRequest request = HttpRequest.newBuilder(URI.create(webhook.address()))
                    .timeout(manners.timeout())
                    .header("Content-Type", CloudEvent.CONTENT_TYPE)
                    .header("User-Agent", "Concord")
                    .header("webhook-id", delivery.id())
                    .header("webhook-timestamp", Long.toString(seconds))
                    .header(
                            "webhook-signature",
                            Signature.of(delivery.id(), seconds, delivery.body(), webhook.signingKey()))
                    .POST(HttpRequest.BodyPublishers.ofString(delivery.body()))
                    .build();
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status / 100 == 2 ? null : "it answered " + status;
        } catch (IOException e) {
            return "it cannot be reached: " + e.getClass().getSimpleName();
        } catch (IllegalStateException unresolved) {
            return String.valueOf(unresolved.getMessage());
        } catch (IllegalArgumentException e) {
            return "what its url resolves to is no address";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "this server ends";
        }
    }

    private void count(String outcome) {
        Counter.builder("recon.webhook.deliveries")
                .description("Attempts to deliver events to webhooks, by how they ended.")
                .tag("outcome", outcome)
                .register(meters)
                .increment();
    }
}
