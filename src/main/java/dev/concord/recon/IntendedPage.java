package dev.concord.recon;

import dev.concord.ledger.Phase;
import dev.concord.record.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a page whose records were about to be written elsewhere when the run was interrupted, and are not in
 * the page any more: rows that somebody removed from the source in the meantime.
 */
final class IntendedPage extends Page {

    private final RunContext context;
    private final List<Intent> intents;

    IntendedPage(RunContext context, Phase phase, List<Intent> intents, @Nullable String lastKey) {
        super(phase, intents.size(), lastKey);
        this.context = context;
        this.intents = intents;
    }

    @Override
    List<Page> single() {
        return intents.stream()
                .map(intent -> (Page) new IntendedPage(context, phase(), List.of(intent), lastKey()))
                .toList();
    }

    @Override
    List<Op> lookInto(PageView view, Verdicts verdicts) {
        List<String> sources = intents.stream()
                .map(Intent::sourceId)
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .toList();
        Fetched fetched = Fetched.of(context.source(), sources);
        view.readLinksOfSources(sources);
        List<Op> ops = new ArrayList<>();
        for (Intent intent : intents) {
            Resource source = intent.sourceId() == null ? null : fetched.get(intent.sourceId());
            ops.add(new Op(
                    intent.key().phase(),
                    intent.key().qualifier(),
                    intent.sourceId(),
                    source,
                    intent.visitedTargetId()));
            if (intent.targetId() != null) {
                view.readLinksOfTargets(List.of(intent.targetId()));
            }
        }
        return ops;
    }
}
