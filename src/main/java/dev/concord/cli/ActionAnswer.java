package dev.concord.cli;

import dev.concord.audit.Actor;
import dev.concord.ledger.Entry;
import dev.concord.ledger.EntryView;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.record.Json;
import dev.concord.run.ActionRequest;
import dev.concord.run.Reconciliations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Has one action done and answers with what came of it: the run, and the entry of the record. */
final class ActionAnswer {

    private ActionAnswer() {}

    static int give(Shell shell, ActionRequest request, boolean json) {
        Run run;
        try (Progress progress = Progress.on(shell.screen(), phase -> 0)) {
            run = shell.platform().get(Reconciliations.class).perform(request, Actor.ofCommand(), progress);
        }
        LedgerReader reader = shell.platform().get(LedgerReader.class);
        RunView view = reader.view(run);
        List<EntryView> entries = entries(reader, run);
        if (json) {
            Map<String, @Nullable Object> answer = view.json(Instant.now());
            answer.put("entries", entries.stream().map(EntryView::json).toList());
            shell.screen().result(Json.writePretty(answer));
        } else {
            RunAnswer.show(shell, view, false);
            shell.screen().result("");
            try (EntryTable table = new EntryTable(shell.screen())) {
                entries.forEach(table::write);
            }
        }
        return ExitCode.of(view);
    }

    private static List<EntryView> entries(LedgerReader reader, Run run) {
        List<EntryView> entries = new ArrayList<>();
        UnaryOperator<Entry> shown = reader.shown(run);
        reader.entries(run.id(), counts -> true, (segment, index, entry) -> {
            if (!isDoneLater(run, entry)) {
                entries.add(new EntryView(run, segment, index, shown.apply(entry)));
            }
            return true;
        });
        return entries;
    }

    private static boolean isDoneLater(Run run, Entry entry) {
        return entry.outcome() == Outcome.PLANNED && run.state() == RunState.SUCCESS;
    }
}
