package dev.concord.audit;

import dev.concord.record.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The trail in the platform database. Lines are added one after the other, whoever adds them, because each holds the
 * hash of the one before; nothing here changes or removes one. Safe for use by several threads and processes.
 */
public final class AuditTrail {

    private static final String COLUMNS = "entry_number, happened_at, door, actor, address, roles, request_id, event,"
            + " run_id, mapping, object, why, details, previous_hash, hash";

    private static final int READ_AT_ONCE = 1_000;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate joining;
    private final TransactionTemplate own;
    private final Clock clock;
    private final AuditListener listener;

    /** @param listener is told of what this process adds */
    public AuditTrail(JdbcTemplate jdbc, PlatformTransactionManager transactions, Clock clock, AuditListener listener) {
        this.jdbc = jdbc;
        this.joining = new TransactionTemplate(transactions);
        this.own = new TransactionTemplate(transactions);
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * Adds a line in the caller's transaction, so that it is there exactly when the change is; without one, in its own.
     * Others who add lines wait until that transaction ends: make this the last thing that it does.
     */
    public void add(Actor actor, Deed deed) {
        joining.executeWithoutResult(status -> append(actor, deed));
    }

    /**
     * Adds a line and commits it, whatever becomes of the caller's transaction: for changes that no transaction takes
     * back, such as those of files, before they are made.
     */
    public void addBefore(Actor actor, Deed deed) {
        own.executeWithoutResult(status -> append(actor, deed));
    }

    private void append(Actor actor, Deed deed) {
        // The line before the first is the one that all who add lines take hold of.
        jdbc.queryForList("select entry_number from audit_entry where entry_number = 0 for update");
        Last last = Objects.requireNonNull(jdbc.queryForObject(
                "select entry_number, hash from audit_entry order by entry_number desc limit 1",
                (row, number) -> new Last(row.getLong(1), row.getString(2))));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        AuditEntry entry = AuditEntry.after(last.hash, last.number + 1, now, actor, deed);
        jdbc.update(
                "insert into audit_entry (" + COLUMNS + ") values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                entry.number(),
                utc(now),
                actor.door().name(),
                actor.name(),
                actor.address(),
                actor.roles(),
                actor.request(),
                deed.event().word(),
                deed.run(),
                deed.mapping(),
                deed.object(),
                deed.why(),
                Json.write(deed.details()),
                entry.previous(),
                entry.hash());
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                listener.noted(entry);
            }
        });
    }

    private record Last(long number, String hash) {}

    /**
     * The newest lines first.
     *
     * @param before only lines with a smaller number; {@link Long#MAX_VALUE} to begin with
     */
    public List<AuditEntry> newest(AuditQuery query, long before, int limit) {
        StringBuilder where = new StringBuilder(" where entry_number > 0 and entry_number < ?");
        List<Object> values = new ArrayList<>(List.of(before));
        if (query.since() != null) {
            where.append(" and happened_at >= ?");
            values.add(utc(query.since()));
        }
        narrow(
                where,
                values,
                "event",
                query.event() == null ? null : query.event().word());
        narrow(where, values, "run_id", query.run());
        narrow(where, values, "actor", query.user());
        values.add(limit);
        return jdbc.query(
                "select " + COLUMNS + " from audit_entry" + where + " order by entry_number desc limit ?",
                AuditTrail::row,
                values.toArray());
    }

    private static void narrow(StringBuilder where, List<Object> values, String column, @Nullable String value) {
        if (value != null) {
            where.append(" and ").append(column).append(" = ?");
            values.add(value);
        }
    }

    /** Who had a run started, or gone on with: nobody twice, and nobody when the trail does not know the run. */
    public List<Actor> startersOf(String run) {
        return newest(new AuditQuery(null, null, run, null), Long.MAX_VALUE, READ_AT_ONCE).stream()
                .filter(entry -> switch (entry.deed().event()) {
                    case SCHEDULE_TRIGGERED, RUN_STARTED, RUN_RESTARTED, RUN_RETRIED, RUN_UNDONE, PLAN_APPLIED -> true;
                    default -> false;
                })
                .map(AuditEntry::actor)
                .distinct()
                .toList();
    }

    /**
     * What somebody has done to the trail; empty when every line is as it was written, and none is missing before the
     * last. Reads all of it.
     */
    public Optional<String> damage() {
        String previous = Objects.requireNonNull(
                jdbc.queryForObject("select hash from audit_entry where entry_number = 0", String.class));
        long number = 0;
        while (true) {
            List<AuditEntry> next = jdbc.query(
                    "select " + COLUMNS + " from audit_entry where entry_number > ? order by entry_number limit ?",
                    AuditTrail::row,
                    number,
                    READ_AT_ONCE);
            for (AuditEntry entry : next) {
                number++;
                if (entry.number() != number) {
                    return Optional.of("Line " + number + " is missing.");
                }
                if (!entry.isIntact()) {
                    return Optional.of("Line " + number + " is not as it was written.");
                }
                if (!entry.previous().equals(previous)) {
                    return Optional.of("Line " + number + " was not written behind the line that stands before it.");
                }
                previous = entry.hash();
            }
            if (next.size() < READ_AT_ONCE) {
                return Optional.empty();
            }
        }
    }

    private static AuditEntry row(ResultSet row, int index) throws SQLException {
        Actor actor = new Actor(
                Actor.Door.valueOf(row.getString("door")),
                row.getString("actor"),
                row.getString("address"),
                row.getString("roles"),
                row.getString("request_id"));
        Deed deed = new Deed(
                AuditEvent.of(row.getString("event")).orElseThrow(),
                row.getString("run_id"),
                row.getString("mapping"),
                row.getString("object"),
                row.getString("why"),
                Json.readObject(row.getString("details")));
        return new AuditEntry(
                row.getLong("entry_number"),
                row.getObject("happened_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                actor,
                deed,
                row.getString("previous_hash"),
                row.getString("hash"));
    }

    private static LocalDateTime utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
