package dev.concord.recon;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Entry;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Trace;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A page of a run that takes back another one: what one of its segments did, newest first. */
final class UndoPage extends Page {

    private final RunContext context;
    private final List<Entry> entries;
    private final Reversal reversal;

    UndoPage(RunContext context, List<Entry> entries, @Nullable String lastKey) {
        super(Phase.SOURCE, entries.size(), lastKey);
        this.context = context;
        this.entries = entries;
        this.reversal = new Reversal(context);
    }

    @Override
    List<Page> single() {
        return entries.stream()
                .map(entry -> (Page) new UndoPage(context, List.of(entry), lastKey()))
                .toList();
    }

    @Override
    List<Op> lookInto(PageView view, Verdicts verdicts) {
        Set<String> sources = new LinkedHashSet<>();
        Set<String> targets = new LinkedHashSet<>();
        Set<String> linked = new LinkedHashSet<>();
        List<Op> ops = new ArrayList<>();
        for (Entry entry : entries) {
            // Links of a target are looked for by the target, those of a source by the source, as in any other run.
            Phase phase = entry.sourceId() == null ? Phase.TARGET : Phase.SOURCE;
            Op op = new Op(phase, entry.qualifier(), entry.sourceId(), null, entry.targetId());
            op.undone = entry;
            ops.add(op);
            if (entry.targetId() != null) {
                targets.add(entry.targetId());
                linked.add(entry.targetId());
            }
            for (Trace.LinkChange change : entry.trace().links()) {
                addEnds(change.before(), sources, linked);
                addEnds(change.after(), sources, linked);
            }
        }
        view.readLinksOfSources(sources);
        view.readLinksOfTargets(linked);
        view.readTargets(targets);
        return ops;
    }

    private static void addEnds(Trace.@Nullable Ends ends, Set<String> sources, Set<String> targets) {
        if (ends != null) {
            sources.add(ends.sourceId());
            targets.add(ends.targetId());
        }
    }

    /** Once everything of the page is written. */
    @Override
    void count(Op op, Counts counts) {
        super.count(op, counts);
        reversal.remember(op);
    }
}
