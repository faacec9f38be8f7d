package dev.concord.telemetry.webhook;

import dev.concord.guard.Trip;
import dev.concord.guard.Trips;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunCondition;
import dev.concord.ledger.RunWitness;
import dev.concord.mapping.Webhook;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What is still to be told, in the platform database. Written by whoever does the run, be that a server or a command.
 * Times are kept in UTC. Safe for use by several threads and processes.
 */
public final class Outbox implements RunWitness {

    private static final String WAITING = "WAITING";

    private final WebhookFiles files;
    private final JdbcTemplate jdbc;
    private final Clock clock;

    public Outbox(Path jobs, JdbcTemplate jdbc, Clock clock) {
        this.files = new WebhookFiles(jobs);
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public void opened(Run run, boolean again) {
        write(Webhook.Event.RUN_STARTED, run, again);
    }

    @Override
    public void closed(Run run) {
        write(Webhook.Event.RUN_ENDED, run, false);
        if (run.condition() == RunCondition.WAITING_FOR_APPROVAL) {
            write(Webhook.Event.RUN_WAITING, run, false);
        }
    }

    @Override
    public void approved(Run run) {
        write(Webhook.Event.RUN_APPROVED, run, false);
    }

    @Override
    public void denied(Run run) {
        write(Webhook.Event.RUN_DENIED, run, false);
    }

    private void write(Webhook.Event event, Run run, boolean again) {
        WebhookFiles.Content content = files.read();
        List<String> names = new ArrayList<>(content.faulty().keySet());
        content.usable().values().stream()
                .filter(webhook -> webhook.wants(event, run.mapping()))
                .map(Webhook::name)
                .forEach(names::add);
        if (names.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        List<Trip> trips = run.condition() == null ? List.of() : new Trips(jdbc).of(run.id());
        for (String name : names) {
            String id = UUID.randomUUID().toString();
            jdbc.update(
                    "insert into webhook_outbox (event_id, webhook, run_id, body, state, attempts, created_at, next_attempt)"
                            + " values (?,?,?,?,?,0,?,?)",
                    id,
                    name,
                    run.id(),
                    CloudEvent.of(id, event, run, again, trips, now),
                    WAITING,
                    utc(now),
                    utc(now));
        }
    }

    /** Has what is due for a webhook wait longer, which is no attempt. */
    void keep(String webhook, Instant until) {
        jdbc.update(
                "update webhook_outbox set next_attempt = ? where webhook = ? and state = ? and next_attempt <= ?",
                utc(until),
                webhook,
                WAITING,
                utc(clock.instant()));
    }

    /** The webhooks for which something is due. */
    List<String> waiting() {
        return jdbc.queryForList(
                "select distinct webhook from webhook_outbox where state = ? and next_attempt <= ?",
                String.class,
                WAITING,
                utc(clock.instant()));
    }

    /** What is due for one webhook, the oldest first. */
    List<Delivery> due(String webhook, int most) {
        return jdbc.query(
                "select event_id, webhook, body, attempts from webhook_outbox"
                        + " where webhook = ? and state = ? and next_attempt <= ? order by created_at, event_id limit ?",
                (row, number) -> new Delivery(row.getString(1), row.getString(2), row.getString(3), row.getInt(4)),
                webhook,
                WAITING,
                utc(clock.instant()),
                most);
    }

    /**
     * Takes a delivery for one attempt; answers whether nobody else has.
     *
     * @param until when it is due again, should this process die meanwhile
     */
    boolean claim(Delivery delivery, Instant until) {
        return jdbc.update(
                        "update webhook_outbox set attempts = attempts + 1, next_attempt = ? where event_id = ? and attempts = ?"
                                + " and state = ?",
                        utc(until),
                        delivery.id(),
                        delivery.attempts(),
                        WAITING)
                > 0;
    }

    void delivered(Delivery delivery) {
        jdbc.update("delete from webhook_outbox where event_id = ?", delivery.id());
    }

    void failed(Delivery delivery, String why, Instant next) {
        jdbc.update(
                "update webhook_outbox set next_attempt = ?, last_failure = ? where event_id = ?",
                utc(next),
                why,
                delivery.id());
    }

    /** Keeps a delivery for people to look at, and tries it no more. */
    void dead(Delivery delivery, String why) {
        jdbc.update(
                "update webhook_outbox set state = ?, last_failure = ? where event_id = ?", "DEAD", why, delivery.id());
    }

    private static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
