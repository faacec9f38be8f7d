package dev.concord.cli;

import dev.concord.ledger.EntryCsv;
import dev.concord.ledger.EntryView;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Entries as CSV, on standard output. */
final class EntryCsvLines implements ReportCommand.Writer {

    private final EntryCsv csv;

    EntryCsvLines(Screen screen) {
        this.csv = new EntryCsv(screen.out());
    }

    @Override
    public void write(EntryView entry) {
        csv.write(entry);
    }

    /** The stream is the process's own and stays open. */
    @Override
    public void close() {
        try {
            csv.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
