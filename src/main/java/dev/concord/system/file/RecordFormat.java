package dev.concord.system.file;

import dev.concord.mapping.AttributeDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How records stand in a file. Trouble with the file as a whole (no header, a quote that is never closed) is thrown as
 * {@link dev.concord.system.SystemUnavailable}, trouble with a record is a {@link SourceRecord.Broken}.
 */
sealed interface RecordFormat permits CsvFormat, JsonFormat {

    /** Starts reading; what describes the file as a whole is read at once. */
    Reader read(InputStream file) throws IOException;

    /** Starts writing a file of this layout. */
    Writer write(OutputStream file, Layout layout) throws IOException;

    /** The column or member that holds the id. Objects also show it under this name, unless that is {@code _id}. */
    String id();

    /** How a file that does not exist yet is laid out. */
    Layout newLayout();

    /** The attributes of objects in a file of this layout, by name. */
    Map<String, AttributeDefinition> attributes(Layout layout);

    /** Whether objects may have attributes that are not listed. */
    boolean open();

    /** The content as it will be read back from the file, or why the file cannot hold it. */
    Map<String, @Nullable Object> asReadBack(String id, Map<String, @Nullable Object> content, Layout layout)
            throws Unfit;

    /** The content as it will be read back; attributes that the file cannot hold stay as they are. */
    Map<String, @Nullable Object> asStored(Map<String, @Nullable Object> content, Layout layout);

    /** What a file says of itself before its records. A JSON lines file says nothing. */
    record Layout(List<String> columns, boolean byteOrderMark, boolean carriageReturns) {
        static final Layout NONE = new Layout(List.of(), false, false);
    }

    /** The records in file order. */
    interface Reader {
        Layout layout();

        @Nullable
        SourceRecord next() throws IOException;
    }

    /** Writes records in the order of the calls. */
    interface Writer {
        /** What an unchanged or unreadable record holds, as it was. */
        void keep(SourceRecord.Raw raw) throws IOException;

        /** A new or changed object; {@code before} is the record it replaces. */
        void put(String id, Map<String, @Nullable Object> content, SourceRecord.@Nullable Whole before)
                throws IOException, Unfit;

        /** Hands everything over to the stream, which stays open. */
        void finish() throws IOException;
    }
}
