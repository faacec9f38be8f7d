package dev.concord.review;

import static dev.concord.review.Meaning.Other.OTHER;

import dev.concord.review.Meaning.Elements;
import dev.concord.review.Meaning.Function;
import dev.concord.review.Meaning.Text;
import dev.concord.script.SyntaxNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The methods of lists: what they give to the functions that they call, and what they return. */
final class ListMethods {

    private static final Set<String> PER_ELEMENT = Set.of(
            "forEach",
            "map",
            "filter",
            "find",
            "findLast",
            "findIndex",
            "some",
            "every",
            "flatMap",
            "sort",
            "toSorted");
    private static final Set<String> SAME_ELEMENTS =
            Set.of("filter", "slice", "sort", "toSorted", "reverse", "toReversed", "concat", "flat");
    private static final Set<String> ONE_ELEMENT = Set.of("find", "findLast", "pop", "shift", "at");

    private final Functions functions;

    ListMethods(Functions functions) {
        this.functions = functions;
    }

    Set<Meaning> call(Meaning list, String name, List<Set<Meaning>> arguments) {
        Set<Meaning> elements = Meanings.elementsOf(list);
        Set<Meaning> results = callbacks(elements, name, arguments);
        if (name.equals("map") || name.equals("flatMap")) {
            Set<Meaning> mapped = new LinkedHashSet<>();
            results.forEach(
                    each -> mapped.add(each instanceof Elements || name.equals("map") ? new Elements(each) : each));
            return mapped;
        }
        if (name.startsWith("reduce")) {
            return results;
        }
        if (SAME_ELEMENTS.contains(name)) {
            Set<Meaning> same = new LinkedHashSet<>(Set.of(list));
            if (name.equals("concat")) {
                arguments.forEach(same::addAll);
            }
            return same;
        }
        boolean texts = name.equals("join") && elements.stream().anyMatch(Text.class::isInstance);
        return ONE_ELEMENT.contains(name) || texts ? elements : Set.of(OTHER);
    }

    /** What the functions return that a method calls with the elements. */
    private Set<Meaning> callbacks(Set<Meaning> elements, String name, List<Set<Meaning>> arguments) {
        Set<Meaning> given = arguments.isEmpty() ? Set.of() : arguments.getFirst();
        Set<Meaning> results = new LinkedHashSet<>();
        for (Meaning each : given) {
            if (each instanceof Function(SyntaxNode callback)) {
                if (PER_ELEMENT.contains(name)) {
                    boolean compares = name.equals("sort") || name.equals("toSorted");
                    results.addAll(
                            functions.enter(callback, compares ? List.of(elements, elements) : List.of(elements)));
                } else if (name.startsWith("reduce")) {
                    Set<Meaning> first = arguments.size() > 1 ? arguments.get(1) : elements;
                    results.addAll(functions.enter(callback, List.of(first, elements)));
                }
            }
        }
        return results;
    }
}
