package dev.concord.filter;

import dev.concord.filter.Filter.And;
import dev.concord.filter.Filter.Comparison;
import dev.concord.filter.Filter.Element;
import dev.concord.filter.Filter.In;
import dev.concord.filter.Filter.Literal;
import dev.concord.filter.Filter.Not;
import dev.concord.filter.Filter.Operator;
import dev.concord.filter.Filter.Or;
import dev.concord.filter.Filter.Present;
import dev.concord.filter.Token.Kind;
import dev.concord.record.Json;
import dev.concord.record.Pointer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the filter language by recursive descent; {@code or} binds loosest, then {@code and}, then {@code !}. */
final class FilterParser {

    static final int MAX_LENGTH = 1_000_000;
    static final int MAX_DEPTH = 100;

    /** Beyond these a store would spell the number out in megabytes of digits. */
    private static final int MAX_DIGITS = 1_000;

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private static final String OPERATORS =
            "an operator (eq, co, sw, ew, lt, le, gt, ge, in, pr) or '[' with a filter for the elements; for not equal write !(pointer eq value)";
    private static final String VALUES =
            "a number, true, false or a text in quotes (instead of null use !(pointer pr))";
    private static final String ARRAY =
            "a JSON array of strings, numbers and booleans in quotes, such as '[\"a\",\"b\"]'";
    private static final String NUMBERS = "a number of at most " + MAX_DIGITS + " digits";

    private final FilterLexer lexer;
    private Token token;
    private int depth;

    FilterParser(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new FilterSyntaxException("Not a query filter: the text has " + text.length()
                    + " characters; at most " + MAX_LENGTH + " are allowed. Ask in several parts.");
        }
        lexer = new FilterLexer(text);
        token = lexer.next();
    }

    Filter parse() {
        Filter filter = or();
        if (token.kind() != Kind.END) {
            throw fault("'and', 'or' or the end of the filter");
        }
        return filter;
    }

    private Filter or() {
        List<Filter> operands = chain("or", this::and);
        return operands.size() == 1 ? operands.getFirst() : new Or(operands);
    }

    private Filter and() {
        List<Filter> operands = chain("and", this::not);
        return operands.size() == 1 ? operands.getFirst() : new And(operands);
    }

    private List<Filter> chain(String keyword, Supplier<Filter> operand) {
        List<Filter> operands = new ArrayList<>();
        operands.add(operand.get());
        while (token.isWord(keyword)) {
            advance();
            operands.add(operand.get());
        }
        return operands;
    }

    private Filter not() {
        if (!token.isSign('!')) {
            return primary("an attribute, true, false, '!' or '('");
        }
        advance();
        return new Not(primary("an attribute, true, false or '('"));
    }

    private Filter primary(String allowed) {
        if (token.isSign('(')) {
            return bracketed(')');
        }
        if (token.isWord("true") || token.isWord("false")) {
            return new Literal(Boolean.parseBoolean(advance().text()));
        }
        boolean attribute = token.kind() == Kind.QUOTED || token.kind() == Kind.WORD;
        if (!attribute || token.isWord("and") || token.isWord("or")) {
            throw fault(allowed);
        }
        return condition(Pointer.of(advance().text()));
    }

    private Filter bracketed(char close) {
        if (++depth > MAX_DEPTH) {
            throw fault("no more than " + MAX_DEPTH + " levels of brackets");
        }
        advance();
        Filter filter = or();
        if (!token.isSign(close)) {
            throw fault("'and', 'or' or '" + close + "'");
        }
        advance();
        depth--;
        return filter;
    }

    private Filter condition(Pointer pointer) {
        if (token.isSign('[')) {
            return new Element(pointer, bracketed(']'));
        }
        if (token.isWord("pr")) {
            advance();
            return new Present(pointer);
        }
        if (token.isWord("in")) {
            advance();
            return new In(pointer, values());
        }
        Operator operator = operator();
        if (operator == null) {
            throw fault(OPERATORS);
        }
        advance();
        return new Comparison(pointer, operator, value());
    }

    private @Nullable Operator operator() {
        if (token.kind() == Kind.WORD) {
            for (Operator operator : Operator.values()) {
                if (token.isWord(operator.name())) {
                    return operator;
                }
            }
        }
        return null;
    }

    private Object value() {
        if (token.kind() == Kind.QUOTED) {
            return advance().text();
        }
        if (token.isWord("true") || token.isWord("false")) {
            return Boolean.parseBoolean(advance().text());
        }
        if (token.kind() == Kind.WORD && NUMBER.matcher(token.text()).matches()) {
            if (!isReasonable(token.text())) {
                throw fault(NUMBERS);
            }
            return new BigDecimal(advance().text());
        }
        throw fault(VALUES);
    }

    private List<Object> values() {
        if (token.kind() != Kind.QUOTED) {
            throw fault(ARRAY);
        }
        try {
            if (Json.read(token.text()) instanceof List<?> list && list.stream().allMatch(FilterParser::isScalar)) {
                advance();
                return List.copyOf(list);
            }
        } catch (IllegalArgumentException notJson) {
            // What the JSON reader complains about may repeat values: the allowed form says enough.
        }
        throw fault(ARRAY);
    }

    private static boolean isScalar(@Nullable Object value) {
        return value instanceof String
                || value instanceof Boolean
                || (value instanceof Number number && isReasonable(number.toString()));
    }

    private static boolean isReasonable(String number) {
        if (number.length() > MAX_DIGITS) {
            return false;
        }
        try {
            return Math.abs((long) new BigDecimal(number).scale()) <= MAX_DIGITS;
        } catch (NumberFormatException exponentTooLarge) {
            return false;
        }
    }

    private Token advance() {
        Token previous = token;
        token = lexer.next();
        return previous;
    }

    private FilterSyntaxException fault(String allowed) {
        return lexer.fault(token.offset(), token.description(), allowed);
    }
}
