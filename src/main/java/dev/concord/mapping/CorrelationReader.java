package dev.concord.mapping;

import dev.concord.filter.Normalization;
import dev.concord.record.Pointer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads how correlation is configured: {@code correlation}, {@code correlationQuery} or {@code correlationScript}, per
 * link qualifier.
 */
final class CorrelationReader {

    private static final Set<String> TAKEN = Set.of("linkQualifier");

    private final ScriptReader scripts;
    private final LinkQualifiers qualifiers;
    private final Set<Pointer> rowTargets;
    private final FaultLog log;

    /** @param rowTargets the target attributes that the mapping's own rows give values for */
    CorrelationReader(ScriptReader scripts, LinkQualifiers qualifiers, Set<Pointer> rowTargets, FaultLog log) {
        this.scripts = scripts;
        this.qualifiers = qualifiers;
        this.rowTargets = rowTargets;
        this.log = log;
    }

    Map<String, Correlation> read(Fields mapping) {
        Map<String, Correlation> correlations = new LinkedHashMap<>();
        String first = null;
        for (String key : List.of("correlation", "correlationQuery", "correlationScript")) {
            Node node = mapping.get(key);
            if (node == null || isEmpty(key, node)) {
                continue;
            }
            if (first != null) {
                log.error(node, first + " and " + key + " exclude each other; keep one");
            } else {
                first = key;
            }
            List<Node> entries = node instanceof Node.Elements list ? list.elements() : List.of(node);
            entries.forEach(entry -> read(key, entry, correlations));
        }
        return correlations;
    }

    /** Whether nothing is configured: an empty list, or what PingIDM's editor leaves of a query that was removed. */
    private static boolean isEmpty(String key, Node node) {
        return node.size() == 1
                && (node instanceof Node.Elements || (node instanceof Node.Members && key.equals("correlationQuery")));
    }

    private void read(String key, Node entry, Map<String, Correlation> correlations) {
        String qualifier = qualifier(entry);
        Correlation correlation = correlation(key, entry);
        if (correlation != null && correlations.putIfAbsent(qualifier, correlation) != null) {
            log.error(
                    entry,
                    "a second correlation "
                            + (qualifier.isEmpty()
                                    ? "without a link qualifier"
                                    : "for the link qualifier " + Quote.text(qualifier))
                            + "; keep one for each");
        }
    }

    private @Nullable Correlation correlation(String key, Node entry) {
        if (key.equals("correlation")) {
            Fields fields = Fields.of(entry, Shape.CORRELATION, log);
            Correlation.Node root = fields == null ? null : node(fields);
            return root == null ? null : new Correlation.Expression(root, normalizations(fields), entry.place());
        }
        if (entry instanceof Node.Members members && members.members().containsKey("expressionTree")) {
            Fields fields = Fields.of(entry, Shape.EXPRESSION_TREE, log);
            Node tree = fields == null ? null : fields.required("expressionTree");
            Correlation.Node root = tree == null ? null : operand(tree);
            return root == null ? null : new Correlation.Expression(root, List.of(), entry.place());
        }
        ScriptSource script = scripts.read(entry, TAKEN);
        if (script == null) {
            return null;
        }
        return key.equals("correlationQuery")
                ? new Correlation.QueryScript(script)
                : new Correlation.CandidatesScript(script);
    }

    private String qualifier(Node entry) {
        Node node = entry instanceof Node.Members members ? members.members().get("linkQualifier") : null;
        String qualifier = node == null || node.isNull() ? null : Fields.text(node, log);
        if (node == null || qualifier == null) {
            return "";
        }
        if (qualifiers instanceof LinkQualifiers.Fixed(List<String> names) && !names.contains(qualifier)) {
            log.slip(
                    node,
                    Quote.text(qualifier) + " is no link qualifier of this mapping"
                            + Suggestion.tail("known", qualifier, names));
        }
        return qualifier;
    }

    private List<Normalization> normalizations(@Nullable Fields fields) {
        List<Normalization> steps = new ArrayList<>();
        if (fields != null) {
            for (Node element :
                    fields.elements("normalize", "a list of " + String.join(", ", Words.NORMALIZATIONS.all()))) {
                Normalization step = Words.NORMALIZATIONS.read(element, log);
                if (step != null) {
                    steps.add(step);
                }
            }
        }
        return steps;
    }

    private Correlation.@Nullable Node node(Fields fields) {
        Node any = fields.get("any");
        Node all = fields.get("all");
        if ((any == null) == (all == null)) {
            log.error(
                    fields.node(),
                    any == null
                            ? "one of the keys any and all is required"
                            : "any and all exclude each other; nest one in the other");
            return null;
        }
        List<Correlation.Node> operands = new ArrayList<>();
        List<Node> written = any != null ? fields.elements("any", "a list") : fields.elements("all", "a list");
        for (Node element : written) {
            Correlation.Node operand = operand(element);
            if (operand != null) {
                operands.add(operand);
            }
        }
        if (written.isEmpty()) {
            log.error(any != null ? any : fields.node(), "an empty list; at least one target attribute is required");
        }
        return any != null ? new Correlation.Node.Any(operands) : new Correlation.Node.All(operands);
    }

    private Correlation.@Nullable Node operand(Node element) {
        if (element instanceof Node.Members) {
            Fields fields = Fields.of(element, Shape.CORRELATION_NODE, log);
            return fields == null ? null : node(fields);
        }
        String attribute = Fields.text(element, log);
        if (attribute == null) {
            return null;
        }
        Pointer target = Pointer.of(attribute);
        if (!rowTargets.contains(target)) {
            List<String> known = rowTargets.stream()
                    .map(row ->
                            row.toString().substring(Math.min(1, row.toString().length())))
                    .sorted()
                    .toList();
            log.slip(
                    element,
                    Quote.text(attribute) + " has no row in properties, so there is nothing to compare it with"
                            + Suggestion.tail("targets with a row", attribute, known));
        }
        return new Correlation.Node.Attribute(target);
    }
}
