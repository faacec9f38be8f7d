package dev.concord.recon;

import dev.concord.ledger.Entry;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Phase;
import dev.concord.ledger.RunKind;
import dev.concord.link.Link;
import dev.concord.mapping.Action;
import dev.concord.mapping.Hook;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Rule;
import dev.concord.mapping.Situation;
import dev.concord.situation.ActionSteps;
import dev.concord.situation.Assessment;
import dev.concord.situation.Rules;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides one op after the other: what its situation is in the view of the page, which rule applies, and what the
 * action does. Belongs to one attempt at a page.
 */
final class OpDecider {

    private final RunContext context;
    private final Mapping mapping;
    private final Verdicts verdicts;
    private final ActionRunner runner;
    private final @Nullable ByHand wish;
    private final AsPlanned plan;
    private @Nullable Reversal reversal;

    OpDecider(RunContext context, Verdicts verdicts) {
        this.context = context;
        this.mapping = context.mapping();
        this.verdicts = verdicts;
        this.runner = new ActionRunner(context, verdicts);
        this.wish = ByHand.of(context.run());
        this.plan = new AsPlanned(context);
    }

    /**
     * Decides an op and does what its action does, through {@code effects}. Failures of the record are kept in the op.
     *
     * @return false when there is nothing to report: the op's link turned out to be in order
     */
    boolean decide(Op op, PageView view, Effects effects) {
        if (op.undone != null) {
            takeBack(op, view, effects);
            return true;
        }
        if (op.intent != null) {
            resume(op, op.intent, view, effects);
            return true;
        }
        boolean reported = op.failed() || op.facts == null || isDecided(op, view, effects);
        if (!reported && op.promised != null) {
            op.fail(Outcome.CHANGED, "There is nothing left to do: the link is in order. Nothing was done.", null);
            reported = true;
        }
        Entry planned = op.planned;
        if (planned != null
                && PlannedPage.isSecondTry(planned)
                && !op.became
                && op.failed()
                && op.effects.isEmpty()
                && op.outcome != Outcome.TARGET) {
            // What the store refused is why it was not done; what prevents it now is more to say.
            op.fail(Outcome.TARGET, planned.message() + " Tried again: " + op.message, op.detail);
        }
        return reported;
    }

    private void takeBack(Op op, PageView view, Effects effects) {
        Reversal taking = reversal == null ? new Reversal(context) : reversal;
        reversal = taking;
        if (op.intent == null) {
            taking.decide(op, view, effects);
        } else {
            taking.resume(op, op.intent, runner, view, effects);
        }
    }

    /** Comes to the end that was decided before, without deciding again. */
    private void resume(Op op, Intent decided, PageView view, Effects effects) {
        op.resume(decided);
        op.rule = decided.rule() < 0 ? null : mapping.rules().get(decided.rule());
        OpFailure.contain(op, () -> {
            runner.run(op, decided.steps(), view, effects, false);
            postAction(op, decided.action(), view, effects);
        });
    }

    private boolean isDecided(Op op, PageView view, Effects effects) {
        Optional<Assessment> alone = Assessor.assess(op, view);
        Optional<Assessment> assessment = wish == null ? alone : alone.map(found -> wish.assess(found, op, view));
        if (alone.isEmpty() || assessment.isEmpty()) {
            return false;
        }
        op.assessment = assessment.get();
        op.targetId = assessment.get().targetId();
        op.say(assessment.get().message());
        op.targetBefore = op.targetId == null ? null : view.target(op.targetId);
        Situation unchosen = alone.get().situation();
        OpFailure.contain(op, () -> {
            if (wish != null) {
                op.action = wish.action();
                wish.insistOn(op, unchosen, view, context);
            }
            act(op, view, effects);
        });
        return true;
    }

    private void act(Op op, PageView view, Effects effects) {
        Assessment assessment = Objects.requireNonNull(op.assessment);
        Situation situation = assessment.situation();
        op.rule = wish != null && wish.skipPostAction()
                ? null
                : Rules.select(mapping, situation, condition -> verdicts.ruleHolds(condition, op))
                        .orElse(null);
        Action action = wish == null ? action(op.rule, op, situation) : wish.action();
        op.action = action;
        plan.checkDecision(op, situation, action);
        if (op.planned != null && !isStill(op.planned, situation, action, op.targetId)) {
            op.became = mayBecome(op.planned, action);
        }
        if (op.became) {
            op.say("At first " + Objects.requireNonNull(op.planned).situation() + "/" + op.planned.action()
                    + ", which was refused.");
        } else if (op.planned != null && !isStill(op.planned, situation, action, op.targetId)) {
            String now = "Was planned as " + op.planned.situation() + "/" + op.planned.action() + ", is now "
                    + situation + "/" + action + "; nothing was done.";
            op.action = op.planned.action();
            if (PlannedPage.isSecondTry(op.planned)) {
                op.fail(Outcome.TARGET, op.planned.message() + " " + now, op.planned.detail());
            } else {
                op.say(now);
                op.outcome = Outcome.OBSOLETE;
            }
            return;
        }
        if (action == Action.EXCEPTION) {
            op.fail(Outcome.RULE, "Situation " + situation + " marked as EXCEPTION", null);
            return;
        }
        Action looked = action == Action.REPORT ? situation.engineDefault() : action;
        ActionSteps steps = wish != null && wish.move()
                ? moveSteps(op, wish, view)
                : ActionSteps.of(looked, OpState.of(op, view, mapping.enableLinking()));
        if (action == Action.REPORT) {
            report(op, looked, steps, view);
            postAction(op, action, view, effects);
        } else if (steps instanceof ActionSteps.Impossible impossible) {
            throw new OpFailure(Outcome.DATA, impossible.reason(), null);
        } else if (steps instanceof ActionSteps.Possible possible) {
            op.say(possible.message());
            plan.checkLinks(op, possible.steps());
            doOrPlan(op, action, possible, view, effects);
        }
    }

    private ActionSteps moveSteps(Op op, ByHand move, PageView view) {
        ActionSteps steps = ActionSteps.ofMove(OpState.of(op, view, mapping.enableLinking()));
        if (steps instanceof ActionSteps.Possible) {
            move.beforeMove(op, view);
        }
        return steps;
    }

    private static boolean isStill(Entry planned, Situation situation, Action action, @Nullable String targetId) {
        return planned.situation() == situation
                && planned.action() == action
                && Objects.equals(planned.targetId(), targetId);
    }

    /**
     * Whether a write that lost against a unique value is now another op that may still be done: whoever had the value
     * may be the record's own target. What takes something away had to be judged before; a plan rules its own ops.
     */
    private boolean mayBecome(Entry planned, Action action) {
        return PlannedPage.isSecondTry(planned)
                && !action.isPlanned()
                && context.run().kind() != RunKind.APPLY;
    }

    private void doOrPlan(Op op, Action action, ActionSteps.Possible steps, PageView view, Effects effects) {
        if (action.isPlanned() && op.planned == null) {
            withhold(op);
            if (!context.looking()) {
                rehearse(op, steps, view);
                op.outcome = Outcome.PLANNED;
                return;
            }
        }
        if (hasScriptBeforeWrite()) {
            rehearse(op, steps, view);
        }
        runner.run(op, steps.steps(), view, effects, context.looking());
        postAction(op, action, view, effects);
    }

    /** Whether scripts, whose effects outside cannot be undone, run before an op's differences are known. */
    private boolean hasScriptBeforeWrite() {
        return Stream.of(Hook.ON_LINK, Hook.ON_UNLINK, Hook.ON_DELETE)
                .anyMatch(hook -> mapping.hooks().containsKey(hook));
    }

    /** Finds out whether an op comes to what its plan says, without doing it; keeps its differences. */
    private void rehearse(Op op, ActionSteps.Possible steps, PageView view) {
        if (!plan.holds(op)) {
            return;
        }
        List<String> leftOut = List.copyOf(op.leftOut);
        look(op, steps, view);
        op.leftOut.clear();
        op.leftOut.addAll(leftOut);
    }

    /** What remains of steps that are not done are the differences they would make. */
    private void look(Op op, ActionSteps.Possible steps, PageView view) {
        op.looking = true;
        runner.run(op, steps.steps(), view, new StagedEffects(true), true);
        op.looking = false;
        op.effects.clear();
        op.linkChanges = List.of();
    }

    private void postAction(Op op, Action action, PageView view, Effects effects) {
        Rule rule = op.rule;
        if (rule != null && rule.postAction() != null && action.hasPostAction() && !context.looking()) {
            effects.makeVisible();
            runner.postAction(rule, op, action, view);
        }
    }

    /** Says what the situation's usual action would do, without doing it. */
    private void report(Op op, Action looked, ActionSteps steps, PageView view) {
        switch (steps) {
            case ActionSteps.Impossible impossible -> op.say("Would fail: " + impossible.reason());
            case ActionSteps.Possible possible -> {
                look(op, possible, view);
                op.say("Would " + looked + ".");
            }
        }
    }

    /**
     * Tells the mapping's script that an op failed, if it did, once what it did is undone.
     *
     * @param objects what the script may call
     */
    void tellFailure(Op op, ScriptObjects objects) {
        if (!op.failed() || context.looking()) {
            return;
        }
        op.looking = false;
        if (op.undone == null) {
            runner.onError(op);
        }
        objects.rethrow();
    }

    private Action action(@Nullable Rule rule, Op op, Situation situation) {
        if (rule == null) {
            return mapping.defaultActions().getOrDefault(situation, situation.engineDefault());
        }
        return switch (rule.action()) {
            case Rule.RuleAction.Named named -> named.action();
            case Rule.RuleAction.Scripted scripted ->
                verdicts.scriptedAction(scripted.script(), op, situation, op.targetBefore);
        };
    }

    /** What could not be assessed must not cost anybody an account. */
    private void withhold(Op op) {
        if (op.phase != Phase.TARGET || op.assessment == null) {
            return;
        }
        long unassessed = switch (op.assessment.situation()) {
            case SOURCE_MISSING -> context.memory().unidentified;
            case UNASSIGNED -> context.memory().unidentified + context.memory().unassessed;
            default -> 0;
        };
        if (unassessed > 0) {
            throw new OpFailure(
                    Outcome.WITHHELD, "withheld: " + unassessed + " source records could not be assessed", null);
        }
    }

    static @Nullable Link ownLink(Op op, PageView view) {
        if (op.sourceId != null) {
            return view.linkOfSource(op.sourceId, op.qualifier);
        }
        return op.targetId == null ? null : view.linkOfTarget(op.targetId, op.qualifier);
    }
}
