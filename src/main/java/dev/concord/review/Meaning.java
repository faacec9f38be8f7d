package dev.concord.review;

import dev.concord.script.SyntaxNode;
import java.util.List;

/** What an expression of a script stands for, as far as it concerns the objects of a mapping. */
sealed interface Meaning {

    /** Stands for the parts of a text that are only known when the script runs. */
    char HOLE = '\uFFFC';

    /** An object of a set, where the path is empty, or a value inside one. */
    record Data(String objectSet, List<String> path) implements Meaning {
        boolean isWhole() {
            return path.isEmpty();
        }
    }

    /** What {@code openidm.query} returns: objects of a set below {@code result}. */
    record Results(String objectSet) implements Meaning {}

    /** A list with such elements. */
    record Elements(Meaning of) implements Meaning {}

    /** A text that stands in the script, with holes where it is put together. */
    record Text(String text) implements Meaning {
        boolean isFixed() {
            return text.indexOf(HOLE) < 0;
        }
    }

    /** An object that the script makes itself. */
    record Made(SyntaxNode node) implements Meaning {}

    record Function(SyntaxNode node) implements Meaning {}

    /** {@code openidm}, or with a name one of its functions. */
    record ObjectCall(String function) implements Meaning {}

    /** Anything else. */
    enum Other implements Meaning {
        OTHER
    }
}
