package dev.concord.system.file;

import dev.concord.mapping.AttributeDefinition;
import dev.concord.record.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values of attributes as the text of CSV cells and back, and whether a value is of its attribute's type. */
final class AttributeValues {

    private static final int MOST_ZEROS = 1000;
    private static final String DEFAULT_SEPARATOR = ";";

    private AttributeValues() {}

    /** The value a cell stands for; an empty cell is absent. */
    static @Nullable Object read(AttributeDefinition definition, String cell) throws Unfit {
        if (cell.isEmpty()) {
            return null;
        }
        if (!definition.multivalued()) {
            return readOne(definition, cell);
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (String part : cell.split(Pattern.quote(separator(definition)), -1)) {
            if (!part.isEmpty()) {
                values.add(readOne(definition, part));
            }
        }
        return values.isEmpty() ? null : values;
    }

    /** The cell that {@link #read} makes the same value of. */
    static String write(AttributeDefinition definition, @Nullable Object value) throws Unfit {
        if (value == null) {
            return "";
        }
        if (!definition.multivalued()) {
            return writeOne(definition, value);
        }
        if (!(value instanceof List<?> list)) {
            throw Unfit.type(definition.name(), mustBe(definition, "a list"));
        }
        String separator = separator(definition);
        List<String> parts = new ArrayList<>(list.size());
        for (Object element : list) {
            String part = element == null ? "" : writeOne(definition, element);
            if (part.isEmpty() || part.contains(separator)) {
                throw Unfit.type(
                        definition.name(),
                        "A value of attribute '" + definition.name() + "' is empty or contains '" + separator
                                + "', which separates values in its cell; choose another separator.");
            }
            parts.add(part);
        }
        return String.join(separator, parts);
    }

    /** Checks a value of a JSON file; attributes without a type of their own hold whatever the file holds. */
    static void check(AttributeDefinition definition, @Nullable Object value) throws Unfit {
        switch (value) {
            case null -> {}
            case List<?> list -> {
                for (Object element : list) {
                    if (element != null) {
                        checkOne(definition, element);
                    }
                }
            }
            default -> checkOne(definition, value);
        }
    }

    private static Object readOne(AttributeDefinition definition, String text) throws Unfit {
        try {
            return switch (definition.type()) {
                case STRING -> text;
                case INTEGER -> smallest(new BigInteger(text.strip()));
                case NUMBER -> new BigDecimal(text.strip());
                case BOOLEAN -> readBoolean(definition, text.strip());
                case DATE -> {
                    LocalDate.parse(text.strip());
                    yield text.strip();
                }
                case DATETIME -> {
                    DateTimeFormatter.ISO_DATE_TIME.parse(text.strip());
                    yield text.strip();
                }
                case OBJECT -> Json.readObject(text);
            };
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw Unfit.type(definition.name(), mustBe(definition, expected(definition)));
        }
    }

    private static String writeOne(AttributeDefinition definition, Object value) throws Unfit {
        if (definition.type() == AttributeDefinition.AttributeType.STRING && !(value instanceof String)) {
            throw Unfit.type(
                    definition.name(),
                    mustBe(definition, "text")
                            + " To keep other values, give the attribute its type in the system's file.");
        }
        checkOne(definition, value);
        return switch (value) {
            case String text -> text;
            case BigDecimal decimal -> digits(decimal);
            case Double number -> digits(new BigDecimal(number.toString()));
            case Map<?, ?> map -> Json.write(map);
            default -> value.toString();
        };
    }

    private static String digits(BigDecimal number) {
        BigDecimal decimal = number.stripTrailingZeros();
        // A number of a few characters can stand for gigabytes of zeros.
        return Math.abs((long) decimal.scale()) > MOST_ZEROS ? decimal.toString() : decimal.toPlainString();
    }

    private static void checkOne(AttributeDefinition definition, Object value) throws Unfit {
        boolean fits = switch (definition.type()) {
            case STRING -> true;
            case INTEGER -> value instanceof Number number && isWhole(number);
            case NUMBER -> value instanceof Number;
            case BOOLEAN -> value instanceof Boolean;
            case DATE, DATETIME ->
                value instanceof String text && readOne(definition, text).equals(text);
            case OBJECT -> value instanceof Map<?, ?>;
        };
        if (!fits) {
            throw Unfit.type(definition.name(), mustBe(definition, expected(definition)));
        }
    }

    private static boolean isWhole(Number number) {
        return switch (number) {
            case BigDecimal decimal -> decimal.stripTrailingZeros().scale() <= 0;
            case Double d -> Double.isFinite(d) && Math.rint(d) == d;
            default -> true;
        };
    }

    private static Boolean readBoolean(AttributeDefinition definition, String text) throws Unfit {
        if (text.equalsIgnoreCase("true")) {
            return true;
        }
        if (text.equalsIgnoreCase("false")) {
            return false;
        }
        throw Unfit.type(definition.name(), mustBe(definition, expected(definition)));
    }

    private static Number smallest(BigInteger integer) {
        return integer.bitLength() < 32
                ? (Number) integer.intValue()
                : integer.bitLength() < 64 ? (Number) integer.longValue() : integer;
    }

    private static String separator(AttributeDefinition definition) {
        String separator = definition.separator();
        return separator == null || separator.isEmpty() ? DEFAULT_SEPARATOR : separator;
    }

    private static String mustBe(AttributeDefinition definition, String expected) {
        return "Attribute '" + definition.name() + "' must be " + expected + ".";
    }

    private static String expected(AttributeDefinition definition) {
        return switch (definition.type()) {
            case STRING -> "text";
            case INTEGER -> "a whole number";
            case NUMBER -> "a number with a decimal point";
            case BOOLEAN -> "true or false";
            case DATE -> "a date such as 2026-01-31";
            case DATETIME -> "a date and time such as 2026-01-31T08:00:00Z";
            case OBJECT -> "a JSON object";
        };
    }
}
