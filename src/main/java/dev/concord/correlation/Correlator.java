package dev.concord.correlation;

import dev.concord.filter.Filter;
import dev.concord.filter.FilterSyntaxException;
import dev.concord.filter.Normalization;
import dev.concord.mapping.Correlation;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.ScriptSource;
import dev.concord.projection.Projection;
import dev.concord.record.JsonValues;
import dev.concord.record.Pointer;
import dev.concord.record.Resource;
import dev.concord.script.ScriptFailure;
import dev.concord.script.Scripts;
import dev.concord.system.ObjectSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts a mapping's correlation into questions and answers them in bulk. Safe for use by several threads. */
public final class Correlator {

    /** Candidates kept for one record; when there are more, the record is ambiguous all the same. */
    public static final int LIMIT = 100;

    private final Mapping mapping;
    private final ObjectSet target;
    private final Scripts scripts;
    private final Projection projection;

    public Correlator(Mapping mapping, ObjectSet target, Scripts scripts, Projection projection) {
        this.mapping = mapping;
        this.target = target;
        this.scripts = scripts;
        this.projection = projection;
    }

    /**
     * The question for one source record.
     *
     * @throws ScriptFailure when the correlation script fails or gives what is no filter
     * @throws dev.concord.projection.RowFailure when a row that an expression needs fails
     */
    public Question question(Projection.Scope scope) {
        Correlation correlation = mapping.correlation(scope.linkQualifier());
        return switch (correlation) {
            case null -> new Question.Nothing();
            case Correlation.QueryScript query -> matching(query.script(), run(query.script(), scope));
            case Correlation.CandidatesScript candidates -> named(candidates.script(), run(candidates.script(), scope));
            case Correlation.Expression expression ->
                new Question.Matching(filter(expression.root(), expression.normalize(), scope));
        };
    }

    /**
     * The answers to many questions, in their order: for each the targets that it admits, at most {@link #LIMIT} + 1.
     */
    public List<List<Resource>> answers(List<Question> questions) {
        List<Filter> filters = new ArrayList<>();
        Set<String> ids = new LinkedHashSet<>();
        for (Question question : questions) {
            switch (question) {
                case Question.Nothing nothing -> {}
                case Question.Matching matching -> filters.add(matching.filter());
                case Question.Named named -> ids.addAll(named.targetIds());
            }
        }
        List<List<Resource>> found = filters.isEmpty() ? List.of() : target.find(filters, LIMIT);
        Map<String, Resource> fetched = ids.isEmpty() ? Map.of() : target.fetch(ids);
        List<List<Resource>> answers = new ArrayList<>(questions.size());
        int next = 0;
        for (Question question : questions) {
            answers.add(
                    switch (question) {
                        case Question.Nothing nothing -> List.of();
                        case Question.Matching matching -> found.get(next++);
                        case Question.Named named ->
                            named.targetIds().stream()
                                    .distinct()
                                    .filter(fetched::containsKey)
                                    .map(fetched::get)
                                    .limit(LIMIT + 1)
                                    .toList();
                    });
        }
        return answers;
    }

    private @Nullable Object run(ScriptSource script, Projection.Scope scope) {
        Map<String, @Nullable Object> variables = new HashMap<>();
        variables.put("source", scope.source());
        variables.put("linkQualifier", scope.linkQualifier());
        variables.put("context", scope.context());
        return scripts.run(script, variables, scope.objects());
    }

    private static Question matching(ScriptSource script, @Nullable Object result) {
        if (result == null) {
            return new Question.Nothing();
        }
        if (result instanceof Map<?, ?> query && query.get("_queryFilter") instanceof String text) {
            try {
                return new Question.Matching(Filter.parse(text));
            } catch (FilterSyntaxException e) {
                throw badResult(script, "returned a _queryFilter that is no filter", e.getMessage());
            }
        }
        if (result instanceof Map<?, ?> query
                && query.get("_queryId") instanceof String id
                && id.startsWith("query-all")) {
            return new Question.Matching(Filter.Literal.TRUE);
        }
        throw badResult(script, "must return null or an object with _queryFilter", "");
    }

    private static Question named(ScriptSource script, @Nullable Object result) {
        if (result == null) {
            return new Question.Nothing();
        }
        if (!(result instanceof List<?> list)) {
            throw badResult(script, "must return a list of objects with _id", "");
        }
        List<String> ids = new ArrayList<>();
        for (Object element : list) {
            if (!(element instanceof Map<?, ?> candidate) || !(candidate.get("_id") instanceof String id)) {
                throw badResult(script, "must return a list of objects with _id", "");
            }
            ids.add(id);
        }
        return new Question.Named(ids);
    }

    private static ScriptFailure badResult(ScriptSource script, String what, @Nullable String detail) {
        return new ScriptFailure(
                script,
                ScriptFailure.Kind.RESULT,
                "The correlation script at " + script.place() + " " + what + ".",
                detail == null ? "" : detail);
    }

    private Filter filter(Correlation.Node node, List<Normalization> normalizations, Projection.Scope scope) {
        return switch (node) {
            case Correlation.Node.Any any ->
                new Filter.Or(any.nodes().stream()
                        .map(n -> filter(n, normalizations, scope))
                        .toList());
            case Correlation.Node.All all ->
                new Filter.And(all.nodes().stream()
                        .map(n -> filter(n, normalizations, scope))
                        .toList());
            case Correlation.Node.Attribute attribute -> equality(attribute.target(), normalizations, scope);
        };
    }

    /**
     * A leaf compares with the value that the mapping's own row for the attribute gives, strings after the expression's
     * normalizations; a value that is empty then matches nothing.
     */
    private Filter equality(Pointer attribute, List<Normalization> normalizations, Projection.Scope scope) {
        Object value = projection.wanted(mapping.properties(), attribute, scope);
        if (value instanceof String text && !normalizations.isEmpty()) {
            String normalized = Normalization.apply(normalizations, text);
            return normalized.isEmpty()
                    ? Filter.Literal.FALSE
                    : new Filter.NormalizedEquality(attribute, normalizations, normalized);
        }
        boolean comparable = value instanceof String || value instanceof Number || value instanceof Boolean;
        return value == null || JsonValues.isEmpty(value) || !comparable
                ? Filter.Literal.FALSE
                : new Filter.Comparison(attribute, Filter.Operator.EQ, value);
    }
}
