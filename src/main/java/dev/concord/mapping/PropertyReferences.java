package dev.concord.mapping;

import dev.concord.record.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts values in the place of references to properties, <code>&amp;{name}</code> or <code>&amp;{name|otherwise}</code>,
 * in every text of a mapping file. A value is put in as it is; what it holds is no reference again.
 */
final class PropertyReferences {

    private static final Pattern REFERENCE = Pattern.compile("&\\{([A-Za-z0-9_][A-Za-z0-9_.-]{0,199})(?:\\|([^}]*))?}");

    private final String file;
    private final Sources sources;
    private final boolean strict;
    private final Map<String, String> found = new TreeMap<>();

    /** @param strict whether a property that has no value is an error; otherwise the reference stays */
    PropertyReferences(String file, Sources sources, boolean strict) {
        this.file = file;
        this.sources = sources;
        this.strict = strict;
    }

    /** The environment variable that sets a property: {@code mail.domain} is {@code MAIL_DOMAIN}. */
    static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** Where the closure of a run keeps the properties that a definition file refers to. */
    static String frozenPath(String file) {
        return "properties/" + file + ".json";
    }

    /** The properties that had a value, in a form that {@link FrozenSources} finds again; null when there were none. */
    @Nullable
    String frozen() {
        return found.isEmpty() ? null : Json.write(found);
    }

    Node resolve(Node node, FaultLog log) {
        return switch (node) {
            case Node.Leaf leaf ->
                leaf.value() instanceof String text && text.contains("&{")
                        ? new Node.Leaf(leaf.at(), resolve(text, leaf, log))
                        : leaf;
            case Node.Elements list -> {
                List<Node> elements = new ArrayList<>(list.elements().size());
                list.elements().forEach(element -> elements.add(resolve(element, log)));
                yield new Node.Elements(list.at(), List.copyOf(elements), list.size());
            }
            case Node.Members object -> {
                Map<String, Node> members = new LinkedHashMap<>();
                object.members().forEach((key, member) -> members.put(key, resolve(member, log)));
                yield new Node.Members(object.at(), members, object.size());
            }
        };
    }

    private String resolve(String text, Node node, FaultLog log) {
        Matcher reference = REFERENCE.matcher(text);
        StringBuilder resolved = new StringBuilder();
        while (reference.find()) {
            reference.appendReplacement(resolved, "");
            resolved.append(value(reference, node, log));
            if (resolved.length() > Limits.YAML_BYTES) {
                log.error(
                        node,
                        "the properties in this text are too long; at most " + Limits.YAML_BYTES
                                + " characters are read");
                return "";
            }
        }
        return reference.appendTail(resolved).toString();
    }

    private String value(Matcher reference, Node node, FaultLog log) {
        String name = reference.group(1);
        String value = sources.property(file, name);
        if (value != null) {
            found.put(name, value);
            return value;
        }
        String otherwise = reference.group(2);
        if (otherwise != null) {
            return otherwise;
        }
        if (strict) {
            log.error(
                    node,
                    "the property " + Quote.text(name) + " has no value; set the environment variable "
                            + Quote.shorten(variable(name), 60)
                            + ", write it into jobs/boot.properties, or give a default: &{"
                            + Quote.shorten(name, 60) + "|…}");
        }
        return reference.group();
    }
}
