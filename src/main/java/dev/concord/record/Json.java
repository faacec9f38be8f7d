package dev.concord.record;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON text to and from plain values. Safe for use by several threads. */
public final class Json {

    /** How deep values of records may nest. */
    public static final int DEEPEST_VALUE = 500;

    /** What Concord writes around a value of a record must not make it unreadable. */
    private static final int DEEPEST = 2 * DEEPEST_VALUE;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .streamWriteConstraints(StreamWriteConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final JsonMapper PRETTY =
            MAPPER.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {}

    /**
     * The value a text stands for. Throws {@link IllegalArgumentException} saying where and why when it is no JSON; the
     * text itself is not repeated.
     */
    public static @Nullable Object read(String text) {
        try {
            return MAPPER.readValue(text, Object.class);
        } catch (JacksonException e) {
            // The reader's own message repeats the words it stumbled over.
            TokenStreamLocation place = e.getLocation();
            throw new IllegalArgumentException(
                    place == null
                            ? "Not JSON."
                            : "Not JSON: fault at line " + place.getLineNr() + ", column " + place.getColumnNr() + ".");
        }
    }

    /** The object a text stands for. Throws {@link IllegalArgumentException} when it is no JSON object. */
    @SuppressWarnings("unchecked")
    public static Map<String, @Nullable Object> readObject(String text) {
        if (read(text) instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw new IllegalArgumentException("Not a JSON object.");
    }

    /** One line of JSON. Values may also be records; their components become members. */
    public static String write(@Nullable Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** Indented JSON for people. */
    public static String writePretty(@Nullable Object value) {
        return PRETTY.writeValueAsString(value);
    }
}
