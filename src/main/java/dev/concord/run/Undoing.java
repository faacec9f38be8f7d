package dev.concord.run;

import dev.concord.audit.Actor;
import dev.concord.audit.AuditEvent;
import dev.concord.audit.Deed;
import dev.concord.ledger.Counts;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.LedgerReader.SegmentId;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunCondition;
import dev.concord.ledger.RunKind;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.RunState;
import dev.concord.ledger.Runs;
import dev.concord.mapping.DefinitionLoader;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Sources;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes back what a run did to targets and links, from what its ledger kept, as a run of its own. Both work with the
 * definitions that the run froze. Safe for use by several threads.
 */
public final class Undoing {

    private final Reconciliations reconciliations;
    private final BackgroundRuns background;
    private final Runs runs;
    private final LedgerReader reader;
    private final RunIds runIds;

    public Undoing(
            Reconciliations reconciliations, BackgroundRuns background, Runs runs, LedgerReader reader, RunIds runIds) {
        this.reconciliations = reconciliations;
        this.background = background;
        this.runs = runs;
        this.reader = reader;
        this.runIds = runIds;
    }

    /**
     * What somebody wants to be taken back.
     *
     * @param run the id of a run, or its beginning
     * @param analyze whether only to look
     */
    public record Request(String run, boolean analyze) {}

    /**
     * How much an undo would change at the most.
     *
     * @param deletes targets that the run created
     * @param unlinks links that the run made
     */
    public record Extent(long creates, long updates, long deletes, long unlinks) {}

    /**
     * Takes a run back in the calling thread, and returns the undo as it ended.
     *
     * @throws RunRefused when the run cannot be taken back, saying why
     * @throws UnusableDefinition when the definitions of today cannot be read
     * @throws dev.concord.ledger.LeaseHeld when another run works on the mapping's links
     */
    public Run undo(Request request, Actor actor, RunListener listener) {
        return begin(request, actor).work(listener);
    }

    /** Likewise, behind the caller's back; returns the undo as it began. */
    public Run startUndo(Request request, Actor actor) {
        return background.goOn(begin(request, actor));
    }

    private OpenRun begin(Request request, Actor actor) {
        Run run = undoable(request.run());
        Definitions frozen = DefinitionLoader.load(Sources.of(runs.closure(run.id())));
        Mapping mapping = Reconciliations.mapping(frozen, run.mapping());
        checkToday(run, mapping);
        Map<String, @Nullable Object> parameters =
                RunRequest.full(mapping.name()).parameters(mapping);
        parameters.put("undo", run.id());
        parameters.put("by", actor.name());
        String runId = runIds.next();
        Deed deed = Deed.of(AuditEvent.RUN_UNDONE, runId, run.mapping())
                .with("undone", run.id())
                .with("analysis", request.analyze() ? true : null);
        return reconciliations.begin(
                new Beginning(runId, frozen, mapping, RunKind.UNDO, request.analyze(), parameters, deed), actor);
    }

    /**
     * What taking a run back amounts to, if nobody has changed anything since.
     *
     * @throws RunRefused when it cannot be taken back
     */
    public Extent extent(String run) {
        Counts counts = reader.counts(undoable(run).id(), null);
        return new Extent(
                counts.get(Measure.DELETED),
                counts.get(Measure.UPDATED),
                counts.get(Measure.CREATED),
                counts.get(Measure.LINKS_CREATED));
    }

    private Run undoable(String id) {
        Run run = runs.find(id).orElseThrow(() -> new RunRefused("There is no run " + id + "."));
        if (run.analysis()) {
            throw new RunRefused("Run " + run.id() + " only looked; there is nothing to take back.");
        }
        if (run.state() == RunState.ACTIVE) {
            throw new RunRefused("Run " + run.id() + " has not ended. Stop it first; if its process is gone, recover it"
                    + " first.");
        }
        if (run.condition() == RunCondition.WAITING_FOR_APPROVAL) {
            throw new RunRefused("Run " + run.id() + " waits for approval, and may still go on. Deny it first.");
        }
        String gone = "The entries of run " + run.id() + " are not kept any more, and with them went what the records"
                + " were before. It cannot be taken back.";
        if (run.entriesDropped() != null) {
            throw new RunRefused(gone);
        }
        List<SegmentId> changed = reader.segments(run.id(), Counts::hasChanges);
        if (changed.isEmpty()) {
            throw new RunRefused("Run " + run.id() + " changed nothing; there is nothing to take back.");
        }
        if (!reader.segmentsWithoutEntries(run.id(), Counts::hasChanges).isEmpty()) {
            throw new RunRefused(gone);
        }
        boolean traced = reader.entries(run.id(), changed.getLast()).stream()
                .anyMatch(entry -> !entry.trace().effects().isEmpty());
        if (!traced) {
            throw new RunRefused("Run " + run.id() + " was done by a version of Concord that did not keep what is"
                    + " needed to take it back.");
        }
        return run;
    }

    /** What is written must still be what it was then, in the eyes of whoever changes definitions. */
    private void checkToday(Run run, Mapping then) {
        Definitions today = reconciliations.definitions();
        if (!today.hasObjectSet(then.target())) {
            throw new RunRefused("Run " + run.id() + " wrote to " + then.target()
                    + ", which is not defined any more, or not without faults. Bring its definition back to take the run"
                    + " back.");
        }
        Mapping now = today.mappings().get(run.mapping());
        boolean same = now == null
                || (now.target().equals(then.target())
                        && Reconciliations.leaseName(now).equals(Reconciliations.leaseName(then)));
        if (!same) {
            throw new RunRefused("The mapping " + run.mapping() + " wrote to " + then.target() + " with the links of "
                    + Reconciliations.leaseName(then) + " in run " + run.id()
                    + "; now it has another target or other links. The run cannot be taken back.");
        }
    }
}
