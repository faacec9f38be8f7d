package dev.concord.system.file;

import dev.concord.record.Json;
import dev.concord.record.Resource;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One record as a snapshot holds it: {@code {"id":"…","line":17,"content":{…}}}, or
 * {@code {"fault":"…","line":17,"id":…}} for a record that could not be read.
 *
 * @param possibly whether the id may well be another
 */
record SnapshotLine(
        @Nullable String id,
        boolean possibly,
        long line,
        @Nullable String fault,
        Map<String, @Nullable Object> content) {

    private static final byte[] START = "{\"id\":\"".getBytes(StandardCharsets.US_ASCII);

    /** The object of a record that could be read. */
    Resource resource() {
        return new Resource(Objects.requireNonNull(id), null, content);
    }

    String place() {
        return "line " + line;
    }

    static byte[] write(SourceRecord source) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        switch (source) {
            case SourceRecord.Whole whole -> {
                line.put("id", whole.id());
                line.put("line", whole.line());
                line.put("content", whole.content());
            }
            case SourceRecord.Broken broken -> {
                line.put("fault", broken.reason());
                line.put("line", broken.line());
                line.put("id", broken.id());
                if (broken.possibly()) {
                    line.put("possibly", true);
                }
            }
        }
        return Json.write(line).getBytes(StandardCharsets.UTF_8);
    }

    @SuppressWarnings("unchecked")
    static SnapshotLine read(byte[] bytes) {
        Map<String, @Nullable Object> line = Json.readObject(new String(bytes, StandardCharsets.UTF_8));
        return new SnapshotLine(
                (String) line.get("id"),
                line.containsKey("possibly"),
                line.get("line") instanceof Number number ? number.longValue() : 0,
                (String) line.get("fault"),
                line.get("content") instanceof Map<?, ?> content ? (Map<String, @Nullable Object>) content : Map.of());
    }

    /** The id of a readable record whose id needs no escapes, without reading the rest; null for all others. */
    static @Nullable String plainId(byte[] bytes) {
        if (bytes.length < START.length) {
            return null;
        }
        for (int i = 0; i < START.length; i++) {
            if (bytes[i] != START[i]) {
                return null;
            }
        }
        for (int i = START.length; i < bytes.length; i++) {
            if (bytes[i] == '\\') {
                return null;
            }
            if (bytes[i] == '"') {
                return new String(bytes, START.length, i - START.length, StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    static @Nullable String idOf(byte[] bytes) {
        String plain = plainId(bytes);
        return plain == null ? read(bytes).id() : plain;
    }
}
