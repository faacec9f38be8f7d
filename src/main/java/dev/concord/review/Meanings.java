package dev.concord.review;

import static dev.concord.review.Meaning.Other.OTHER;

import dev.concord.review.Meaning.Data;
import dev.concord.review.Meaning.Elements;
import dev.concord.review.Meaning.Function;
import dev.concord.review.Meaning.Made;
import dev.concord.review.Meaning.ObjectCall;
import dev.concord.review.Meaning.Results;
import dev.concord.review.Meaning.Text;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** New meanings from others. */
final class Meanings {

    private static final int DEEPEST = 8;

    private Meanings() {}

    static Set<Meaning> union(Set<Meaning> left, Set<Meaning> right) {
        Set<Meaning> union = new LinkedHashSet<>(left);
        union.addAll(right);
        return union;
    }

    /** A value inside of an object; below a depth that no object needs, the value around it. */
    static Data inside(Data data, String name) {
        if (data.path().size() >= DEEPEST) {
            return data;
        }
        List<String> path = new ArrayList<>(data.path());
        path.add(name);
        return new Data(data.objectSet(), List.copyOf(path));
    }

    /** What the elements of a list stand for. */
    static Set<Meaning> elementsOf(Meaning list) {
        return switch (list) {
            case Elements elements -> Set.of(elements.of());
            case Data data when !data.isWhole() -> Set.of(data);
            case Data _, Results _, Text _, Made _, Function _, ObjectCall _, Meaning.Other _ -> Set.of(OTHER);
        };
    }

    static Set<Meaning> elementsOf(Set<Meaning> lists) {
        Set<Meaning> elements = new LinkedHashSet<>();
        lists.forEach(list -> elements.addAll(elementsOf(list)));
        return elements;
    }

    /** Lists with such elements. */
    static Set<Meaning> listsOf(Set<Meaning> elements) {
        Set<Meaning> lists = new LinkedHashSet<>();
        elements.forEach(element -> lists.add(new Elements(element)));
        return lists;
    }
}
