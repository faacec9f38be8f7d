package dev.concord.script.plain;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The methods of texts that plain scripts use. */
final class TextMethods {

    static final Map<String, Method<String>> ALL = all();

    private TextMethods() {}

    private static Map<String, Method<String>> all() {
        Map<String, Method<String>> all = new HashMap<>();
        all.put("toLowerCase", method(0, 0, (text, given, in) -> in.built(text.toLowerCase(Locale.ROOT))));
        all.put("toUpperCase", method(0, 0, (text, given, in) -> in.built(text.toUpperCase(Locale.ROOT))));
        all.put("toString", method(0, 0, (text, given, in) -> text));
        all.put("trim", method(0, 0, (text, given, in) -> trim(text, true, true)));
        all.put("trimStart", method(0, 0, (text, given, in) -> trim(text, true, false)));
        all.put("trimEnd", method(0, 0, (text, given, in) -> trim(text, false, true)));
        all.put("startsWith", method(1, 1, (text, given, in) -> text.startsWith(Values.string(given[0]))));
        all.put("endsWith", method(1, 1, (text, given, in) -> text.endsWith(Values.string(given[0]))));
        all.put("includes", method(1, 1, (text, given, in) -> find(text, given[0], in) >= 0));
        all.put("indexOf", method(1, 1, (text, given, in) -> (double) find(text, given[0], in)));
        all.put("lastIndexOf", method(1, 1, (text, given, in) ->
                (double) text.lastIndexOf(searched(text, given[0], in))));
        all.put("charAt", method(1, 1, (text, given, in) -> charAt(text, Values.whole(given[0]))));
        all.put("slice", method(1, 2, (text, given, in) -> slice(text, given)));
        all.put("substring", method(1, 2, (text, given, in) -> substring(text, given)));
        all.put("split", method(1, 1, (text, given, in) -> split(text, Values.string(given[0]), in)));
        all.put("replace", method(2, 2, (text, given, in) -> replace(text, given, false, in)));
        all.put("replaceAll", method(2, 2, (text, given, in) -> replace(text, given, true, in)));
        all.put(
                "padStart",
                method(2, 2, (text, given, in) -> in.built(padding(text, given).concat(text))));
        all.put("padEnd", method(2, 2, (text, given, in) -> in.built(text.concat(padding(text, given)))));
        all.put("concat", method(1, 1, (text, given, in) -> in.built(text.concat(Values.text(given[0])))));
        return Map.copyOf(all);
    }

    private static Method<String> method(int least, int most, Method.Body<String> body) {
        return new Method<>(least, most, body);
    }

    private static String trim(String text, boolean before, boolean behind) {
        int from = 0;
        int to = text.length();
        while (before && from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (behind && to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isSpace(int c) {
        return c == ' '
                || (c >= '\t' && c <= '\r')
                || c == '\u00A0'
                || c == '\uFEFF'
                || c == '\u2028'
                || c == '\u2029'
                || (c > 127 && Character.getType(c) == Character.SPACE_SEPARATOR);
    }

    private static int find(String text, @Nullable Object what, Evaluation in) {
        return text.indexOf(searched(text, what, in));
    }

    private static String searched(String text, @Nullable Object what, Evaluation in) {
        String searched = Values.string(what);
        in.work(1 + (long) text.length() * searched.length() / 64);
        return searched;
    }

    private static String charAt(String text, int index) {
        return index >= 0 && index < text.length() ? text.substring(index, index + 1) : "";
    }

    private static String slice(String text, @Nullable Object[] given) {
        int from = fromEnd(given[0], text.length());
        int to = given.length < 2 ? text.length() : fromEnd(given[1], text.length());
        return from < to ? text.substring(from, to) : "";
    }

    /** A place within something of a length, counted from the end where it is negative. */
    static int fromEnd(@Nullable Object value, int length) {
        int place = Values.whole(value);
        return place < 0 ? Math.max(0, length + place) : Math.min(place, length);
    }

    private static String substring(String text, @Nullable Object[] given) {
        int one = Math.clamp(Values.whole(given[0]), 0, text.length());
        int other = given.length < 2 ? text.length() : Math.clamp(Values.whole(given[1]), 0, text.length());
        return text.substring(Math.min(one, other), Math.max(one, other));
    }

    private static Object split(String text, String separator, Evaluation in) {
        refuseEmpty(separator);
        Made.Elements parts = new Made.Elements(4);
        int from = 0;
        for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, from)) {
            parts.add(text.substring(from, end));
            in.work(1);
            from = end + separator.length();
        }
        parts.add(text.substring(from));
        in.work(1 + text.length() / 8);
        return parts;
    }

    private static String replace(String text, @Nullable Object[] given, boolean all, Evaluation in) {
        String replacement = Values.string(given[1]);
        if (given[0] instanceof PlainPattern pattern) {
            return pattern.replace(text, replacement, all, in);
        }
        String what = searched(text, given[0], in);
        refuseEmpty(what);
        if (replacement.indexOf('$') >= 0) {
            throw NotPlainException.INSTANCE;
        }
        int first = text.indexOf(what);
        if (all) {
            in.work((long) (text.length() / what.length()) * replacement.length() / 8);
            return in.built(text.replace(what, replacement));
        }
        return first < 0
                ? text
                : in.built(text.substring(0, first) + replacement + text.substring(first + what.length()));
    }

    private static String padding(String text, @Nullable Object[] given) {
        int missing = Values.whole(given[0]) - text.length();
        String fill = Values.string(given[1]);
        refuseEmpty(fill);
        if (missing <= 0) {
            return "";
        }
        if (missing > 1_000) {
            throw NotPlainException.INSTANCE;
        }
        return fill.repeat(missing / fill.length() + 1).substring(0, missing);
    }

    private static void refuseEmpty(String text) {
        if (text.isEmpty()) {
            throw NotPlainException.INSTANCE;
        }
    }
}
