package dev.concord.cli;

import dev.concord.cli.Table.Cell;
import dev.concord.cli.Table.Column;
import dev.concord.ledger.EntryCounts;
import dev.concord.ledger.EntryCsv;
import dev.concord.ledger.Run;
import dev.concord.record.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers of ops or entries, for people and programs. */
record CountReport(Screen screen, Run run, EntryCounts counts) {

    void print(ReportCommand.Format format) {
        switch (format) {
            case TABLE -> table();
            case JSON -> screen.result(Json.writePretty(json()));
            case CSV -> csv();
        }
    }

    private String unit() {
        return counts.ofEntries() ? "entries" : "ops";
    }

    private void table() {
        if (counts.lines().isEmpty()) {
            screen.say("Nothing in run " + Readable.shortId(run.id()) + " is like that.");
            return;
        }
        Table table =
                new Table(screen, Column.text(counts.by().toString()), Column.figure(unit()), Column.figure("failed"));
        for (EntryCounts.Line line : counts.lines()) {
            table.row(
                    Cell.of(line.value() == null ? Readable.NOTHING : Readable.harmless(line.value())),
                    Cell.figure(line.count()),
                    Cell.bad(line.failures()));
        }
        table.print();
    }

    private Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("run", run.id());
        json.putAll(counts.json());
        return json;
    }

    private void csv() {
        EntryCsv.Rows rows = EntryCsv.rows(screen.out());
        rows.write(counts.by().toString(), unit(), "failed");
        for (EntryCounts.Line line : counts.lines()) {
            rows.write(
                    line.value() == null ? "" : line.value(),
                    Long.toString(line.count()),
                    Long.toString(line.failures()));
        }
        rows.flush();
    }
}
