package dev.concord.ledger;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.concord.record.Json;
import java.io.IOException;
import java.io.Writer;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Entries as CSV (RFC 4180) with a header. Spreadsheets must not take a value for a formula: such values get an
 * apostrophe. Not safe for use by several threads.
 */
public final class EntryCsv {

    private static final Pattern FORMULA = Pattern.compile("^\\s*[=+\\-@\\t\\r＝＋－＠].*", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

    private final CsvWriter csv;

    /** Writes the header; the writer stays open. */
    public EntryCsv(Writer out) {
        this.csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
        csv.writeRecord(
                "run",
                "mapping",
                "situation",
                "action",
                "status",
                "errorKind",
                "linkQualifier",
                "sourceId",
                "targetId",
                "candidateIds",
                "message",
                "detail",
                "display",
                "differences");
    }

    public void write(EntryView view) {
        Entry entry = view.entry();
        Outcome errorKind = view.errorKind();
        csv.writeRecord(Stream.of(
                        view.run().id(),
                        view.run().mapping(),
                        text(entry.situation()),
                        text(entry.action()),
                        view.status().name(),
                        text(errorKind),
                        entry.qualifier(),
                        text(entry.sourceId()),
                        text(entry.targetId()),
                        entry.candidateIds().isEmpty() ? "" : Json.write(entry.candidateIds()),
                        text(entry.message()),
                        text(entry.detail()),
                        entry.display().isEmpty() ? "" : Json.write(entry.display()),
                        entry.differences().isEmpty() ? "" : Json.write(entry.differences()))
                .map(EntryCsv::harmless)
                .toList());
    }

    /** The value, or with an apostrophe before it when a spreadsheet would calculate with it. */
    public static String harmless(String value) {
        return FORMULA.matcher(value).matches() && !NUMBER.matcher(value).matches() ? "'" + value : value;
    }

    public void flush() throws IOException {
        csv.flush();
    }

    private static String text(@Nullable Object value) {
        return Objects.toString(value, "");
    }
}
