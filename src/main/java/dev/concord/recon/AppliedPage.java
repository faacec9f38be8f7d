package dev.concord.recon;

import dev.concord.ledger.Entry;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A page of what a plan said: each of its ops is decided anew, and held to the plan. */
final class AppliedPage extends NamedPage {

    AppliedPage(RunContext context, Phase phase, List<Entry> entries, @Nullable String lastKey) {
        super(context, phase, entries, lastKey);
    }

    @Override
    Page with(List<Entry> some) {
        return new AppliedPage(context, phase(), some, lastKey());
    }

    @Override
    List<Op> lookInto(PageView view, Verdicts verdicts) {
        Map<String, List<Op>> found = new HashMap<>();
        for (Op op : now(view, hash -> false).lookInto(view, verdicts)) {
            String id = op.phase == Phase.TARGET ? op.visitedTargetId : op.sourceId;
            found.computeIfAbsent(String.valueOf(id), one -> new ArrayList<>()).add(op);
        }
        return entries.stream()
                .map(entry ->
                        op(entry, found.getOrDefault(String.valueOf(OtherRun.visitedId(entry, phase())), List.of())))
                .toList();
    }

    private Op op(Entry entry, List<Op> ofRecord) {
        Op op = ofRecord.stream()
                .filter(candidate -> OtherRun.isOf(candidate, entry))
                .findFirst()
                .orElse(null);
        if (op == null) {
            op = new Op(phase(), entry.qualifier(), entry.sourceId(), null, targetId(entry));
            op.fail(
                    Outcome.CHANGED,
                    "Planned as " + entry.situation() + "/" + entry.action()
                            + "; the record, or its link qualifier, is not there any more. Nothing was done.",
                    null);
        } else if (op.promised != null) {
            // What failed for the record as a whole failed for each of its link qualifiers.
            Op whole = op;
            op = new Op(phase(), entry.qualifier(), entry.sourceId(), null, targetId(entry));
            op.fail(whole.outcome, String.valueOf(whole.message), whole.detail);
        }
        op.promised = entry;
        return op;
    }

    private @Nullable String targetId(Entry entry) {
        return phase() == Phase.SOURCE ? null : entry.targetId();
    }
}
