package dev.concord.mapping;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** How values of definition files are shown in messages: on one line, and not too long. */
final class Quote {

    private static final int CHARACTERS = 60;

    private Quote() {}

    static String text(String text) {
        return '"' + shorten(text, CHARACTERS) + '"';
    }

    /**
     * What a node holds, in the words of messages: a text in quotes, a number as it is, {@code a list}, {@code an
     * object}.
     */
    static String node(Node node) {
        return switch (node) {
            case Node.Members _ -> "an object";
            case Node.Elements _ -> "a list";
            case Node.Leaf leaf -> value(leaf.value());
        };
    }

    static String shorten(String text, int characters) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < text.length() && i < characters; i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> line.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '\uFFFD' : c);
            }
        }
        return text.length() > characters ? line.append('…').toString() : line.toString();
    }

    private static String value(@Nullable Object value) {
        return switch (value) {
            case null -> "nothing";
            case String text -> text(text);
            case BigDecimal number -> shorten(number.toString(), CHARACTERS);
            default -> shorten(value.toString(), CHARACTERS);
        };
    }
}
