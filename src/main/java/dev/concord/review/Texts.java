package dev.concord.review;

import dev.concord.review.Meaning.Other;
import dev.concord.review.Meaning.Text;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Texts that a script puts together from others. */
final class Texts {

    private static final int MOST = 32;
    private static final int LONGEST = 10_000;

    private Texts() {}

    /** Every left part with every right one; what is no text becomes a hole in it. */
    static Set<Meaning> joined(Set<Meaning> left, Set<Meaning> right) {
        Set<Meaning> joined = new LinkedHashSet<>();
        for (Meaning head : orOther(left)) {
            for (Meaning tail : orOther(right)) {
                boolean text = head instanceof Text || tail instanceof Text;
                String whole = part(head) + part(tail);
                joined.add(text && whole.length() <= LONGEST ? new Text(whole) : Other.OTHER);
                if (joined.size() >= MOST) {
                    return joined;
                }
            }
        }
        return joined;
    }

    /** The texts among the meanings that are known to the last character. */
    static List<String> fixed(Set<Meaning> meanings) {
        return meanings.stream()
                .filter(meaning -> meaning instanceof Text text && text.isFixed())
                .map(meaning -> ((Text) meaning).text())
                .toList();
    }

    /** Whether there is more to a set of meanings than texts known to the last character. */
    static boolean isOpen(Set<Meaning> meanings) {
        return meanings.isEmpty() || fixed(meanings).size() < meanings.size();
    }

    private static Set<Meaning> orOther(Set<Meaning> meanings) {
        return meanings.isEmpty() ? Set.of(Other.OTHER) : meanings;
    }

    private static String part(Meaning meaning) {
        return meaning instanceof Text text ? text.text() : String.valueOf(Meaning.HOLE);
    }
}
