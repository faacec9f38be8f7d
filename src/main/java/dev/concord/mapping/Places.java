package dev.concord.mapping;

import dev.concord.record.Pointer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the lines at which parts of definitions stand. What a definition becomes knows its own place only; this reads
 * the files' trees again for the parts inside, each file once and only when somebody asks. For one thread.
 */
public final class Places {

    private final Map<String, String> texts;
    private final Map<String, Optional<Node>> trees = new HashMap<>();

    public Places(Definitions definitions) {
        this.texts = definitions.texts();
    }

    /**
     * The place of a part, or that of the nearest part around it that is written.
     *
     * @param from the place of the whole
     * @param path the keys and indexes that lead from there to the part
     */
    public Place of(Place from, List<String> path) {
        Node node = node(from);
        Place place = from;
        for (String token : path) {
            node = node == null ? null : child(node, token);
            if (node == null) {
                return place;
            }
            place = node.place();
        }
        return place;
    }

    /** The place of a part, as {@link #of(Place, List)} has it. */
    public Place of(Place from, String... path) {
        return of(from, List.of(path));
    }

    /** What is written at a part, as a plain JSON value; null when nothing is. */
    public @Nullable Object value(Place from, String... path) {
        Node node = node(from);
        for (String token : path) {
            node = node == null ? null : child(node, token);
        }
        return node == null ? null : node.plain();
    }

    /** The place of a line of a script: in its own file, or in the definition that its text stands in. */
    public Place of(ScriptSource script, int line) {
        if (script.file() != null) {
            return new Place(script.file(), line, "");
        }
        Place place = script.place();
        boolean block = line > 0 && place.line() > 0 && isBlock(place);
        return new Place(place.file(), block ? place.line() + line : place.line(), place.pointer());
    }

    /** Whether a text begins on the line after its key, and every line of it has a line of the file. */
    private boolean isBlock(Place place) {
        String text = texts.getOrDefault(place.file(), "");
        return text.lines()
                .skip(place.line() - 1L)
                .findFirst()
                .filter(line -> line.matches(".*[:\\s]\\|[-+0-9]*\\s*(#.*)?"))
                .isPresent();
    }

    private @Nullable Node node(Place place) {
        Node node = trees.computeIfAbsent(place.file(), this::read).orElse(null);
        for (String token : Pointer.of(place.pointer()).tokens()) {
            node = node == null ? null : child(node, token);
        }
        return node;
    }

    private Optional<Node> read(String file) {
        String text = texts.get(file);
        return text == null
                ? Optional.empty()
                : Optional.ofNullable(Node.read(file, text, new FaultLog(Spelling.NATIVE)));
    }

    private static @Nullable Node child(Node node, String token) {
        return switch (node) {
            case Node.Members object -> object.members().get(token);
            case Node.Elements list ->
                token.matches("\\d{1,9}")
                                && Integer.parseInt(token) < list.elements().size()
                        ? list.elements().get(Integer.parseInt(token))
                        : null;
            case Node.Leaf _ -> null;
        };
    }
}
