package dev.concord.script.plain;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The methods of lists that plain scripts use. None of them changes its list. */
final class ListMethods {

    static final Map<String, Method<List<?>>> ALL = all();

    private ListMethods() {}

    private static Map<String, Method<List<?>>> all() {
        Map<String, Method<List<?>>> all = new HashMap<>();
        all.put("join", method(0, 1, ListMethods::join));
        all.put("filter", method(1, 1, ListMethods::filter));
        all.put("map", method(1, 1, ListMethods::map));
        all.put("some", method(1, 1, (list, given, in) -> first(list, given, in, true) >= 0));
        all.put("every", method(1, 1, (list, given, in) -> first(list, given, in, false) < 0));
        all.put("find", method(1, 1, (list, given, in) -> at(list, first(list, given, in, true))));
        all.put("findIndex", method(1, 1, (list, given, in) -> (double) first(list, given, in, true)));
        all.put("includes", method(1, 1, (list, given, in) -> includes(list, given[0], in)));
        all.put("indexOf", method(1, 1, (list, given, in) -> (double) indexOf(list, given[0], in)));
        all.put("slice", method(0, 2, ListMethods::slice));
        all.put("concat", method(1, 1, (list, given, in) -> concat(list, given[0], in)));
        return Map.copyOf(all);
    }

    private static Method<List<?>> method(int least, int most, Method.Body<List<?>> body) {
        return new Method<>(least, most, body);
    }

    private static Object join(List<?> list, @Nullable Object[] given, Evaluation in) {
        String separator = given.length == 0 ? "," : Values.string(given[0]);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < list.size(); i++) {
            Object element = at(list, i);
            String shown = Values.isNothing(element) ? "" : Values.text(element);
            text.append(i == 0 ? "" : separator).append(shown);
            in.work(1 + (shown.length() + separator.length()) / 8);
        }
        return in.built(text.toString());
    }

    private static Object filter(List<?> list, @Nullable Object[] given, Evaluation in) {
        Callback callback = callback(given[0]);
        Made.Elements chosen = new Made.Elements(list.size());
        for (int i = 0; i < list.size(); i++) {
            Object element = at(list, i);
            if (Values.truth(call(callback, element, i, in))) {
                chosen.add(element);
            }
        }
        return chosen;
    }

    private static Object map(List<?> list, @Nullable Object[] given, Evaluation in) {
        Callback callback = callback(given[0]);
        Made.Elements made = new Made.Elements(list.size());
        for (int i = 0; i < list.size(); i++) {
            made.add(call(callback, at(list, i), i, in));
        }
        return made;
    }

    /** Where the callback's answer is the wanted one for the first time; -1 where nowhere. */
    private static int first(List<?> list, @Nullable Object[] given, Evaluation in, boolean wanted) {
        Callback callback = callback(given[0]);
        for (int i = 0; i < list.size(); i++) {
            if (Values.truth(call(callback, at(list, i), i, in)) == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static @Nullable Object at(List<?> list, int index) {
        return index < 0 ? Undefined.VALUE : Values.ofRecord(list.get(index));
    }

    private static @Nullable Object call(Callback callback, @Nullable Object element, int index, Evaluation in) {
        in.work(2);
        return callback.call(in, element, index);
    }

    private static Callback callback(@Nullable Object value) {
        if (value instanceof Callback callback) {
            return callback;
        }
        throw NotPlainException.INSTANCE;
    }

    private static int indexOf(List<?> list, @Nullable Object what, Evaluation in) {
        in.work(1 + list.size());
        for (int i = 0; i < list.size(); i++) {
            if (Values.same(at(list, i), what)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean includes(List<?> list, @Nullable Object what, Evaluation in) {
        // NaN is found, although it is not the same as itself.
        if (what instanceof Double number && number.isNaN()) {
            throw NotPlainException.INSTANCE;
        }
        return indexOf(list, what, in) >= 0;
    }

    private static Object slice(List<?> list, @Nullable Object[] given, Evaluation in) {
        int from = given.length < 1 ? 0 : TextMethods.fromEnd(given[0], list.size());
        int to = given.length < 2 ? list.size() : TextMethods.fromEnd(given[1], list.size());
        Made.Elements part = new Made.Elements(Math.max(0, to - from));
        for (int i = from; i < to; i++) {
            in.work(1);
            part.add(at(list, i));
        }
        return part;
    }

    private static Object concat(List<?> list, @Nullable Object more, Evaluation in) {
        Made.Elements all = new Made.Elements(list.size() + 1);
        for (int i = 0; i < list.size(); i++) {
            in.work(1);
            all.add(at(list, i));
        }
        if (more instanceof List<?> others) {
            for (int i = 0; i < others.size(); i++) {
                in.work(1);
                all.add(at(others, i));
            }
        } else {
            all.add(more);
        }
        return all;
    }
}
