package dev.concord.mapping;

import dev.concord.filter.Filter;
import dev.concord.filter.FilterSyntaxException;
import dev.concord.record.Pointer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads query filters, and conditions, which are a filter (a plain text) or a script. */
final class ConditionReader {

    /** What the pointers of a condition's filter may start with. */
    enum Scope {
        RULE("object", "linkQualifier"),
        ROW("object", "target", "oldSource", "oldTarget", "linkQualifier", "context"),
        SOURCE("source", "linkQualifier");

        @SuppressWarnings("ImmutableEnumChecker") // List.of
        private final List<String> variables;

        Scope(String... variables) {
            this.variables = List.of(variables);
        }
    }

    private final ScriptReader scripts;
    private final FaultLog log;

    ConditionReader(ScriptReader scripts, FaultLog log) {
        this.scripts = scripts;
        this.log = log;
    }

    @Nullable
    Condition read(@Nullable Node node, Scope scope) {
        if (node == null) {
            return null;
        }
        if (node instanceof Node.Members) {
            ScriptSource script = scripts.read(node);
            return script == null ? null : new Condition.ScriptCondition(script);
        }
        Filter filter = filter(node);
        if (filter == null) {
            return null;
        }
        checkPointers(filter, scope, node);
        return new Condition.FilterCondition(filter, node.place());
    }

    @Nullable
    Filter filter(Node node) {
        String text = Fields.text(node, log);
        if (text == null) {
            return null;
        }
        if (text.length() > Limits.FILTER_CHARACTERS) {
            log.error(
                    node,
                    "a filter of " + text.length() + " characters; at most " + Limits.FILTER_CHARACTERS + " are read");
            return null;
        }
        try {
            return Filter.parse(text);
        } catch (FilterSyntaxException e) {
            log.error(
                    node,
                    Quote.text(text) + " is no filter: "
                            + String.valueOf(e.getMessage()).replace("Not a query filter: ", ""));
            return null;
        }
    }

    private void checkPointers(Filter filter, Scope scope, Node node) {
        switch (filter) {
            case Filter.And(List<Filter> operands) -> operands.forEach(operand -> checkPointers(operand, scope, node));
            case Filter.Or(List<Filter> operands) -> operands.forEach(operand -> checkPointers(operand, scope, node));
            case Filter.Not(Filter operand) -> checkPointers(operand, scope, node);
            case Filter.Comparison(Pointer pointer, Filter.Operator operator, Object value) ->
                check(pointer, scope, node);
            case Filter.In(Pointer pointer, List<Object> values) -> check(pointer, scope, node);
            case Filter.NormalizedEquality equality -> check(equality.pointer(), scope, node);
            case Filter.Present(Pointer pointer) -> check(pointer, scope, node);
            case Filter.Element(Pointer pointer, Filter inner) -> check(pointer, scope, node);
            case Filter.Literal(boolean value) -> {}
        }
    }

    private void check(Pointer pointer, Scope scope, Node node) {
        if (scope.variables.contains(pointer.attribute())) {
            return;
        }
        boolean otherScope =
                pointer.attribute().equals("object") || pointer.attribute().equals("source");
        String meant = "/" + scope.variables.getFirst() + (otherScope ? pointer.rest() : pointer);
        log.slip(
                node,
                "the pointer " + Quote.shorten(pointer.toString(), 60) + " leads nowhere; here pointers start with /"
                        + String.join(", /", scope.variables) + " (did you mean " + Quote.shorten(meant, 60) + "?)");
    }
}
