package dev.concord.mapping;

import dev.concord.filter.Normalization;
import dev.concord.record.Pointer;
import java.util.List;

/** How the target objects that belong to an unlinked source object are looked for. */
public sealed interface Correlation {

    /** A script that returns {@code {_queryFilter: "…"}}. */
    record QueryScript(ScriptSource script) implements Correlation {}

    /** A script that returns a list of {@code {_id: …}}. */
    record CandidatesScript(ScriptSource script) implements Correlation {}

    /**
     * An expression over target attributes, each compared with the value that the mapping's own row for it gives.
     *
     * @param normalize what is done to the strings on both sides before they are compared, the first one first
     */
    record Expression(Node root, List<Normalization> normalize, Place place) implements Correlation {}

    /** A node of a correlation expression. */
    sealed interface Node {
        record Any(List<Node> nodes) implements Node {}

        record All(List<Node> nodes) implements Node {}

        record Attribute(Pointer target) implements Node {}
    }
}
