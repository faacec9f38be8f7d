package dev.concord.run.schedule;

import dev.concord.audit.Actor;
import dev.concord.audit.AuditEvent;
import dev.concord.audit.AuditTrail;
import dev.concord.audit.Deed;
import dev.concord.run.schedule.Schedules.Change;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** The schedules that were made over REST: JSON text by name. Safe for use by several threads and processes. */
final class ScheduleStore {

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final AuditTrail trail;

    ScheduleStore(JdbcTemplate jdbc, TransactionTemplate transaction, AuditTrail trail) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.trail = trail;
    }

    Map<String, String> all() {
        Map<String, String> documents = new LinkedHashMap<>();
        jdbc.query("select schedule_name, document from schedule order by schedule_name", row -> {
            documents.put(row.getString(1), row.getString(2));
        });
        return documents;
    }

    /**
     * Answers whether there was none of this name.
     *
     * @param also what is done in the same transaction; when it throws, nothing is done
     */
    boolean create(String name, String document, Actor actor, Runnable also) {
        try {
            transaction.executeWithoutResult(status -> {
                jdbc.update("insert into schedule (schedule_name, document) values (?,?)", name, document);
                trail.add(actor, deed(AuditEvent.SCHEDULE_CREATED, name));
                also.run();
            });
            return true;
        } catch (DuplicateKeyException there) {
            return false;
        }
    }

    /**
     * Puts another document in the place of one.
     *
     * @param revision that it must have now; null for any
     * @param also what is done in the same transaction; when it throws, nothing is done
     */
    Change replace(String name, String document, @Nullable String revision, Actor actor, Runnable also) {
        return change(name, revision, () -> {
            jdbc.update("update schedule set document = ? where schedule_name = ?", document, name);
            trail.add(actor, deed(AuditEvent.SCHEDULE_CHANGED, name));
            also.run();
        });
    }

    /** Removes one; the rest is as with {@link #replace}. */
    Change delete(String name, @Nullable String revision, Actor actor, Runnable also) {
        return change(name, revision, () -> {
            jdbc.update("delete from schedule where schedule_name = ?", name);
            trail.add(actor, deed(AuditEvent.SCHEDULE_DELETED, name));
            also.run();
        });
    }

    private Change change(String name, @Nullable String revision, Runnable work) {
        return Objects.requireNonNull(transaction.execute(status -> {
            List<String> now = jdbc.queryForList(
                    "select document from schedule where schedule_name = ? for update", String.class, name);
            if (now.isEmpty()) {
                return Change.MISSING;
            }
            if (revision != null && !revision.equals(Revision.of(now.getFirst()))) {
                return Change.STALE;
            }
            work.run();
            return Change.DONE;
        }));
    }

    private static Deed deed(AuditEvent event, String name) {
        return Deed.to("scheduler/job/" + name, event);
    }
}
