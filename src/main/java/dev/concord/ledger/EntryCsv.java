package dev.concord.ledger;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.concord.record.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Entries as CSV (RFC 4180) with a header. Spreadsheets must not take a value for a formula, nor a part of a value
 * behind what some of them end cells with: a semicolon, a tab or a line break. Such values and parts get an apostrophe
 * before them, and so do those that begin with one, so that whoever takes one apostrophe off each gets all values back.
 * Not safe for use by several threads.
 */
public final class EntryCsv {

    /** Signs that begin a formula, in all widths, also behind what spreadsheets pass over. */
    private static final Pattern FORMULA =
            Pattern.compile("^[\\s\\p{Z}\\p{Cc}\\p{Cf}]*[=+\\-@\\t\\r＝＋－＠﹦﹢﹣﹫\u2212].*|^'.*", Pattern.DOTALL);

    /** What may end a cell, and behind it such a sign, or an apostrophe. */
    private static final Pattern FORMULA_INSIDE =
            Pattern.compile("(?<=[;\\t\\r\\n])(?=[\\s\\p{Z}\\p{Cc}\\p{Cf}&&[^;\\t\\r\\n]]*[=+\\-@＝＋－＠﹦﹢﹣﹫\u2212']|')");

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

    /**
     * The value, or with an apostrophe before it when a spreadsheet would calculate with it or take its own apostrophe
     * away. Numbers stay as they are.
     */
    public static String harmless(String value) {
        String inside = holdsSeparator(value) ? FORMULA_INSIDE.matcher(value).replaceAll("'") : value;
        if (value.isEmpty() || beginsWithAWord(value.charAt(0))) {
            return inside;
        }
        return FORMULA.matcher(value).matches() && !NUMBER.matcher(value).matches() ? "'" + inside : inside;
    }

    private static boolean holdsSeparator(String value) {
        return value.indexOf(';') >= 0
                || value.indexOf('\t') >= 0
                || value.indexOf('\n') >= 0
                || value.indexOf('\r') >= 0;
    }

    /** Nearly all values do, which need not be looked at any closer. */
    private static boolean beginsWithAWord(char first) {
        return (first >= 'a' && first <= 'z')
                || (first >= 'A' && first <= 'Z')
                || (first >= '0' && first <= '9')
                || first == '{'
                || first == '[';
    }

    /** A table of another kind whose values are as harmless. */
    public static Rows rows(Writer out) {
        return new Rows(CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out));
    }

    /** Rows of a table. */
    public record Rows(CsvWriter csv) {

        public void write(String... cells) {
            csv.writeRecord(Stream.of(cells).map(EntryCsv::harmless).toList());
        }

        public void flush() {
            try {
                csv.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public void flush() throws IOException {
        csv.flush();
    }

    private static String text(@Nullable Object value) {
        return Objects.toString(value, "");
    }
}
