package dev.concord.recon;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Entry;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Phase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of records that failed in another run. */
final class FailedPage extends NamedPage {

    private static final String NAMELESS =
            "The record has no id that could be read, so that it cannot be visited alone. Mend it in the source; a run"
                    + " over the whole source sees it again.";

    FailedPage(RunContext context, Phase phase, List<Entry> entries, @Nullable String lastKey) {
        super(context, phase, entries, lastKey);
    }

    @Override
    Page with(List<Entry> some) {
        return new FailedPage(context, phase(), some, lastKey());
    }

    @Override
    List<Op> lookInto(PageView view, Verdicts verdicts) {
        List<Op> ops = new ArrayList<>(now(view, context.memory()::isHandled).lookInto(view, verdicts));
        for (Entry entry : entries) {
            if (OtherRun.visitedId(entry, phase()) == null) {
                ops.add(nameless(entry));
            }
        }
        return ops;
    }

    /** It still stands for a target that nobody knows, which is why each run that goes on from here is told of it. */
    private Op nameless(Entry entry) {
        Op op = new Op(phase(), entry.qualifier(), null, null, null);
        op.fail(Outcome.DATA, NAMELESS, NAMELESS.equals(entry.message()) ? entry.detail() : entry.message());
        op.unknown = phase() == Phase.SOURCE ? Op.Unknown.IDENTITY : Op.Unknown.NOTHING;
        return op;
    }

    /** What cannot be visited has not failed here. */
    @Override
    void count(Op op, Counts counts) {
        String visited = phase() == Phase.TARGET ? op.visitedTargetId : op.sourceId;
        if (visited == null) {
            counts.add(Measure.UNREPEATABLE, 1);
            counts.add(Measure.OPS, -1);
        } else {
            super.count(op, counts);
        }
    }
}
