package dev.concord.run;

import dev.concord.audit.Actor;
import dev.concord.audit.AuditTrail;
import dev.concord.ledger.OldRuns;
import dev.concord.ledger.OldRuns.Old;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunListener;
import dev.concord.mapping.DefinitionLoader;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Sources;
import dev.concord.recon.ReconciliationJob;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.repository.JobRepository;

/**
 * Takes away what was kept of runs for long enough: first their entries, later the rest. As a listener it does so at
 * the end of each run, for a few seconds at the most; the rest waits for the next one. Safe for use by several threads
 * and processes.
 */
public final class Retention implements RunListener {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    /** Whoever waits for a run does not wait much longer for this. */
    private static final Duration AT_THE_END = Duration.ofSeconds(5);

    private final Home home;
    private final OldRuns old;
    private final JobRepository repository;
    private final RetentionSettings settings;
    private final AuditTrail trail;
    private final Clock clock;

    public Retention(
            Home home,
            OldRuns old,
            JobRepository repository,
            RetentionSettings settings,
            AuditTrail trail,
            Clock clock) {
        this.home = home;
        this.old = old;
        this.repository = repository;
        this.settings = settings;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * What goes of the runs of one kind of a mapping.
     *
     * @param entries how many runs lose their entries
     * @param runs how many runs are forgotten
     */
    public record Pruned(String mapping, String kind, int entries, int runs) {

        public Map<String, @Nullable Object> json() {
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("mapping", mapping);
            json.put("kind", kind);
            json.put("entriesDropped", entries);
            json.put("runsForgotten", runs);
            return json;
        }
    }

    /** What would go now, of one mapping or (null) of all; nothing is touched. */
    public List<Pruned> preview(@Nullable String mapping) {
        Definitions definitions = definitions();
        Set<String> read = old.readByUnfinished();
        List<Pruned> found = new ArrayList<>();
        for (String name : mapping == null ? old.mappings() : List.of(mapping)) {
            RetentionPlan plan = plan(name, definitions, read);
            found.addAll(pruned(name, plan.entries(), plan.runs()));
        }
        return found;
    }

    /**
     * Takes away what is old, of one mapping or (null) of all, and answers what went.
     *
     * @param goesOn asked before each small step; what is left is left to the next time
     */
    public List<Pruned> prune(@Nullable String mapping, BooleanSupplier goesOn) {
        List<Pruned> found = new ArrayList<>();
        prune(mapping, goesOn, found, new PruneNote(settings));
        return found;
    }

    /**
     * Likewise, by the rule alone and without anybody who asks for it. What went, the audit trail says in one line.
     *
     * @param mapping null for all
     */
    public void pruneByRule(@Nullable String mapping, BooleanSupplier goesOn) {
        List<Pruned> found = new ArrayList<>();
        PruneNote note = new PruneNote(settings);
        try {
            prune(mapping, goesOn, found, note);
        } finally {
            // Also of what went before something came in between.
            note.deed(mapping).ifPresent(deed -> trail.addBefore(Actor.ofRetention(), deed));
        }
    }

    private void prune(@Nullable String mapping, BooleanSupplier goesOn, List<Pruned> found, PruneNote note) {
        Definitions definitions = definitions();
        Set<String> read = old.readByUnfinished();
        for (String name : mapping == null ? old.mappings() : List.of(mapping)) {
            RetentionPlan plan = plan(name, definitions, read);
            List<Old> entries = new ArrayList<>();
            List<Old> runs = new ArrayList<>();
            for (Old run : plan.entries()) {
                if (drop(name, run, goesOn)) {
                    entries.add(run);
                    note.lostEntries(name, run);
                }
            }
            for (Old run : plan.runs()) {
                if ((run.ledgerGone() || entries.contains(run)) && goesOn.getAsBoolean()) {
                    old.forget(run.id());
                    runs.add(run);
                    note.forgotten(name, run);
                }
            }
            found.addAll(pruned(name, entries, runs));
        }
        if (mapping == null && goesOn.getAsBoolean()) {
            new PlanKeys(home, old).removeThoseOfOldPlans();
            new SnapshotFolders(home, old, clock).removeThoseOfEndedRuns();
        }
    }

    /** Answers whether the ledger of the run is gone now. */
    private boolean drop(String mapping, Old run, BooleanSupplier goesOn) {
        if (!goesOn.getAsBoolean() || !(run.dropped() || old.giveUp(run.id(), clock.instant()))) {
            return false;
        }
        boolean more = true;
        while (more) {
            if (!goesOn.getAsBoolean()) {
                return false;
            }
            more = old.takeAway(run.id());
        }
        JobInstance instance = repository.getJobInstance(
                ReconciliationJob.name(mapping),
                new JobParametersBuilder().addString("run", run.id()).toJobParameters());
        if (instance != null) {
            repository.deleteJobInstance(instance);
        }
        SnapshotFolder.remove(home.snapshots(run.id()));
        SnapshotFolder.remove(home.planKey(run.id()));
        old.tookAll(run.id(), clock.instant());
        return true;
    }

    private RetentionPlan plan(String name, Definitions definitions, Set<String> read) {
        Mapping mapping = definitions.mappings().get(name);
        return RetentionPlan.of(
                old.of(name),
                read,
                mapping == null ? Mapping.Retention.USUAL : mapping.retention(),
                settings,
                clock.instant());
    }

    private static List<Pruned> pruned(String mapping, List<Old> entries, List<Old> runs) {
        Map<String, int[]> numbers = new TreeMap<>();
        entries.forEach(run -> numbers.computeIfAbsent(RetentionSettings.kind(run), kind -> new int[2])[0]++);
        runs.forEach(run -> numbers.computeIfAbsent(RetentionSettings.kind(run), kind -> new int[2])[1]++);
        return numbers.entrySet().stream()
                .map(kind -> new Pruned(mapping, kind.getKey(), kind.getValue()[0], kind.getValue()[1]))
                .toList();
    }

    private Definitions definitions() {
        return DefinitionLoader.load(Sources.of(home.jobs()));
    }

    /** A run that ended is not touched by trouble with older ones. */
    @Override
    public void ended(Run run) {
        Instant until = Instant.now().plus(AT_THE_END);
        try {
            if (old.of(run.mapping()).size() > 1) {
                pruneByRule(
                        run.mapping(),
                        () -> Instant.now().isBefore(until)
                                && !Thread.currentThread().isInterrupted());
            }
        } catch (RuntimeException trouble) {
            LOG.warn(
                    "What is old of {} could not be taken away ({}); it is tried again after the next run.",
                    run.mapping(),
                    trouble.getClass().getSimpleName());
        }
    }
}
