package dev.concord.system.file;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.concord.mapping.AttributeDefinition;
import dev.concord.record.JsonValues;
import dev.concord.system.SystemUnavailable;
import dev.concord.system.WriteOutcome;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A header row, then a record a row; cells may be quoted and hold line breaks. An empty cell is absent. */
record CsvFormat(String set, String id, char delimiter, Charset charset, Map<String, AttributeDefinition> definitions)
        implements RecordFormat {

    /** Stands for bytes that are not of the file's charset; no text holds this character. */
    static final char BROKEN = '\uFFFF';

    @Override
    public Reader read(InputStream file) throws IOException {
        EndMarkedText text = new EndMarkedText(new InputStreamReader(
                file,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)
                        .replaceWith(String.valueOf(BROKEN))));
        return new CsvRows(
                this,
                text,
                CsvReader.builder()
                        .fieldSeparator(delimiter)
                        .allowExtraFields(true)
                        .allowMissingFields(true)
                        .allowExtraCharsAfterClosingQuote(true)
                        .ofCsvRecord(text));
    }

    @Override
    public Writer write(OutputStream file, Layout layout) throws IOException {
        OutputStream kept = new FilterOutputStream(file) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                file.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                file.flush();
            }
        };
        OutputStreamWriter text = new OutputStreamWriter(
                kept,
                charset.newEncoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        if (layout.byteOrderMark()) {
            text.write('\uFEFF');
        }
        CsvWriter rows = CsvWriter.builder()
                .fieldSeparator(delimiter)
                .lineDelimiter(layout.carriageReturns() ? LineDelimiter.CRLF : LineDelimiter.LF)
                .build(text);
        rows.writeRecord(layout.columns());
        return new Writer() {
            @Override
            public void keep(SourceRecord.Raw raw) {
                if (raw instanceof SourceRecord.Raw.Cells cells) {
                    rows.writeRecord(cells.texts());
                }
            }

            @Override
            public void put(String id, Map<String, @Nullable Object> content, SourceRecord.@Nullable Whole before)
                    throws Unfit {
                rows.writeRecord(cells(id, content, layout, before));
            }

            @Override
            public void finish() throws IOException {
                rows.close();
            }
        };
    }

    @Override
    public Layout newLayout() {
        List<String> columns = new ArrayList<>(definitions.keySet());
        columns.remove(id);
        columns.addFirst(id);
        return new Layout(columns, false, false);
    }

    @Override
    public Map<String, AttributeDefinition> attributes(Layout layout) {
        Map<String, AttributeDefinition> attributes = new LinkedHashMap<>();
        layout.columns().stream()
                .filter(column -> !column.equals("_id"))
                .forEach(column -> attributes.put(column, definition(column)));
        return attributes;
    }

    @Override
    public boolean open() {
        return false;
    }

    @Override
    public Map<String, @Nullable Object> asReadBack(String id, Map<String, @Nullable Object> content, Layout layout)
            throws Unfit {
        List<String> cells = cells(id, content, layout, null);
        Map<String, @Nullable Object> back = new LinkedHashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            String column = layout.columns().get(i);
            Encodable.check(charset, column, cells.get(i));
            readCell(column, cells.get(i), back);
        }
        return back;
    }

    /** An empty text, for one, is absent when it comes back. */
    @Override
    public Map<String, @Nullable Object> asStored(Map<String, @Nullable Object> content, Layout layout) {
        Map<String, @Nullable Object> stored = new LinkedHashMap<>();
        content.forEach((name, value) -> {
            try {
                if (layout.columns().contains(name)) {
                    readCell(name, AttributeValues.write(definition(name), value), stored);
                    return;
                }
            } catch (Unfit e) {
                // Writing it will tell.
            }
            stored.put(name, value);
        });
        return stored;
    }

    /** Puts the value of a cell into an object, if there is one and it is not known as {@code _id} already. */
    void readCell(String column, String cell, Map<String, @Nullable Object> content) throws Unfit {
        Object value = AttributeValues.read(definition(column), cell);
        if (value != null && !column.equals("_id")) {
            content.put(column, value);
        }
    }

    AttributeDefinition definition(String column) {
        AttributeDefinition definition = definitions.get(column);
        return definition == null ? AttributeDefinition.string(column) : definition;
    }

    SystemUnavailable broken(String what) {
        return new SystemUnavailable(set + ": " + what, null);
    }

    /** Cells whose value did not change keep their spelling. */
    private List<String> cells(
            String recordId, Map<String, @Nullable Object> content, Layout layout, SourceRecord.@Nullable Whole before)
            throws Unfit {
        for (Map.Entry<String, @Nullable Object> attribute : content.entrySet()) {
            if (attribute.getValue() != null && !layout.columns().contains(attribute.getKey())) {
                throw Unfit.type(
                        attribute.getKey(),
                        "The file has no column '" + attribute.getKey()
                                + "'. Add it to the header row, or do not map it.");
            }
        }
        List<String> cells = new ArrayList<>(layout.columns().size());
        for (int i = 0; i < layout.columns().size(); i++) {
            String column = layout.columns().get(i);
            Object value = content.get(column);
            if (column.equals(id)) {
                cells.add(idCell(recordId, value));
                continue;
            }
            cells.add(
                    before != null
                                    && before.raw() instanceof SourceRecord.Raw.Cells old
                                    && JsonValues.same(before.content().get(column), value)
                            ? old.texts().get(i)
                            : AttributeValues.write(definition(column), value));
        }
        return cells;
    }

    private String idCell(String recordId, @Nullable Object value) throws Unfit {
        Object known = AttributeValues.read(definition(id), recordId);
        if (value != null && !JsonValues.same(known, value)) {
            throw new Unfit(
                    WriteOutcome.Kind.CONSTRAINT,
                    id,
                    "Attribute '" + id + "' holds the object's id, and must be the same as _id.");
        }
        return recordId;
    }
}
