package dev.concord.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of one object, read by type. Whatever does not fit becomes a fault and reads as if it were not there, so
 * that all faults of a file are found in one go.
 */
final class Fields {

    /** What PingIDM's own store of configurations adds; nobody has written it. */
    private static final Set<String> CONFIGURATION_KEYS = Set.of("_id", "_rev");

    private final Node.Members node;
    private final Shape shape;
    private final FaultLog log;

    private Fields(Node.Members node, Shape shape, FaultLog log) {
        this.node = node;
        this.shape = shape;
        this.log = log;
    }

    /**
     * The fields of a node that must be an object; null, with a fault, when it is none. Keys that are not known are
     * warned about.
     */
    static @Nullable Fields of(Node node, Shape shape, FaultLog log) {
        if (!(node instanceof Node.Members members)) {
            log.error(
                    node,
                    Quote.node(node) + " stands here; an object is required, with the keys "
                            + String.join(", ", shape.keys().stream().limit(10).toList()));
            return null;
        }
        Fields fields = new Fields(members, shape, log);
        fields.unknown().values().forEach(fields::warnUnknown);
        EffectPending.warn(fields, shape);
        return fields;
    }

    Node.Members node() {
        return node;
    }

    FaultLog log() {
        return log;
    }

    /** What stands at a key; null when the key is not there or holds nothing. */
    @Nullable
    Node get(String key) {
        if (!shape.keys().contains(key)) {
            throw new IllegalArgumentException(shape + " has no key " + key);
        }
        Node value = node.members().get(key);
        return value == null || value.isNull() ? null : value;
    }

    /** The members that the shape does not know. */
    Map<String, Node> unknown() {
        Map<String, Node> unknown = new LinkedHashMap<>(node.members());
        unknown.keySet().removeAll(shape.keys());
        return unknown;
    }

    @Nullable
    Node required(String key) {
        Node value = get(key);
        if (value == null) {
            log.error(node, "the key " + key + " is required");
        }
        return value;
    }

    @Nullable
    String text(String key) {
        Node value = get(key);
        return value == null ? null : text(value, log);
    }

    @Nullable
    String requiredText(String key) {
        Node value = required(key);
        String text = value == null ? null : text(value, log);
        if (value != null && text != null && text.isBlank()) {
            log.error(value, "an empty text; the key " + key + " is required");
            return null;
        }
        return text;
    }

    /** A text; a number or boolean is a fault that says to quote it. */
    static @Nullable String text(Node node, FaultLog log) {
        if (node instanceof Node.Leaf leaf && leaf.value() instanceof String text) {
            return text;
        }
        boolean quotable = node instanceof Node.Leaf leaf && leaf.value() != null;
        log.error(
                node,
                Quote.node(node) + (quotable ? " is no text; put it in quotes" : " stands here; a text is required"));
        return null;
    }

    boolean flag(String key, boolean otherwise) {
        Boolean flag = flag(key);
        return flag == null ? otherwise : flag;
    }

    @Nullable
    Boolean flag(String key) {
        Node value = get(key);
        if (value == null) {
            return null;
        }
        if (value instanceof Node.Leaf leaf && leaf.value() instanceof Boolean flag) {
            return flag;
        }
        log.error(value, Quote.node(value) + " is no boolean; allowed: true, false" + booleanMeant(value));
        return null;
    }

    /** Words that were booleans in older YAML. */
    private static String booleanMeant(Node value) {
        String word = value instanceof Node.Leaf leaf ? String.valueOf(leaf.value()) : "";
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "yes", "on", "true", "y", "1" -> " (did you mean true?)";
            case "no", "off", "false", "n", "0" -> " (did you mean false?)";
            default -> "";
        };
    }

    int number(String key, int otherwise, int least, int most) {
        Node value = get(key);
        return value == null ? otherwise : number(value, otherwise, least, most, log);
    }

    static int number(Node node, int otherwise, int least, int most, FaultLog log) {
        if (node instanceof Node.Leaf leaf
                && leaf.value() instanceof Integer number
                && number >= least
                && number <= most) {
            return number;
        }
        log.error(node, Quote.node(node) + " is no whole number from " + least + " to " + most);
        return otherwise;
    }

    /** A list of texts; none when the key is not there. */
    List<String> texts(String key) {
        Node value = get(key);
        return value == null ? List.of() : texts(value);
    }

    private List<String> texts(Node value) {
        List<String> texts = new ArrayList<>();
        for (Node element : elements(value, "a list of texts")) {
            String text = text(element, log);
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    /** The elements of a list; none, with a fault, when it is no list. */
    List<Node> elements(String key, String what) {
        Node value = get(key);
        return value == null ? List.of() : elements(value, what);
    }

    List<Node> elements(Node value, String what) {
        if (value instanceof Node.Elements list) {
            return list.elements();
        }
        log.error(value, Quote.node(value) + " stands here; " + what + " is required");
        return List.of();
    }

    /** The members of an object of free keys; none, with a fault, when it is no object. */
    Map<String, Node> members(String key, String what) {
        Node value = get(key);
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Node.Members object) {
            return object.members();
        }
        log.error(value, Quote.node(value) + " stands here; " + what + " is required");
        return Map.of();
    }

    /** The fields of an object at a key; null when it is not there. */
    @Nullable
    Fields object(String key, Shape inner) {
        Node value = get(key);
        return value == null ? null : of(value, inner, log);
    }

    /** A word of a closed vocabulary, in any case. */
    <E extends Enum<E>> @Nullable E word(String key, Words<E> words) {
        Node value = get(key);
        return value == null ? null : words.read(value, log);
    }

    private void warnUnknown(Node value) {
        log.unknown(value);
        if (CONFIGURATION_KEYS.contains(value.at().token())) {
            return;
        }
        if (log.isFullOfWarnings()) {
            log.warning(value, "");
            return;
        }
        String key = value.at().token();
        String nearest = Suggestion.nearest(key, shape.keys());
        log.warning(
                value,
                "the key " + Quote.text(key) + " is not known and has no effect"
                        + (nearest == null ? "" : "; did you mean " + nearest + "?"));
    }
}
