package dev.concord.mapping;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Writes plain values as YAML that people like to read: what is short stands on one line, texts of several lines stand
 * as blocks. How a text is quoted is left to the library.
 */
final class YamlWriter {

    private static final int COLUMNS = 110;
    /** A key is only read as one up to so many characters, unless it is marked as a key. */
    private static final int SIMPLE_KEY = 1_000;

    private static final String INDENT = "  ";

    private final StringBuilder out = new StringBuilder();
    private final Dump words = dump(ScalarStyle.PLAIN);
    private final Dump quoted = dump(ScalarStyle.DOUBLE_QUOTED);

    private YamlWriter() {}

    private static Dump dump(ScalarStyle style) {
        return new Dump(DumpSettings.builder()
                .setSchema(new CoreSchema())
                .setDefaultFlowStyle(FlowStyle.FLOW)
                .setDefaultScalarStyle(style)
                .setWidth(Integer.MAX_VALUE)
                .setSplitLines(false)
                .setUseUnicodeEncoding(true)
                .build());
    }

    /** A whole file: comments on top, and an empty line around each member that takes several. */
    static String write(List<String> comments, Map<String, @Nullable Object> root) {
        YamlWriter writer = new YamlWriter();
        comments.forEach(comment -> writer.out.append("# ").append(comment).append('\n'));
        boolean apart = false;
        for (Map.Entry<String, @Nullable Object> member : root.entrySet()) {
            int start = writer.out.length();
            writer.member("", member.getKey(), member.getValue());
            boolean several = writer.out.indexOf("\n", start) < writer.out.length() - 1;
            // An empty line behind a block that keeps its own would become one of those.
            boolean kept = start > 1 && writer.out.substring(start - 2, start).equals("\n\n");
            if ((several || apart) && !kept) {
                writer.out.insert(start, '\n');
            }
            apart = several;
        }
        return writer.out.toString();
    }

    private void member(String indent, String key, @Nullable Object value) {
        String name = key(key);
        String line = indent + (name.length() > SIMPLE_KEY ? "? " + name + "\n" + indent : name) + ":";
        String inline = inline(value);
        boolean rows = value instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance);
        if (inline != null && !rows && (hasOneLine(value) || line.length() + 1 + inline.length() <= COLUMNS)) {
            out.append(line).append(' ').append(inline).append('\n');
            return;
        }
        out.append(line);
        switch (value) {
            case String text -> block(indent, text);
            case Map<?, ?> map -> {
                out.append('\n');
                members(indent + INDENT, map);
            }
            case List<?> list -> {
                out.append('\n');
                elements(indent + INDENT, list);
            }
            case null, default -> throw new IllegalArgumentException("Not JSON: " + value);
        }
    }

    private void members(String indent, Map<?, ?> map) {
        map.forEach((key, value) -> member(indent, String.valueOf(key), value));
    }

    private void elements(String indent, List<?> list) {
        for (Object element : list) {
            String inline = inline(element);
            if (inline != null && (hasOneLine(element) || indent.length() + 2 + inline.length() <= COLUMNS)) {
                out.append(indent).append("- ").append(inline).append('\n');
            } else if (element instanceof Map<?, ?> map) {
                int start = out.length();
                members(indent + INDENT, map);
                out.replace(start, start + indent.length() + 2, indent + "- ");
            } else if (element instanceof List<?> inner) {
                out.append(indent).append("-\n");
                elements(indent + INDENT, inner);
            } else {
                out.append(indent)
                        .append("- ")
                        .append(escaped(String.valueOf(element)))
                        .append('\n');
            }
        }
    }

    /** A text of several lines, after its key. The sign behind the bar says how many line ends the text ends with. */
    private void block(String indent, String text) {
        String inner = indent + INDENT;
        out.append(" |");
        if (text.stripLeading().length() < text.length()) {
            // Otherwise the blanks of the first line would be taken for the block's own.
            out.append(INDENT.length());
        }
        boolean ended = text.endsWith("\n");
        if (!ended) {
            out.append('-');
        } else if (text.endsWith("\n\n")) {
            out.append('+');
        }
        out.append('\n');
        for (String line : (ended ? text.substring(0, text.length() - 1) : text).split("\n", -1)) {
            out.append(line.isEmpty() ? "" : inner).append(line).append('\n');
        }
    }

    /** The value on one line, or null when that is no way to write it. */
    private @Nullable String inline(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Boolean flag -> flag.toString();
            case BigDecimal decimal -> {
                String digits = decimal.toString();
                yield digits.matches("-?[0-9]+") ? digits + ".0" : digits;
            }
            case Number number -> number.toString();
            case String text -> isBlock(text) ? null : scalar(text);
            case List<?> list -> {
                StringBuilder line = new StringBuilder("[");
                for (Object element : list) {
                    String inline = inline(element);
                    if (inline == null) {
                        yield null;
                    }
                    line.append(line.length() > 1 ? ", " : "").append(inline);
                }
                yield line.append(']').toString();
            }
            case Map<?, ?> map -> {
                StringBuilder line = new StringBuilder("{");
                for (Map.Entry<?, ?> member : map.entrySet()) {
                    String inline = inline(member.getValue());
                    String key = key(String.valueOf(member.getKey()));
                    if (inline == null || key.length() > SIMPLE_KEY) {
                        yield null;
                    }
                    line.append(line.length() > 1 ? ", " : "")
                            .append(key)
                            .append(": ")
                            .append(inline);
                }
                yield line.append('}').toString();
            }
            default -> throw new IllegalArgumentException("Not JSON: " + value.getClass());
        };
    }

    /** Whether there is nothing that could go to a line of its own, however long the line becomes. */
    private static boolean hasOneLine(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> map.isEmpty();
            case List<?> list -> list.isEmpty();
            case null, default -> true;
        };
    }

    private String key(String key) {
        // Not quoted, it would ask to merge objects.
        return key.equals("<<") ? escaped(key) : scalar(key);
    }

    private String scalar(String text) {
        return text.indexOf('\n') >= 0 ? escaped(text) : element(words, text);
    }

    private String escaped(String text) {
        return element(quoted, text);
    }

    /** As an element of a list on one line, a text is quoted for every place it may stand in. */
    private static String element(Dump dump, String text) {
        String list = dump.dumpToString(List.of(text)).strip();
        return list.substring(1, list.length() - 1);
    }

    /** Whether a text has several lines, and all its characters may stand in a block as they are. */
    private static boolean isBlock(String text) {
        if (text.indexOf('\n') < 0 || text.isBlank()) {
            return false;
        }
        return text.codePoints()
                .allMatch(c -> c == '\t'
                        || c == '\n'
                        || (c >= ' ' && c <= '~')
                        || (c >= 0xA0 && c <= 0xD7FF && c != 0x2028 && c != 0x2029)
                        || (c >= 0xE000 && c <= 0xFFFD && c != 0xFEFF)
                        || c >= 0x10000);
    }
}
