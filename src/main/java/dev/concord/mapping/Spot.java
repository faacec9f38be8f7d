package dev.concord.mapping;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Where a node of a definition file stands. The pointer is only spelled out when somebody asks, because long keys above
 * many nodes would otherwise fill the heap.
 */
record Spot(String file, int line, @Nullable Spot parent, String token) {

    private static final int TOKEN_CHARACTERS = 80;

    static Spot root(String file, int line) {
        return new Spot(file, line, null, "");
    }

    Spot child(String name, int atLine) {
        return new Spot(file, atLine, this, name);
    }

    Spot element(int index, int atLine) {
        return new Spot(file, atLine, this, Integer.toString(index));
    }

    Spot atLine(int other) {
        return new Spot(file, other, parent, token);
    }

    Place place() {
        return new Place(file, line, pointer());
    }

    /** The pointer from a node above, which for the file's root is the whole pointer. */
    String pointerFrom(Spot above) {
        return pointer().substring(above.pointer().length());
    }

    private String pointer() {
        Deque<String> tokens = new ArrayDeque<>();
        for (Spot at = this; at.parent != null; at = at.parent) {
            tokens.addFirst(at.token);
        }
        StringBuilder pointer = new StringBuilder();
        for (String token : tokens) {
            pointer.append('/')
                    .append(Quote.shorten(token, TOKEN_CHARACTERS)
                            .replace("~", "~0")
                            .replace("/", "~1"));
        }
        return pointer.toString();
    }
}
