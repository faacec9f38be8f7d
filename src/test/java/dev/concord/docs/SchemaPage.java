package dev.concord.docs;

import dev.concord.record.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One of the published JSON Schemas, written out as sections of a page: a table of keys each. */
final class SchemaPage {

    private static final String DEFINITIONS = "#/$defs/";

    private final Map<String, @Nullable Object> schema;
    private final Map<String, @Nullable Object> definitions;

    private SchemaPage(Map<String, @Nullable Object> schema) {
        this.schema = schema;
        this.definitions = object(schema.get("$defs"));
    }

    static SchemaPage of(String name) {
        try {
            return new SchemaPage(
                    Json.readObject(Files.readString(Path.of("src/main/resources/schema", name + ".schema.json"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All sections: the file as such, then every kind of object inside it. */
    String text(String heading) {
        StringBuilder text = new StringBuilder("## " + heading + "\n\n");
        text.append(schema.get("description")).append("\n\n").append(table(schema));
        definitions.keySet().stream().filter(name -> !keys(name).isEmpty()).forEach(name -> {
            Map<String, @Nullable Object> definition = object(definitions.get(name));
            text.append("\n### ").append(title(name)).append("\n\n");
            text.append(said(definition, "description", name)).append("\n\n");
            text.append(table(withKeys(definition)));
        });
        return text.toString();
    }

    private String table(Map<String, @Nullable Object> object) {
        StringBuilder table = new StringBuilder("| key | value | default | meaning |\n|---|---|---|---|\n");
        List<?> required = object.get("required") instanceof List<?> list ? list : List.of();
        object(object.get("properties")).forEach((key, value) -> {
            if (Boolean.TRUE.equals(value)) {
                return; // said of the whole file already
            }
            Map<String, @Nullable Object> property = object(value);
            String otherwise = required.contains(key)
                    ? "required"
                    : property.containsKey("default") ? code(property.get("default")) : "";
            table.append("| `%s` | %s | %s | %s |\n"
                    .formatted(key, cell(value(property)), otherwise, cell(meaning(property, key))));
        });
        return table.toString();
    }

    private static String meaning(Map<String, @Nullable Object> property, String key) {
        String meaning = said(property, "description", key);
        if (!(property.get("examples") instanceof List<?> examples)) {
            return meaning;
        }
        return meaning + " Such as " + examples.stream().map(SchemaPage::code).collect(Collectors.joining(", ")) + ".";
    }

    /** What may stand at a key, in words. */
    private String value(Map<String, @Nullable Object> property) {
        if (property.get("$ref") instanceof String reference) {
            return reference(reference.substring(DEFINITIONS.length()));
        }
        if (property.containsKey("const")) {
            return code(property.get("const"));
        }
        if (property.get("enum") instanceof List<?> words) {
            return words.stream().map(SchemaPage::code).collect(Collectors.joining(", "));
        }
        if (property.get("anyOf") instanceof List<?> alternatives) {
            return alternatives(alternatives);
        }
        return switch (String.valueOf(property.get("type"))) {
            case "string" -> "text";
            case "boolean" -> "`true`, `false`";
            case "integer" -> "whole number" + range(property);
            case "array" -> "list of " + plural(value(object(property.get("items"))));
            case "object" -> entries(property);
            default -> "anything";
        };
    }

    private String alternatives(List<?> alternatives) {
        Set<String> words = new LinkedHashSet<>();
        for (Object each : alternatives) {
            Map<String, @Nullable Object> alternative = object(each);
            boolean spelling = alternative.keySet().equals(Set.of("pattern"));
            boolean nothing = Integer.valueOf(0).equals(alternative.get("maxProperties"))
                    || "null".equals(alternative.get("type"));
            if (!spelling && !nothing) {
                words.add(value(alternative));
            }
        }
        return String.join(" or ", words);
    }

    private static String plural(String value) {
        return value.replaceFirst("^text\\b", "texts");
    }

    private String entries(Map<String, @Nullable Object> property) {
        return property.get("additionalProperties") instanceof Map<?, ?> each
                ? "by name: " + value(object(each))
                : "object";
    }

    private static String range(Map<String, @Nullable Object> property) {
        Object least = property.get("minimum");
        Object most = property.get("maximum");
        if (least == null) {
            return "";
        }
        boolean open = most == null || most.equals(Integer.MAX_VALUE);
        return open ? " from " + least : " from %s to %s".formatted(least, most);
    }

    /** The title of a definition, with a link to the section that has its keys. */
    private String reference(String name) {
        String home = keys(name).isEmpty() ? homeOf(name) : name;
        String title =
                title(name).toLowerCase(Locale.ROOT).replace("csv", "CSV").replace("json", "JSON");
        return home.isEmpty() ? title : "[" + title + "](#" + anchor(title(home)) + ")";
    }

    /** Among the alternatives of a definition, the one that has a section. */
    private String homeOf(String name) {
        Map<String, @Nullable Object> definition = object(definitions.get(name));
        return Stream.of("anyOf", "then", "items")
                .flatMap(key -> definition.get(key) instanceof List<?> list
                        ? list.stream()
                        : Stream.ofNullable(definition.get(key)))
                .flatMap(each -> Stream.concat(
                        Stream.of(each),
                        object(each).get("anyOf") instanceof List<?> inner
                                ? inner.stream()
                                : object(each).get("allOf") instanceof List<?> all ? all.stream() : Stream.empty()))
                .map(each -> object(each).get("$ref"))
                .filter(reference -> reference instanceof String text
                        && !keys(text.substring(DEFINITIONS.length())).isEmpty())
                .map(reference -> String.valueOf(reference).substring(DEFINITIONS.length()))
                .findFirst()
                .orElse("");
    }

    private Map<String, @Nullable Object> keys(String name) {
        return object(withKeys(object(definitions.get(name))).get("properties"));
    }

    /** The definition itself, or the alternative of it that has keys. */
    private static Map<String, @Nullable Object> withKeys(Map<String, @Nullable Object> definition) {
        if (definition.containsKey("properties") || !(definition.get("anyOf") instanceof List<?> alternatives)) {
            return definition;
        }
        return alternatives.stream()
                .map(SchemaPage::object)
                .filter(alternative -> alternative.containsKey("properties"))
                .findFirst()
                .orElse(definition);
    }

    private String title(String name) {
        return said(object(definitions.get(name)), "title", name);
    }

    private static String said(Map<String, @Nullable Object> of, String what, String name) {
        if (of.get(what) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw new AssertionError(name + " has no " + what + " in its schema; write one");
    }

    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    private static String code(@Nullable Object value) {
        return "`" + (value instanceof String text ? text : Json.write(value)) + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> object.put(String.valueOf(key), member));
        }
        return object;
    }
}
