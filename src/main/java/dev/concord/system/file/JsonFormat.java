package dev.concord.system.file;

import dev.concord.mapping.AttributeDefinition;
import dev.concord.record.Json;
import dev.concord.record.JsonValues;
import dev.concord.system.UnusableObjectSet;
import dev.concord.system.WriteOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One JSON object a line; blank lines are skipped. */
record JsonFormat(String set, String id, Charset charset, Map<String, AttributeDefinition> attributes)
        implements RecordFormat {

    JsonFormat {
        if (!Arrays.equals("\n".getBytes(charset), new byte[] {'\n'})) {
            throw new UnusableObjectSet(set + ": a JSON lines file cannot be in " + charset
                    + ". Use UTF-8 or another charset that contains ASCII.");
        }
    }

    @Override
    public Reader read(InputStream file) {
        Lines lines = new Lines(set, file);
        return new Reader() {
            @Override
            public Layout layout() {
                return Layout.NONE;
            }

            @Override
            public @Nullable SourceRecord next() throws IOException {
                byte[] line = lines.next();
                return line == null ? null : parse(lines.number(), line);
            }
        };
    }

    @Override
    public Writer write(OutputStream file, Layout layout) {
        return new Writer() {
            @Override
            public void keep(SourceRecord.Raw raw) throws IOException {
                if (raw instanceof SourceRecord.Raw.Line line) {
                    file.write(line.bytes());
                    file.write('\n');
                }
            }

            @Override
            public void put(String recordId, Map<String, @Nullable Object> content, SourceRecord.@Nullable Whole before)
                    throws IOException {
                Map<String, @Nullable Object> members = new LinkedHashMap<>();
                members.put(id, recordId);
                members.putAll(content);
                file.write(Json.write(members).getBytes(charset));
                file.write('\n');
            }

            @Override
            public void finish() throws IOException {
                file.flush();
            }
        };
    }

    @Override
    public Layout newLayout() {
        return Layout.NONE;
    }

    @Override
    public Map<String, AttributeDefinition> attributes(Layout layout) {
        return attributes;
    }

    @Override
    public boolean open() {
        return true;
    }

    @Override
    public Map<String, @Nullable Object> asReadBack(String id, Map<String, @Nullable Object> content, Layout layout)
            throws Unfit {
        Object known = content.get(this.id);
        if (known != null && !id.equals(idOf(known))) {
            throw new Unfit(
                    WriteOutcome.Kind.CONSTRAINT,
                    this.id,
                    "Attribute '" + this.id + "' holds the object's id, and must be the same as _id.");
        }
        Encodable.check(charset, this.id, id);
        for (Map.Entry<String, @Nullable Object> attribute : content.entrySet()) {
            check(attribute.getKey(), attribute.getValue());
            Encodable.check(charset, attribute.getKey(), attribute.getKey() + Json.write(attribute.getValue()));
        }
        Map<String, @Nullable Object> back = Json.readObject(Json.write(content));
        if (!this.id.equals("_id")) {
            back.computeIfAbsent(this.id, any -> id);
        }
        return back;
    }

    @Override
    public Map<String, @Nullable Object> asStored(Map<String, @Nullable Object> content, Layout layout) {
        return content;
    }

    private void check(String name, @Nullable Object value) throws Unfit {
        AttributeDefinition definition = attributes.get(name);
        if (definition != null) {
            AttributeValues.check(definition, value);
        }
    }

    private SourceRecord parse(long number, byte[] bytes) {
        SourceRecord.Raw raw = new SourceRecord.Raw.Line(bytes);
        String text;
        try {
            text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return new SourceRecord.Broken(number, null, "It holds bytes that are not " + charset + ".", raw);
        }
        Map<String, @Nullable Object> content;
        try {
            content = Json.readObject(text);
        } catch (IllegalArgumentException e) {
            // The parser's own words may repeat values.
            return new SourceRecord.Broken(number, null, "It is not one JSON object.", raw);
        }
        String fault = JsonValues.fault(content);
        if (fault != null) {
            String whole = idOf(content.get(id));
            return new SourceRecord.Broken(
                    number, whole == null || !JsonValues.isWhole(whole) ? null : whole, "It " + fault + ".", raw);
        }
        String recordId = idOf(content.get(id));
        if (recordId == null) {
            return new SourceRecord.Broken(
                    number,
                    null,
                    "It has no id: member '" + id + "' must be a text that is not blank, or a whole number.",
                    raw);
        }
        try {
            for (Map.Entry<String, @Nullable Object> attribute : content.entrySet()) {
                check(attribute.getKey(), attribute.getValue());
            }
        } catch (Unfit e) {
            return new SourceRecord.Broken(number, recordId, e.reason(), raw);
        }
        content.remove("_id");
        content.remove("_rev");
        return new SourceRecord.Whole(number, recordId, content, raw);
    }

    private static @Nullable String idOf(@Nullable Object value) {
        return switch (value) {
            case String text -> text.isBlank() ? null : text;
            case Integer number -> number.toString();
            case Long number -> number.toString();
            case BigInteger number -> number.toString();
            case null, default -> null;
        };
    }
}
