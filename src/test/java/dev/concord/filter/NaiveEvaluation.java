package dev.concord.filter;

import dev.concord.filter.Filter.Operator;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a filter means, said a second time and as plainly as possible, for tests to compare with. */
final class NaiveEvaluation {

    private NaiveEvaluation() {}

    static boolean matches(Filter filter, Object root) {
        if (filter instanceof Filter.Literal literal) {
            return literal.value();
        }
        if (filter instanceof Filter.Not not) {
            return !matches(not.operand(), root);
        }
        if (filter instanceof Filter.And and) {
            boolean all = true;
            for (Filter operand : and.operands()) {
                all &= matches(operand, root);
            }
            return all;
        }
        if (filter instanceof Filter.Or or) {
            boolean any = false;
            for (Filter operand : or.operands()) {
                any |= matches(operand, root);
            }
            return any;
        }
        if (filter instanceof Filter.Present present) {
            Object value = at(root, present.pointer().tokens());
            return value != null && !value.equals(List.of());
        }
        if (filter instanceof Filter.Element element) {
            boolean any = false;
            Object value = at(root, element.pointer().tokens());
            if (value instanceof List || value instanceof Map) {
                for (Object each : values(value)) {
                    any |= matches(element.filter(), each);
                }
            }
            return any;
        }
        if (filter instanceof Filter.In in) {
            boolean any = false;
            for (Object wanted : in.values()) {
                any |= matches(new Filter.Comparison(in.pointer(), Operator.EQ, wanted), root);
            }
            return any;
        }
        if (filter instanceof Filter.NormalizedEquality equality) {
            boolean any = false;
            for (Object value : values(at(root, equality.pointer().tokens()))) {
                any |= value instanceof String text
                        && normalized(text, equality.normalizations()).equals(equality.value());
            }
            return any;
        }
        Filter.Comparison comparison = (Filter.Comparison) filter;
        boolean any = false;
        for (Object value : values(at(root, comparison.pointer().tokens()))) {
            any |= holds(value, comparison.operator(), comparison.value());
        }
        return any;
    }

    private static Object at(Object root, List<String> tokens) {
        if (tokens.isEmpty()) {
            return root;
        }
        List<String> rest = tokens.subList(1, tokens.size());
        if (root instanceof Map<?, ?> map) {
            return at(map.get(tokens.get(0)), rest);
        }
        if (root instanceof List<?> list && tokens.get(0).matches("0|[1-9][0-9]{0,5}")) {
            int index = Integer.parseInt(tokens.get(0));
            return index < list.size() ? at(list.get(index), rest) : null;
        }
        return null;
    }

    private static List<?> values(Object value) {
        return value instanceof List<?> list ? list : Collections.singletonList(value);
    }

    private static String normalized(String text, List<Normalization> normalizations) {
        String result = text;
        for (Normalization normalization : normalizations) {
            result = switch (normalization) {
                case TRIM -> result.replaceAll("^\\p{IsWhite_Space}+|\\p{IsWhite_Space}+$", "");
                case LOWER -> result.toLowerCase(Locale.ROOT);
                case NFC -> Normalizer.normalize(result, Normalizer.Form.NFC);
                case NFKC -> Normalizer.normalize(result, Normalizer.Form.NFKC);
            };
        }
        return result;
    }

    private static boolean holds(Object value, Operator operator, Object wanted) {
        if (operator == Operator.CO || operator == Operator.SW || operator == Operator.EW) {
            if (!(value instanceof String) || !(wanted instanceof String)) {
                return false;
            }
            int[] text = value.toString().codePoints().toArray();
            int[] part = wanted.toString().codePoints().toArray();
            boolean found = false;
            for (int from = 0; from + part.length <= text.length; from++) {
                boolean here = Arrays.equals(part, Arrays.copyOfRange(text, from, from + part.length));
                boolean asked = operator == Operator.CO
                        || (operator == Operator.SW && from == 0)
                        || (operator == Operator.EW && from + part.length == text.length);
                found |= here && asked;
            }
            return found;
        }
        Optional<Integer> order = order(value, wanted);
        if (order.isEmpty()) {
            return false;
        }
        return switch (operator) {
            case EQ -> order.get() == 0;
            case LT -> order.get() < 0;
            case LE -> order.get() <= 0;
            case GT -> order.get() > 0;
            case GE -> order.get() >= 0;
            case CO, SW, EW -> throw new IllegalStateException();
        };
    }

    private static Optional<Integer> order(Object value, Object wanted) {
        if (value instanceof String && wanted instanceof String) {
            return Optional.of(Arrays.compare(
                    value.toString().codePoints().toArray(),
                    wanted.toString().codePoints().toArray()));
        }
        if (value instanceof Number && wanted instanceof Number) {
            return Optional.of(new BigDecimal(value.toString()).compareTo(new BigDecimal(wanted.toString())));
        }
        if (value instanceof Boolean left && wanted instanceof Boolean right) {
            return Optional.of(Boolean.compare(left, right));
        }
        return Optional.empty();
    }
}
