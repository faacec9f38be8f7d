package dev.concord.recon;

import dev.concord.explanation.Answer;
import dev.concord.explanation.Check;
import dev.concord.explanation.Decision;
import dev.concord.explanation.RuleTried;
import dev.concord.explanation.StepTaken;
import dev.concord.explanation.StepTaken.State;
import dev.concord.ledger.Phase;
import dev.concord.link.Link;
import dev.concord.mapping.Condition;
import dev.concord.mapping.Hook;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Rule;
import dev.concord.mapping.ScriptSource;
import dev.concord.record.AttributeChange;
import dev.concord.record.Difference;
import dev.concord.situation.Step;
import dev.concord.system.ObjectSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells how an op was decided: what the op knows, and what was noted on the way. Values of sensitive attributes stay
 * behind.
 */
final class Telling {

    private final Mapping mapping;
    private final ObjectSchema target;
    private final Sight sight;
    private final OpReport report;
    private final SearchTelling searches;
    private final RowTelling rows;

    Telling(RunContext context) {
        this.mapping = context.mapping();
        this.target = context.target().schema();
        this.sight = context.sight();
        this.report = new OpReport(context);
        this.searches = new SearchTelling(context, report);
        this.rows = new RowTelling(context);
    }

    Decision decision(Op op, PageView view, Recorder.Notes notes) {
        Link link = OpDecider.ownLink(op, view);
        List<String> unseen = sight.unseen(op);
        return new Decision(
                op.phase,
                report.entry(op),
                link == null ? null : new Decision.LinkSeen(link.sourceId(), link.targetId()),
                checks(op, notes),
                op.phase == Phase.SOURCE && op.source != null ? searches.search(op, link, view, unseen) : null,
                op.assessment == null ? null : op.assessment.why(),
                rules(op, notes),
                steps(op, notes, unseen),
                notes.rows().stream().map(row -> rows.row(row, unseen)).toList(),
                wanted(notes, unseen),
                List.copyOf(op.effects));
    }

    // Validity

    private List<Check> checks(Op op, Recorder.Notes notes) {
        List<Check> checks = new ArrayList<>();
        boolean validTargetCounts = op.phase == Phase.TARGET || op.phase == Phase.SOURCE && op.source == null;
        if (validTargetCounts && mapping.validTarget() != null) {
            checks.add(check("validTarget", mapping.validTarget(), notes));
        }
        if (op.source != null && mapping.validSource() != null) {
            checks.add(check("validSource", mapping.validSource(), notes));
        }
        if (op.source != null && op.phase == Phase.SOURCE && mapping.sourceCondition() != null) {
            checks.add(check("sourceCondition", mapping.sourceCondition(), notes.answer(mapping.sourceCondition())));
        }
        return checks;
    }

    private static Check check(String name, ScriptSource script, Recorder.Notes notes) {
        return new Check(name, script.text().strip(), script.place(), notes.answer(script));
    }

    static Check check(String name, Condition condition, Answer answer) {
        return switch (condition) {
            case Condition.FilterCondition filter ->
                new Check(name, filter.filter().text(), filter.place(), answer);
            case Condition.ScriptCondition script ->
                new Check(name, script.script().text().strip(), script.script().place(), answer);
        };
    }

    // Rules

    private List<RuleTried> rules(Op op, Recorder.Notes notes) {
        return op.assessment == null
                ? List.of()
                : mapping.rules().stream()
                        .filter(rule -> rule.situation() == op.assessment.situation())
                        .map(rule -> rule(rule, op, notes))
                        .toList();
    }

    private static RuleTried rule(Rule rule, Op op, Recorder.Notes notes) {
        Condition condition = rule.condition();
        Check check = condition == null ? null : check("condition", condition, notes.answer(condition));
        boolean chosen = rule == op.rule;
        return switch (rule.action()) {
            case Rule.RuleAction.Named named ->
                new RuleTried(rule.place(), named.action().name(), false, check, chosen);
            case Rule.RuleAction.Scripted scripted ->
                new RuleTried(rule.place(), scripted.script().text().strip(), true, check, chosen);
        };
    }

    // Steps

    private List<StepTaken> steps(Op op, Recorder.Notes notes, List<String> unseen) {
        List<StepTaken> taken = new ArrayList<>();
        for (int i = 0; i < notes.steps().size(); i++) {
            Step step = notes.steps().get(i);
            taken.add(new StepTaken(name(step), state(step, i, op, notes), changes(step, i, notes, unseen)));
        }
        Rule rule = op.rule;
        if (rule != null && rule.postAction() != null && op.action != null && op.action.hasPostAction()) {
            taken.add(new StepTaken("postAction", op.failed() ? State.NOT_REACHED : State.LEFT_OUT, List.of()));
        }
        return taken;
    }

    private State state(Step step, int index, Op op, Recorder.Notes notes) {
        Hook hook = hook(step);
        if (hook != null && !mapping.hooks().containsKey(hook)) {
            return State.NOT_CONFIGURED;
        }
        int begun = notes.begun().size();
        if (index >= begun) {
            return State.NOT_REACHED;
        }
        if (index == begun - 1 && op.failed()) {
            return State.FAILED;
        }
        return hook == null || changesTarget(step) ? State.DONE : State.LEFT_OUT;
    }

    /** What a script made of the target: as the next step found it, against what the script found itself. */
    private List<AttributeChange> changes(Step step, int index, Recorder.Notes notes, List<String> unseen) {
        if (!changesTarget(step) || index + 1 >= notes.begun().size()) {
            return List.of();
        }
        return sight.differences(
                Difference.between(notes.begun().get(index), notes.begun().get(index + 1), target::isUnordered)
                        .changes(),
                unseen);
    }

    private static boolean changesTarget(Step step) {
        return step == Step.ON_MAPPING || step == Step.ON_CREATE || step == Step.ON_UPDATE;
    }

    private static String name(Step step) {
        Hook hook = hook(step);
        if (hook != null) {
            return hook.key();
        }
        return switch (step) {
            case PROJECT -> "rows";
            case CREATE_TARGET -> "createTarget";
            case UPDATE_TARGET -> "updateTarget";
            case DELETE_TARGET -> "deleteTarget";
            case CREATE_LINK -> "createLink";
            case REPOINT_LINK -> "repointLink";
            case TAKE_OVER -> "takeOver";
            case REMOVE_LINK -> "removeLink";
            case ON_MAPPING, ON_CREATE, ON_UPDATE, ON_LINK, POST_MAPPING, ON_DELETE, ON_UNLINK -> step.name();
        };
    }

    private static @Nullable Hook hook(Step step) {
        return switch (step) {
            case ON_MAPPING -> Hook.ON_MAPPING;
            case ON_CREATE -> Hook.ON_CREATE;
            case ON_UPDATE -> Hook.ON_UPDATE;
            case ON_LINK -> Hook.ON_LINK;
            case POST_MAPPING -> Hook.POST_MAPPING;
            case ON_DELETE -> Hook.ON_DELETE;
            case ON_UNLINK -> Hook.ON_UNLINK;
            case PROJECT,
                    CREATE_TARGET,
                    UPDATE_TARGET,
                    DELETE_TARGET,
                    CREATE_LINK,
                    TAKE_OVER,
                    REPOINT_LINK,
                    REMOVE_LINK -> null;
        };
    }

    /** The target as the step found it that writes it. */
    private @Nullable Map<String, @Nullable Object> wanted(Recorder.Notes notes, List<String> unseen) {
        for (int i = 0; i < notes.begun().size(); i++) {
            Step step = notes.steps().get(i);
            if (step == Step.CREATE_TARGET || step == Step.UPDATE_TARGET) {
                Map<String, @Nullable Object> shown = new LinkedHashMap<>();
                notes.begun().get(i).forEach((name, value) -> shown.put(name, sight.ofTarget(name, value, unseen)));
                return shown;
            }
        }
        return null;
    }
}
