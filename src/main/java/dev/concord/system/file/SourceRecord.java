package dev.concord.system.file;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One record as a file holds it. */
sealed interface SourceRecord {

    /** The line it starts at, counted from 1. */
    long line();

    @Nullable
    String id();

    Raw raw();

    /** A record that could be read. */
    record Whole(long line, String id, Map<String, @Nullable Object> content, Raw raw) implements SourceRecord {}

    /**
     * A record that could not be read; {@code reason} holds no personal values.
     *
     * @param possibly whether its id may well be another, so that whoever looks for this one finds it and nobody takes
     *     the other for absent
     */
    record Broken(long line, @Nullable String id, boolean possibly, String reason, Raw raw) implements SourceRecord {

        Broken(long line, @Nullable String id, String reason, Raw raw) {
            this(line, id, false, reason, raw);
        }
    }

    /** What the file holds there, to be written back as it was. */
    sealed interface Raw {

        record Cells(List<String> texts) implements Raw {}

        record Line(byte[] bytes) implements Raw {}

        /** Bytes that were lost when the text was decoded: a file with such a record cannot be written again. */
        record Lost() implements Raw {}
    }
}
