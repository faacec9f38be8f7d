package dev.concord.run;

import dev.concord.audit.Actor;
import dev.concord.audit.AuditEvent;
import dev.concord.audit.Deed;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunCondition;
import dev.concord.ledger.RunKind;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.RunState;
import dev.concord.ledger.Runs;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Mapping;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/**
 * Runs that read the ledger of another run: one that applies a plan, which is a run that only looked, and one that
 * visits again what failed. Each is done in the calling thread, or, with {@code start}, behind the caller's back. Safe
 * for use by several threads.
 */
public final class Plans {

    private final Reconciliations reconciliations;
    private final BackgroundRuns background;
    private final Runs runs;
    private final RunIds runIds;

    public Plans(Reconciliations reconciliations, BackgroundRuns background, Runs runs, RunIds runIds) {
        this.reconciliations = reconciliations;
        this.background = background;
        this.runs = runs;
        this.runIds = runIds;
    }

    /**
     * Plans what a run would do and returns the run that looked, whose id is the plan's; throws what
     * {@link Reconciliations#start} throws.
     */
    public Run plan(RunRequest request, Actor actor, RunListener listener) {
        return begin(request, actor).work(listener);
    }

    /** Likewise, behind the caller's back; returns the run as it began. */
    public Run startPlan(RunRequest request, Actor actor) {
        return background.goOn(begin(request, actor));
    }

    private OpenRun begin(RunRequest request, Actor actor) {
        return reconciliations.begin(looking(request), runIds.next(), AuditEvent.PLAN_MADE, actor);
    }

    private static RunRequest looking(RunRequest request) {
        return new RunRequest(request.mapping(), true, request.ids(), request.where(), request.overrides());
    }

    /**
     * Does exactly what a plan says, and returns the run that did. Records that would now come to something else are
     * left alone and are failures of kind CHANGED. A plan is applied once; when the run that applied it ended badly, it
     * is continued.
     *
     * @throws RunRefused when there is no such plan, it was applied already, or the definitions are not those it was
     *     made with
     * @throws UnusableDefinition when the mapping is gone, or its files have faults
     * @throws dev.concord.ledger.LeaseHeld when another run works on the mapping's links
     */
    public Run apply(String planId, Actor actor, RunListener listener) {
        return beginApply(planId, actor).work(listener);
    }

    /** Likewise, behind the caller's back; returns the run as it began. */
    public Run startApply(String planId, Actor actor) {
        return background.goOn(beginApply(planId, actor));
    }

    private OpenRun beginApply(String planId, Actor actor) {
        Run plan = find(planId);
        checkIsPlan(plan);
        Optional<Run> before = appliedBy(plan);
        if (before.isPresent()) {
            checkCanGoOn(plan, before.get());
            return reconciliations.reopen(before.get().id(), actor);
        }
        Definitions definitions = reconciliations.definitions();
        Mapping mapping = Reconciliations.mapping(definitions, plan.mapping());
        checkIsSameText(plan, definitions);
        try {
            Deed deed = Deed.of(AuditEvent.PLAN_APPLIED, applyId(plan), plan.mapping())
                    .with("plan", plan.id())
                    .with(InstallationThresholds.OVERRIDES, plan.parameters().get(InstallationThresholds.OVERRIDES));
            return reconciliations.begin(
                    new Beginning(
                            applyId(plan), definitions, mapping, RunKind.APPLY, false, parameters(plan, "plan"), deed),
                    actor);
        } catch (DuplicateKeyException another) {
            throw new RunRefused("Plan " + plan.id() + " is being applied by run " + applyId(plan) + " just now.");
        }
    }

    /** The run that applied a plan, or tried to. */
    public Optional<Run> appliedBy(Run plan) {
        return runs.find(applyId(plan));
    }

    /** Made out of the plan's, so that of all who apply it, in all processes, one can. */
    private static String applyId(Run plan) {
        return UUID.nameUUIDFromBytes(("apply " + plan.id()).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static void checkIsPlan(Run plan) {
        boolean kind = switch (plan.kind()) {
            case FULL, FILTER, SINGLE, FAILED -> true;
            case ACTION, APPLY, UNDO -> false;
        };
        if (!plan.analysis() || !kind) {
            throw new RunRefused("Run " + plan.id() + " is no plan: "
                    + (plan.analysis() ? "it is about one action." : "it changed things itself.")
                    + " `plan " + plan.mapping() + "` makes one.");
        }
        if (plan.state() == RunState.ACTIVE) {
            throw new RunRefused("Plan " + plan.id() + " is still being made. Apply it when it is done.");
        }
        if (plan.state() != RunState.SUCCESS) {
            throw new RunRefused("Plan " + plan.id() + " was not made to its end. Restart it, or plan anew: `plan "
                    + plan.mapping() + "`.");
        }
        checkEntries(plan);
    }

    /** Retention may have taken them; what a run counted stays, which does not help here. */
    private static void checkEntries(Run run) {
        if (run.entriesDropped() != null) {
            throw new RunRefused("The entries of run " + run.id() + " are gone since " + run.entriesDropped()
                    + ", so that nobody knows what it found. Start a new run, or plan anew: `plan " + run.mapping()
                    + "`.");
        }
    }

    private static void checkCanGoOn(Run plan, Run applying) {
        String anew = " Plan anew: `plan " + plan.mapping() + "`.";
        if (applying.state() == RunState.SUCCESS) {
            throw new RunRefused("Plan " + plan.id() + " was applied already, by run " + applying.id() + "." + anew);
        }
        RunCondition condition = applying.condition();
        if (condition == RunCondition.WAITING_FOR_APPROVAL) {
            throw new RunRefused("Plan " + plan.id() + " is being applied by run " + applying.id()
                    + ", which waits for approval: `approve " + applying.id() + "` lets it go on.");
        }
        if (condition != null && condition.isFinal()) {
            throw new RunRefused("Plan " + plan.id() + " was to be applied by run " + applying.id()
                    + ", which never goes on." + anew);
        }
    }

    private void checkIsSameText(Run plan, Definitions definitions) {
        if (!definitions.closureOf(plan.mapping()).hash().equals(plan.closureHash())) {
            throw new RunRefused("Plan " + plan.id() + " was made with other definitions: "
                    + String.join("; ", reconciliations.compareDefinition(plan).differences())
                    + ". Plan anew: `plan " + plan.mapping() + "`.");
        }
    }

    /**
     * What somebody wants to be visited again.
     *
     * @param mapping whose run it was
     * @param failedOf the id of the run, or its beginning
     * @param withRuleFailures whether records that failed because a rule says so, or because they were not what a plan
     *     said, are visited, too
     * @param analyze whether only to look
     */
    public record FailedRequest(String mapping, String failedOf, boolean withRuleFailures, boolean analyze) {}

    /**
     * Visits the records that failed in a run, each from its own side, and returns the run that did.
     *
     * @throws RunRefused when there is no such run, or it has not ended, or is of another mapping, or did something
     *     else than the mapping says
     * @throws UnusableDefinition when the mapping is gone, or its files have faults
     * @throws dev.concord.ledger.LeaseHeld when another run works on the mapping's links
     */
    public Run failedOf(FailedRequest request, Actor actor, RunListener listener) {
        return beginFailedOf(request, runIds.next(), Map.of(), actor).work(listener);
    }

    /** Likewise, behind the caller's back; returns the run as it began. */
    public Run startFailedOf(FailedRequest request, Actor actor) {
        return background.goOn(beginFailedOf(request, runIds.next(), Map.of(), actor));
    }

    /**
     * @param runId of the run that visits them
     * @param more parameters to go with it
     */
    OpenRun beginFailedOf(FailedRequest request, String runId, Map<String, @Nullable Object> more, Actor actor) {
        Run failed = find(request.failedOf());
        if (!failed.mapping().equals(request.mapping())) {
            throw new RunRefused("Run " + failed.id() + " is one of the mapping " + failed.mapping() + ", not of "
                    + request.mapping() + ".");
        }
        if (failed.kind() == RunKind.UNDO) {
            throw new RunRefused(
                    "Run " + failed.id() + " took a run back, and what the mapping would do for the records"
                            + " that failed is something else. `undo "
                            + failed.parameters().get("undo")
                            + "` visits once more what was left.");
        }
        if (failed.kind() == RunKind.ACTION) {
            throw new RunRefused(
                    "Run " + failed.id() + " did one action that somebody chose, and what the mapping would"
                            + " do for the record is something else. `perform` does the action again.");
        }
        if (failed.state() == RunState.ACTIVE) {
            throw new RunRefused("Run " + failed.id() + " has not ended. Wait for it, or recover it first.");
        }
        checkEntries(failed);
        Definitions definitions = reconciliations.definitions();
        Mapping mapping = Reconciliations.mapping(definitions, failed.mapping());
        Map<String, @Nullable Object> parameters = parameters(failed, "failedOf");
        if (request.withRuleFailures()) {
            parameters.put("withRuleFailures", true);
        }
        parameters.putAll(more);
        Deed deed = Deed.of(AuditEvent.RUN_RETRIED, runId, failed.mapping())
                .with("failedOf", failed.id())
                .with("analysis", request.analyze() ? true : null)
                .with(InstallationThresholds.OVERRIDES, parameters.get(InstallationThresholds.OVERRIDES));
        return reconciliations.begin(
                new Beginning(runId, definitions, mapping, RunKind.FAILED, request.analyze(), parameters, deed), actor);
    }

    private Run find(String id) {
        return runs.find(id).orElseThrow(() -> new RunRefused("There is no run " + id + ", or several begin so."));
    }

    /** What goes with a run that reads another: how that one was asked for, and which one it is. */
    private static Map<String, @Nullable Object> parameters(Run other, String name) {
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        for (String query : List.of("sourceQuery", "targetQuery", InstallationThresholds.OVERRIDES)) {
            if (other.parameters().get(query) != null) {
                parameters.put(query, other.parameters().get(query));
            }
        }
        parameters.put(name, other.id());
        return parameters;
    }
}
