package dev.concord.run.schedule;

import dev.concord.ledger.Leases;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunState;
import dev.concord.ledger.Runs;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Mapping;
import dev.concord.run.Reconciliations;
import dev.concord.run.RunsAtWork;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Whether a firing has to wait for mappings that its own is to run after: while they run, or are due at the same
 * moment. Reads Quartz's tables, because one that is due may be with another server. Safe for use by several threads.
 */
final class Precedence {

    /** Cron expressions know seconds; what was missed together is made up for within less. */
    private static final Duration SAME_MOMENT = Duration.ofSeconds(1);

    private final JdbcTemplate jdbc;
    private final Runs runs;
    private final Leases leases;
    private final Reconciliations reconciliations;
    private final RunsAtWork atWork;

    Precedence(JdbcTemplate jdbc, Runs runs, Leases leases, Reconciliations reconciliations, RunsAtWork atWork) {
        this.jdbc = jdbc;
        this.runs = runs;
        this.leases = leases;
        this.reconciliations = reconciliations;
        this.atWork = atWork;
    }

    /** @param waiting all firings that nobody has started yet */
    boolean mustWait(Firing firing, List<Firing> waiting) {
        Definitions definitions = reconciliations.definitions();
        for (String before : before(firing.mapping(), definitions)) {
            if (waits(before, firing, waiting) || isAtWork(before) || isDue(before, firing)) {
                return true;
            }
        }
        return false;
    }

    /** The mappings that are to run before one; of two that are each to run after the other, neither waits. */
    private static Set<String> before(String mapping, Definitions definitions) {
        Set<String> before = new HashSet<>(direct(mapping, definitions));
        before.removeIf(other -> other.equals(mapping) || reaches(other, mapping, definitions));
        return before;
    }

    private static boolean reaches(String from, String to, Definitions definitions) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (next.equals(to)) {
                return true;
            }
            if (seen.add(next)) {
                open.addAll(direct(next, definitions));
            }
        }
        return false;
    }

    private static List<String> direct(String mapping, Definitions definitions) {
        Mapping known = definitions.mappings().get(mapping);
        return known == null ? List.of() : known.syncAfter();
    }

    private static boolean waits(String mapping, Firing firing, List<Firing> waiting) {
        return waiting.stream()
                .anyMatch(other -> other.mapping().equals(mapping)
                        && !other.fireTime().isAfter(firing.fireTime().plus(SAME_MOMENT)));
    }

    private boolean isAtWork(String mapping) {
        return leases.holders().values().stream()
                .flatMap(holder -> runs.find(holder.runId()).stream())
                .filter(run -> run.state() == RunState.ACTIVE && run.mapping().equals(mapping))
                .anyMatch(this::isWorkedOn);
    }

    private boolean isWorkedOn(Run run) {
        return atWork.isWorkedOn(run);
    }

    /** Whether Quartz still has to fire a schedule of the mapping for the moment of a firing, or is about to. */
    private boolean isDue(String mapping, Firing firing) {
        List<String> due = jdbc.queryForList(
                "select j.JOB_NAME from QRTZ_TRIGGERS t join QRTZ_JOB_DETAILS j on j.SCHED_NAME = t.SCHED_NAME"
                        + " and j.JOB_GROUP = t.JOB_GROUP and j.JOB_NAME = t.JOB_NAME where j.DESCRIPTION = ?"
                        + " and t.NEXT_FIRE_TIME > 0 and t.NEXT_FIRE_TIME <= ?"
                        + " and t.TRIGGER_STATE in ('WAITING', 'ACQUIRED', 'BLOCKED')"
                        + " union select j.JOB_NAME from QRTZ_FIRED_TRIGGERS f join QRTZ_JOB_DETAILS j"
                        + " on j.SCHED_NAME = f.SCHED_NAME and j.JOB_GROUP = f.JOB_GROUP and j.JOB_NAME = f.JOB_NAME"
                        + " where j.DESCRIPTION = ? and f.SCHED_TIME <= ?",
                String.class,
                mapping,
                firing.fireTime().plus(SAME_MOMENT).toEpochMilli(),
                mapping,
                firing.fireTime().plus(SAME_MOMENT).toEpochMilli());
        return !due.isEmpty();
    }
}
