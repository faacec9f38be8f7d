import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** The three ways the company is written down. */
final class Text {

    private Text() {}

    /** A line of CSV; a cell is quoted when it holds a delimiter, a quote or a line break. */
    static String csvLine(char delimiter, String... cells) {
        return Arrays.stream(cells)
                .map(cell -> cell.indexOf(delimiter) < 0 && cell.indexOf('"') < 0 && cell.indexOf('\n') < 0
                        ? cell
                        : '"' + cell.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(String.valueOf(delimiter), "", "\n"));
    }

    /** An SQL literal in the spelling that H2, MySQL and MariaDB share. */
    static String sql(Object value) {
        return switch (value) {
            case null -> "NULL";
            case String text when text.indexOf('\\') >= 0 -> throw new IllegalArgumentException(
                    "MySQL reads a backslash as an escape, H2 does not: " + text);
            case String text -> "'" + text.replace("'", "''") + "'";
            case Boolean flag -> flag ? "TRUE" : "FALSE";
            case Number number -> number.toString();
            default -> throw new IllegalArgumentException("No literal for " + value.getClass());
        };
    }

    /** Indented JSON; an object without nested values stays on one line. */
    static String json(Object value) {
        return json(value, "") + "\n";
    }

    private static String json(Object value, String indent) {
        String inner = indent + "  ";
        return switch (value) {
            case Map<?, ?> map when map.values().stream().noneMatch(v -> v instanceof Map || v instanceof Collection) ->
                map.entrySet().stream()
                        .map(e -> quote(e.getKey().toString()) + ": " + json(e.getValue(), inner))
                        .collect(Collectors.joining(", ", "{", "}"));
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(e -> inner + quote(e.getKey().toString()) + ": " + json(e.getValue(), inner))
                        .collect(Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
            case Collection<?> list when list.isEmpty() -> "[]";
            case Collection<?> list ->
                list.stream()
                        .map(element -> inner + json(element, inner))
                        .collect(Collectors.joining(",\n", "[\n", "\n" + indent + "]"));
            case String text -> quote(text);
            default -> String.valueOf(value);
        };
    }

    private static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
