package dev.concord.cli;

import dev.concord.ledger.EntryView;
import dev.concord.ledger.RunView;
import dev.concord.record.Json;
import dev.concord.run.plan.PlanTotals;
import java.time.Instant;

/** A plan as one JSON object, whose entries are written one by one. */
final class PlanJson implements PlanCommand.PlanReview {

    private final Screen screen;
    private final RunView plan;
    private final PlanTotals totals;
    private boolean any;

    PlanJson(Shell shell, RunView plan, PlanTotals totals) {
        this.screen = shell.screen();
        this.plan = plan;
        this.totals = totals;
    }

    @Override
    public void begin() {
        screen.result("{\"plan\": " + Json.write(plan.json(Instant.now())) + ",");
        screen.result("\"totals\": " + Json.write(totals.json()) + ",");
        screen.result("\"entries\": [");
    }

    @Override
    public void entry(EntryView entry) {
        screen.result((any ? "," : "") + Json.write(entry.json()));
        any = true;
    }

    @Override
    public void end(boolean more) {
        screen.result("],");
        screen.result("\"more\": " + more + "}");
    }
}
