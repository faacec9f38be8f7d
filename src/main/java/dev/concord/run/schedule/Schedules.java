package dev.concord.run.schedule;

import dev.concord.audit.Actor;
import dev.concord.audit.AuditEvent;
import dev.concord.audit.AuditTrail;
import dev.concord.audit.Deed;
import dev.concord.mapping.Schedule;
import dev.concord.run.RunIds;
import dev.concord.run.UnusableDefinition;
import dev.concord.run.schedule.KnownSchedules.Known;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quartz.SchedulerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/** All schedules, what can be done to them, and what Quartz is told of them. Safe for use by several threads. */
public final class Schedules {

    private static final Logger LOG = LoggerFactory.getLogger(Schedules.class);

    private final ScheduleFolder folder;
    private final ScheduleStore store;
    private final Firings firings;
    private final WaitingRuns waiting;
    private final QuartzJobs quartz;
    private final Clock clock;
    private final RunIds ids;
    private final AuditTrail trail;
    private final KnownSchedules known;
    private final News news = new News();
    private volatile Map<String, FaultySchedule> untaken = Map.of();
    private volatile boolean behind = true;

    Schedules(
            ScheduleFolder folder,
            ScheduleStore store,
            Firings firings,
            WaitingRuns waiting,
            QuartzJobs quartz,
            Clock clock,
            RunIds ids,
            AuditTrail trail) {
        this.folder = folder;
        this.store = store;
        this.firings = firings;
        this.waiting = waiting;
        this.quartz = quartz;
        this.clock = clock;
        this.ids = ids;
        this.trail = trail;
        this.known = new KnownSchedules(folder, store);
    }

    /** What became of a change. */
    public enum Change {
        DONE,
        /** There is no such schedule in the platform database. */
        MISSING,
        /** It has another revision. */
        STALE
    }

    /** All of them by name, with when they fire. */
    public List<ScheduledJob> all() {
        return known().values().stream().map(this::job).toList();
    }

    /**
     * Those that do not fire as they are written down, by name: they have faults, or Quartz does not take them. One of
     * a file may be among {@link #all}, too, with what it said before.
     */
    public Map<String, FaultySchedule> faulty() {
        Map<String, FaultySchedule> faulty = new TreeMap<>(untaken);
        faulty.putAll(known.all().faulty());
        return faulty;
    }

    public Optional<ScheduledJob> find(String name) {
        return Optional.ofNullable(known().get(name)).map(this::job);
    }

    /** The last time that a schedule fired, or null. */
    public @Nullable Firing lastFiring(String name) {
        List<Firing> newest = firings.newest(name, 1);
        return newest.isEmpty() ? null : newest.getFirst();
    }

    /** The file below {@code jobs/} that a schedule is kept in, or null. */
    public @Nullable String file(String name) {
        FaultySchedule faulty = faulty().get(name);
        Known usable = known().get(name);
        return faulty != null ? faulty.file() : usable == null ? null : usable.file();
    }

    /** The schedules whose runs are at work now, in any process. */
    public List<ScheduledJob> executing() {
        return all().stream()
                .filter(job -> waiting.isAtWork(firings.newest(job.schedule().name(), 5)))
                .toList();
    }

    /**
     * Keeps a schedule in the platform database.
     *
     * @return whether there was none of this name
     * @throws UnusableDefinition when the document has errors
     */
    public boolean create(String name, Map<String, @Nullable Object> document, Actor actor) {
        SentSchedule sent = sent(name, document);
        return !known.all().has(name)
                && store.create(name, sent.text(), actor, () -> quartz.keep(sent.schedule(), clock.instant()));
    }

    /**
     * Puts another document in the place of one that is kept in the platform database.
     *
     * @param revision that it must have now; null for any
     * @throws UnusableDefinition when the document has errors
     */
    public Change replace(String name, Map<String, @Nullable Object> document, @Nullable String revision, Actor actor) {
        SentSchedule sent = sent(name, document);
        return store.replace(name, sent.text(), revision, actor, () -> quartz.keep(sent.schedule(), clock.instant()));
    }

    /**
     * Removes a schedule from the platform database.
     *
     * @param revision that it must have now; null for any
     */
    public Change delete(String name, @Nullable String revision, Actor actor) {
        return store.delete(name, revision, actor, () -> quartz.remove(name));
    }

    /**
     * Fires a schedule now, whether it is enabled or not.
     *
     * @return what has become of it so far
     */
    public Firing trigger(ScheduledJob job, Actor actor) {
        Firing firing = firing(job.schedule(), ids.next(), clock.instant());
        trail.addBefore(
                actor,
                Deed.of(AuditEvent.SCHEDULE_TRIGGERED, firing.runId(), firing.mapping())
                        .with("schedule", firing.schedule()));
        firings.add(firing);
        waiting.startAll();
        return firings.newest(job.schedule().name(), 10).stream()
                .filter(settled -> settled.runId().equals(firing.runId()))
                .findFirst()
                .orElse(firing);
    }

    /** No schedule fires any more, on no server, until {@link #resumeAll}. What was started goes on. */
    public void pauseAll(Actor actor) {
        trail.addBefore(actor, Deed.of(AuditEvent.SCHEDULES_PAUSED));
        quartz.pauseAll();
    }

    public void resumeAll(Actor actor) {
        trail.addBefore(actor, Deed.of(AuditEvent.SCHEDULES_RESUMED));
        quartz.resumeAll();
    }

    /** A schedule fires no more, until {@link #resume}, or until it is changed. */
    public void pause(ScheduledJob job, Actor actor) {
        trail.addBefore(actor, deed(AuditEvent.SCHEDULE_PAUSED, job));
        quartz.pause(job.schedule().name());
    }

    public void resume(ScheduledJob job, Actor actor) {
        trail.addBefore(actor, deed(AuditEvent.SCHEDULE_RESUMED, job));
        quartz.resume(job.schedule().name());
    }

    private static Deed deed(AuditEvent event, ScheduledJob job) {
        return Deed.of(event).with("schedule", job.schedule().name());
    }

    /** A schedule is due; noted once for each time, however often this is called. */
    void fired(String name, Instant due) {
        Known it = known().get(name);
        if (it == null) {
            LOG.warn("Schedule {} fired and is not there any more, or has faults; nothing is started.", name);
            return;
        }
        String id = UUID.nameUUIDFromBytes((name + "@" + due.toEpochMilli()).getBytes(StandardCharsets.UTF_8))
                .toString();
        if (firings.add(firing(it.schedule(), id, due))) {
            waiting.startAll();
        }
    }

    private static Firing firing(Schedule schedule, String id, Instant due) {
        return new Firing(
                id, schedule.name(), schedule.mapping(), due, Firing.State.WAITING, null, schedule.recoverable());
    }

    /** Looks whether files have changed, and tells Quartz of it, and of what it could not be told the last time. */
    synchronized void look() {
        if (folder.look()) {
            behind = true;
        }
        if (behind && folder.isRead()) {
            behind = !sync();
        }
    }

    /** Has Quartz know what the schedules are now; answers whether it does. */
    private boolean sync() {
        Map<String, Known> all = known();
        Map<String, FaultySchedule> troubles = new TreeMap<>();
        quartz.keepOnly(all.values().stream().map(Known::schedule).toList(), clock.instant())
                .forEach((name, trouble) -> {
                    Known of = all.get(name);
                    List<String> said = List.of(untaken(name, trouble));
                    troubles.put(
                            name,
                            new FaultySchedule(
                                    name,
                                    of == null ? "" : of.revision(),
                                    of == null ? null : of.file(),
                                    Map.of(),
                                    said));
                });
        news.onlyOf(troubles.keySet());
        untaken = troubles;
        return troubles.isEmpty();
    }

    private String untaken(String name, RuntimeException trouble) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(trouble);
        String text = "Quartz does not take the schedule " + name + " ("
                + cause.getClass().getSimpleName() + "); it is tried again.";
        if (news.isNew(name, text)) {
            LOG.error(text, trouble);
        }
        return text;
    }

    /** When the enabled ones fire next. */
    Collection<Schedule> enabled() {
        return known().values().stream()
                .map(Known::schedule)
                .filter(Schedule::enabled)
                .toList();
    }

    private Map<String, Known> known() {
        return known.all().usable();
    }

    private ScheduledJob job(Known known) {
        String name = known.schedule().name();
        try {
            var trigger = quartz.trigger(name);
            return new ScheduledJob(
                    known.schedule(),
                    known.revision(),
                    known.origin(),
                    trigger == null ? null : instant(trigger.getNextFireTime()),
                    trigger == null ? null : instant(trigger.getPreviousFireTime()),
                    trigger,
                    trigger == null ? null : quartz.state(name),
                    trigger == null && quartz.isFinished(known.schedule()),
                    lastFiring(name));
        } catch (SchedulerException e) {
            throw QuartzJobs.trouble(e);
        }
    }

    private SentSchedule sent(String name, Map<String, @Nullable Object> document) {
        return SentSchedule.of(name, document, folder.now().mappings(), clock.instant());
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }
}
