package dev.concord.recon;

import dev.concord.explanation.Decision;
import dev.concord.explanation.Explanation;
import dev.concord.explanation.Explanation.Subject;
import dev.concord.filter.Filter;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunKind;
import dev.concord.ledger.RunState;
import dev.concord.ledger.Stage;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Situation;
import dev.concord.record.CompareKey;
import dev.concord.record.Resource;
import dev.concord.situation.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Explains what would be decided about one record: makes a page of it, lets the page be decided as an analysis does,
 * and listens. Writes nothing.
 */
final class Explainer {

    private final RunContext context;
    private final boolean preview;
    private final Recorder recorder = new Recorder();

    /**
     * @param context of an analysis
     * @param preview whether to build the target even where the action writes none
     */
    Explainer(RunContext context, boolean preview) {
        this.context = context;
        this.preview = preview;
    }

    /** Stands for the run that there would be; it is kept nowhere. */
    static Run run(Mapping mapping) {
        return new Run(
                "explain",
                0,
                mapping.name(),
                mapping.linkOwner(),
                RunKind.SINGLE,
                true,
                Map.of(),
                "",
                0,
                RunState.ACTIVE,
                Stage.ACTIVE_INITIALIZED,
                null,
                null,
                Run.Facts.UNKNOWN,
                null,
                Instant.EPOCH,
                null);
    }

    Explanation explain(Subject subject) {
        return switch (subject.side()) {
            case SOURCE -> source(subject);
            case TARGET -> target(subject);
        };
    }

    private Explanation source(Subject subject) {
        Fetched fetched = Fetched.of(context.source(), List.of(subject.id()));
        PageView view = new PageView(context.target(), context.links());
        Page page = new SourcePage(context, List.of(SourcePage.visited(subject.id(), fetched)), null);
        return explanation(
                subject,
                fetched.exists(subject.id()),
                context.mapping().sourceQuery().filter(),
                fetched.get(subject.id()),
                decisions(page, view));
    }

    private Explanation target(Subject subject) {
        PageView view = new PageView(context.target(), context.links());
        view.readTargets(List.of(subject.id()));
        Resource target = view.target(subject.id());
        boolean exists = target != null || view.isUnreadable(subject.id());
        return explanation(
                subject,
                exists,
                context.mapping().targetQuery().filter(),
                target,
                decisions(exists ? targetPage(subject.id()) : linkPage(subject.id()), view));
    }

    /** Nothing is accounted for here: what the source phase would say is another question. */
    private Page targetPage(String id) {
        return new TargetPage(context, List.of(id), hash -> false, 1, null);
    }

    private Page linkPage(String targetId) {
        CompareKey key = context.links().type().targetKey(targetId);
        return new LinkPage(context, context.links().ofTargets(List.of(key)).getOrDefault(key, List.of()), 1, null);
    }

    private Explanation explanation(
            Subject subject,
            boolean exists,
            @Nullable Filter query,
            @Nullable Resource resource,
            List<Decision> decisions) {
        return new Explanation(
                context.mapping().name(),
                context.mapping().source(),
                context.mapping().target(),
                subject,
                exists,
                query == null ? null : query.text(),
                query == null || resource == null || query.matches(resource.view()),
                decisions);
    }

    /** Onto the target that would be the source's own; a new one where that is another's, or unknown. */
    private void buildTarget(Op op, PageView view, Verdicts verdicts) {
        Situation situation = op.assessment == null ? null : op.assessment.situation();
        if (situation == null || situation == Situation.FOUND_ALREADY_LINKED) {
            op.targetBefore = null;
        }
        List<Step> steps = op.targetBefore == null
                ? List.of(Step.PROJECT, Step.ON_MAPPING, Step.ON_CREATE, Step.CREATE_TARGET)
                : List.of(Step.PROJECT, Step.ON_MAPPING, Step.ON_UPDATE, Step.UPDATE_TARGET);
        OpFailure.contain(
                op, () -> new ActionRunner(context, verdicts).run(op, steps, view, new StagedEffects(true), true));
    }

    private List<Decision> decisions(Page page, PageView view) {
        ScriptObjects objects = new ScriptObjects(context, false);
        Verdicts verdicts = new Verdicts(context, objects, recorder);
        OpDecider decider = new OpDecider(context, verdicts);
        Telling telling = new Telling(context);
        List<Op> ops = page.lookInto(view, verdicts);
        objects.rethrow();
        List<Decision> decisions = new ArrayList<>();
        for (Op op : ops) {
            boolean reported = decider.decide(op, view, new StagedEffects(true));
            objects.rethrow();
            if (preview && op.source != null && recorder.of(op).steps().isEmpty()) {
                buildTarget(op, view, verdicts);
            }
            if (reported) {
                decisions.add(telling.decision(op, view, recorder.of(op)));
            }
        }
        return decisions;
    }
}
