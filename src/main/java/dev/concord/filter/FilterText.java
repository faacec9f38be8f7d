package dev.concord.filter;

import dev.concord.filter.Filter.And;
import dev.concord.filter.Filter.Comparison;
import dev.concord.filter.Filter.Element;
import dev.concord.filter.Filter.In;
import dev.concord.filter.Filter.Literal;
import dev.concord.filter.Filter.NormalizedEquality;
import dev.concord.filter.Filter.Not;
import dev.concord.filter.Filter.Or;
import dev.concord.filter.Filter.Present;
import dev.concord.record.Json;
import dev.concord.record.Pointer;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes filters in their own language. */
final class FilterText {

    /** Writes the value of a comparison, or the list of values of an {@code in}. */
    private final Function<Object, String> values;

    private FilterText(Function<Object, String> values) {
        this.values = values;
    }

    static String of(Filter filter) {
        return new FilterText(FilterText::value).write(simple(filter));
    }

    /** The text with a question mark in the place of every value. */
    static String withoutValues(Filter filter) {
        return new FilterText(value -> "?").write(simple(filter));
    }

    private String write(Filter filter) {
        return switch (filter) {
            case And and -> chain(and.operands(), " and ");
            case Or or -> chain(or.operands(), " or ");
            case Not not -> "!(" + write(simple(not.operand())) + ")";
            case Comparison comparison ->
                pointer(comparison.pointer()) + " "
                        + comparison.operator().name().toLowerCase(Locale.ROOT) + " "
                        + values.apply(comparison.value());
            case In in -> pointer(in.pointer()) + " in " + values.apply(in.values());
            case NormalizedEquality equality -> normalized(equality) + " eq " + values.apply(equality.value());
            case Present present -> pointer(present.pointer()) + " pr";
            case Element element -> pointer(element.pointer()) + "[" + write(simple(element.filter())) + "]";
            case Literal literal -> String.valueOf(literal.value());
        };
    }

    private String chain(List<Filter> operands, String keyword) {
        return operands.stream()
                .map(FilterText::simple)
                .map(operand ->
                        operand instanceof And || operand instanceof Or ? "(" + write(operand) + ")" : write(operand))
                .collect(Collectors.joining(keyword));
    }

    /** The language knows no conjunction or disjunction of fewer than two: what they mean instead. */
    private static Filter simple(Filter filter) {
        return switch (filter) {
            case And(var operands) when operands.isEmpty() -> Literal.TRUE;
            case Or(var operands) when operands.isEmpty() -> Literal.FALSE;
            case And(var operands) when operands.size() == 1 -> simple(operands.getFirst());
            case Or(var operands) when operands.size() == 1 -> simple(operands.getFirst());
            case And and -> and;
            case Or or -> or;
            case Not not -> not;
            case Comparison comparison -> comparison;
            case In in -> in;
            case NormalizedEquality equality -> equality;
            case Present present -> present;
            case Element element -> element;
            case Literal literal -> literal;
        };
    }

    /** Written as functions, which the language does not have: nobody shall mistake it for an ordinary comparison. */
    private static String normalized(NormalizedEquality equality) {
        String text = pointer(equality.pointer());
        for (Normalization normalization : equality.normalizations()) {
            text = normalization.name().toLowerCase(Locale.ROOT) + "(" + text + ")";
        }
        return text;
    }

    private static String pointer(Pointer pointer) {
        String text = pointer.isWhole() ? "/" : pointer.toString();
        return text.chars().allMatch(character -> FilterLexer.isWordPart((char) character)) ? text : quoted(text, '"');
    }

    private static String value(Object value) {
        return switch (value) {
            case String text -> quoted(text, '"');
            case List<?> list -> quoted(Json.write(list), '\'');
            default -> value.toString();
        };
    }

    private static String quoted(String text, char quote) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append(quote);
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == quote || character == '\\') {
                quoted.append('\\').append(character);
            } else if (Character.isISOControl(character)) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
            } else {
                quoted.append(character);
            }
        }
        return quoted.append(quote).toString();
    }
}
