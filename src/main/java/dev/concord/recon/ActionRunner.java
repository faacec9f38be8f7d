package dev.concord.recon;

import dev.concord.ledger.Task;
import dev.concord.mapping.Action;
import dev.concord.mapping.Hook;
import dev.concord.mapping.Rule;
import dev.concord.record.Resource;
import dev.concord.situation.Step;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs the steps of an action for one op. Belongs to one attempt at a page. */
final class ActionRunner {

    private final Verdicts verdicts;
    private final Hooks hooks;
    private final TargetSteps targets;
    private final LinkSteps links;
    private final IntendedSteps intended;

    ActionRunner(RunContext context, Verdicts verdicts) {
        this.verdicts = verdicts;
        this.hooks = new Hooks(context, verdicts);
        this.targets = new TargetSteps(context, verdicts);
        this.links = new LinkSteps(context, hooks);
        this.intended = new IntendedSteps(context, targets, hooks);
    }

    /**
     * Runs steps in their order.
     *
     * @param looking whether to leave out the scripts that belong to a change that really happens
     */
    void run(Op op, List<Step> steps, PageView view, Effects effects, boolean looking) {
        ActionProgress progress = new ActionProgress(op, view, effects, looking);
        Witness witness = verdicts.witness();
        witness.steps(op, steps);
        op.steps = steps;
        for (Step step : steps) {
            witness.step(op, step, progress.wanted);
            if (intended.does(step, progress)) {
                continue;
            }
            switch (step) {
                case PROJECT -> TaskClock.time(Task.PROJECTION, () -> targets.project(progress));
                case ON_MAPPING -> hook(Hook.ON_MAPPING, progress);
                case ON_CREATE -> hook(Hook.ON_CREATE, progress);
                case CREATE_TARGET -> TaskClock.time(Task.PROJECTION, () -> targets.create(progress));
                case ON_UPDATE -> hook(Hook.ON_UPDATE, progress);
                case UPDATE_TARGET -> TaskClock.time(Task.PROJECTION, () -> targets.update(progress));
                case ON_LINK -> hookOfChange(Hook.ON_LINK, progress);
                case CREATE_LINK -> links.create(progress);
                case TAKE_OVER -> links.takeOver(progress);
                case REPOINT_LINK -> links.repoint(progress);
                case POST_MAPPING -> hookOfChange(Hook.POST_MAPPING, progress);
                case ON_DELETE -> hookOfChange(Hook.ON_DELETE, progress);
                case DELETE_TARGET -> targets.delete(progress);
                case ON_UNLINK -> hookOfChange(Hook.ON_UNLINK, progress);
                case REMOVE_LINK -> links.remove(progress);
            }
        }
        failsAfterwards(op, progress.failure);
    }

    /** Writes the target as an earlier attempt decided, and nothing else. */
    void writeIntended(Op op, PageView view, Effects effects) {
        intended.does(Step.UPDATE_TARGET, new ActionProgress(op, view, effects, false));
    }

    /** Runs a rule's script after its action; when it fails the op fails, but nothing is undone. */
    void postAction(Rule rule, Op op, Action action, PageView view) {
        // REPORT only looked at what would be written; the target is still what it was.
        Resource written = action == Action.REPORT ? null : op.targetWritten;
        Resource target = written != null || op.targetId == null ? written : view.target(op.targetId);
        failsAfterwards(
                op,
                OpFailure.of(() -> hooks.postAction(
                        rule, op, Objects.requireNonNull(op.assessment).situation(), action, target)));
    }

    /** Runs the script for ops that failed; when it fails itself, the op's failure says so. */
    void onError(Op op) {
        OpFailure failure = OpFailure.of(() -> hooks.onError(op));
        if (failure != null) {
            op.say("onError failed, too: " + failure.getMessage());
            if (op.detail == null) {
                op.detail = failure.detail();
            }
        }
    }

    private static void failsAfterwards(Op op, @Nullable OpFailure failure) {
        if (failure != null) {
            op.failAfterwards(failure.blame(), String.valueOf(failure.getMessage()), failure.detail());
        }
    }

    private void hook(Hook hook, ActionProgress progress) {
        hooks.run(hook, progress.op, progress.wanted, progress.before);
    }

    /**
     * A hook that only runs where something really changes, and that sees what was written before it. Where the target
     * is written already and cannot be taken back, its failure does not keep the link from following the target.
     */
    private void hookOfChange(Hook hook, ActionProgress progress) {
        if (progress.looking || !hooks.has(hook) || progress.failure != null) {
            return;
        }
        progress.effects.makeVisible();
        Runnable run = () -> hooks.run(hook, progress.op, progress.wanted, progress.before);
        if (progress.wroteElsewhere) {
            progress.failure = OpFailure.of(run);
        } else {
            run.run();
        }
    }
}
