package dev.concord.system.file;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a CSV file. */
final class CsvRows implements RecordFormat.Reader {

    private final CsvFormat format;
    private final EndMarkedText text;
    private final CloseableIterator<CsvRecord> rows;
    private final RecordFormat.Layout layout;
    private final int idColumn;
    private @Nullable CsvRecord ahead;

    CsvRows(CsvFormat format, EndMarkedText text, CsvReader<CsvRecord> reader) throws IOException {
        this.format = format;
        this.text = text;
        this.rows = reader.iterator();
        CsvRecord header = row();
        if (header == null) {
            throw format.broken("the file is empty. Its first line must name the columns.");
        }
        List<String> columns = header.getFields().stream().map(String::strip).toList();
        check(columns);
        this.layout = new RecordFormat.Layout(columns, text.byteOrderMark(), text.carriageReturns());
        this.idColumn = columns.indexOf(format.id());
        this.ahead = row();
    }

    @Override
    public RecordFormat.Layout layout() {
        return layout;
    }

    @Override
    public @Nullable SourceRecord next() throws IOException {
        CsvRecord row = ahead;
        if (row == null) {
            return null;
        }
        ahead = row();
        boolean cut = ahead == null
                && !text.endsWithLineBreak()
                && (row.getFieldCount() < layout.columns().size() || isBroken(row.getField(row.getFieldCount() - 1)));
        return record(row.getStartingLineNumber(), row.getFields(), cut);
    }

    private SourceRecord record(long line, List<String> cells, boolean cut) {
        boolean lost = cells.stream().anyMatch(CsvRows::isBroken);
        SourceRecord.Raw raw = lost ? new SourceRecord.Raw.Lost() : new SourceRecord.Raw.Cells(cells);
        if (cells.size() != layout.columns().size()) {
            String reason = cut
                    ? "The file ends in the middle of it."
                    : "It has " + cells.size() + " columns; the header row has "
                            + layout.columns().size() + ".";
            // Behind a separator too many or too few, what stands in a column may be of another one; where one is
            // missing,
            // the first cell may be two of them.
            String first = cut || idColumn > 0 ? null : id(cells.getFirst());
            return new SourceRecord.Broken(
                    line, first, cells.size() < layout.columns().size(), reason, raw);
        }
        if (cut) {
            // What is left of it may not even have its whole id.
            return new SourceRecord.Broken(line, null, "The file ends in the middle of it.", raw);
        }
        String id = id(cells.get(idColumn));
        if (lost) {
            return new SourceRecord.Broken(line, id, "It holds bytes that are not " + format.charset() + ".", raw);
        }
        if (id == null) {
            return new SourceRecord.Broken(line, null, "It has no id in column '" + format.id() + "'.", raw);
        }
        Map<String, @Nullable Object> content = LinkedHashMap.newLinkedHashMap(cells.size());
        for (int i = 0; i < cells.size(); i++) {
            try {
                format.readCell(layout.columns().get(i), cells.get(i), content);
            } catch (Unfit e) {
                return new SourceRecord.Broken(line, id, e.reason(), raw);
            }
        }
        return new SourceRecord.Whole(line, id, content, raw);
    }

    private static @Nullable String id(String cell) {
        return cell.isBlank() || isBroken(cell) ? null : cell;
    }

    private static boolean isBroken(String cell) {
        return cell.indexOf(CsvFormat.BROKEN) >= 0;
    }

    /** The next row, or null behind the last one. */
    private @Nullable CsvRecord row() throws IOException {
        try {
            CsvRecord row = rows.next();
            String lastCell = row.getField(row.getFieldCount() - 1);
            if (!lastCell.endsWith(EndMarkedText.END) || rows.hasNext()) {
                return row;
            }
            if (row.getFieldCount() == 1 && lastCell.equals(EndMarkedText.END)) {
                return null;
            }
            throw format.broken("a quote that opens in the record of line " + row.getStartingLineNumber()
                    + " is never closed. The file is incomplete, or a quote inside a cell is not doubled.");
        } catch (CsvParseException e) {
            throw format.broken(
                    "the file is no CSV: " + reason(e) + ". Most often a quote that opens there is never closed.");
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String reason(CsvParseException e) {
        // The cause behind it may repeat characters of the record.
        return String.valueOf(e.getMessage());
    }

    private void check(List<String> columns) {
        Set<String> seen = new HashSet<>();
        Set<String> twice = new TreeSet<>();
        for (String column : columns) {
            if (isBroken(column)) {
                throw format.broken("the header row holds bytes that are not " + format.charset()
                        + ". Name the file's charset in the system's file, or save the file as " + format.charset()
                        + ".");
            }
            if (column.isEmpty()) {
                throw format.broken("the header row has a column without a name, at place "
                        + (columns.indexOf(column) + 1) + ". Every column needs a name of its own.");
            }
            if (!seen.add(column)) {
                twice.add(column);
            }
        }
        if (!twice.isEmpty()) {
            throw format.broken("the header row names " + String.join(", ", twice)
                    + " more than once. Every column needs a name of its own.");
        }
        Set<String> missing = new TreeSet<>(format.definitions().keySet());
        missing.add(format.id());
        missing.removeAll(seen);
        if (!missing.isEmpty()) {
            throw format.broken("the header row lacks " + String.join(", ", missing) + ". It names "
                    + String.join(", ", columns) + ", separated by '" + format.delimiter() + "'.");
        }
    }
}
