package dev.concord.cli;

import dev.concord.ledger.EntryView;
import dev.concord.record.Json;

/** Entries as JSON, one a line. */
record EntryJsonLines(Screen screen) implements ReportCommand.Writer {

    @Override
    public void write(EntryView entry) {
        screen.result(Json.write(entry.json()));
    }

    @Override
    public void close() {}
}
