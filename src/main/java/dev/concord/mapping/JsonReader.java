package dev.concord.mapping;

import dev.concord.mapping.TreeBuilder.Refused;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON into the same tree that YAML becomes. */
final class JsonReader {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(2 * Limits.DEPTH)
                    .maxNameLength(50_000)
                    .maxStringLength(Limits.JSON_BYTES)
                    .maxNumberLength(Limits.JSON_BYTES)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final String file;
    private final FaultLog log;
    private final TreeBuilder tree;

    private JsonReader(String file, FaultLog log) {
        this.file = file;
        this.log = log;
        this.tree = new TreeBuilder(file, log);
    }

    /** The tree of a file, or null when it cannot be read at all, which the log then explains. */
    static @Nullable Node read(String file, String text, FaultLog log) {
        return new JsonReader(file, log).read(text);
    }

    private @Nullable Node read(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            JsonToken token = parser.nextToken();
            while (token != null) {
                if (tree.root() != null) {
                    throw tree.refuse(Spot.root(file, line(parser)), "more text after the end; a file holds one value");
                }
                take(token, parser);
                token = parser.nextToken();
            }
        } catch (Refused e) {
            return null;
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            log.error(
                    Spot.root(file, at == null ? 0 : Math.max(at.getLineNr(), 0)),
                    "not JSON: " + Quote.shorten(withoutValues(String.valueOf(e.getOriginalMessage())), 160));
            return null;
        }
        Node root = tree.root();
        if (root == null || root.isNull()) {
            log.error(Spot.root(file, 1), "the file is empty; remove it or write a definition");
            return null;
        }
        return root;
    }

    private void take(JsonToken token, JsonParser parser) {
        int line = line(parser);
        switch (token) {
            case START_OBJECT -> tree.start(true, line);
            case START_ARRAY -> tree.start(false, line);
            case END_OBJECT, END_ARRAY -> tree.end();
            case PROPERTY_NAME -> tree.key(parser.currentName(), line);
            case VALUE_STRING -> tree.scalar(parser.getString(), line);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> tree.scalar(number(parser.getString(), line), line);
            case VALUE_TRUE -> tree.scalar(true, line);
            case VALUE_FALSE -> tree.scalar(false, line);
            case VALUE_NULL -> tree.scalar(null, line);
            case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> throw tree.refuse(Spot.root(file, line), "not JSON");
        }
    }

    private Number number(String text, int line) {
        Number number = Numbers.of(text);
        if (number == null) {
            throw tree.refuse(tree.next(line), Numbers.REFUSED);
        }
        return number;
    }

    /** A word without quotes may be a password. */
    private static String withoutValues(String message) {
        return message.replaceAll("Unrecognized token '[^']*'", "a word without quotes");
    }

    private static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }
}
