package dev.concord.system.jdbc;

import dev.concord.filter.Comparand;
import dev.concord.filter.Equalities;
import dev.concord.filter.Equality;
import dev.concord.filter.Filter;
import dev.concord.filter.FilterShape;
import dev.concord.record.Pointer;
import dev.concord.record.Resource;
import dev.concord.system.jdbc.ObjectReader.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Answers many filters with few statements. Filters of one shape that need an equality are asked together as
 * {@code column in (…)}, others joined by {@code or}; which of the rows match which of the filters is decided here.
 */
final class TableSearch {

    /**
     * As many rows are read without an order; where there are more, the table is walked along its ids, filter after
     * filter filling up.
     */
    private static final int FEW_ROWS = 5000;

    private static final int FILTERS_JOINED_BY_OR = 50;

    private final Table table;
    private final TableRows rows;
    private final TableScan scan;
    private final FilterSql filterSql;

    TableSearch(Table table, TableRows rows, TableScan scan) {
        this.table = table;
        this.rows = rows;
        this.scan = scan;
        this.filterSql = new FilterSql(table);
    }

    List<List<Resource>> find(Connection connection, List<Filter> filters, int limit) throws SQLException {
        Map<Filter, Question> questions = new LinkedHashMap<>();
        Map<FilterShape, List<Question>> byShape = new LinkedHashMap<>();
        for (Filter filter : filters) {
            questions.computeIfAbsent(filter, key -> {
                Question question = new Question(key, limit + 1);
                byShape.computeIfAbsent(FilterShape.of(key), shape -> new ArrayList<>())
                        .add(question);
                return question;
            });
        }
        for (List<Question> alike : byShape.values()) {
            boolean needsEquality = alike.getFirst().equalities != null;
            int size = needsEquality ? table.dialect().longestList() : FILTERS_JOINED_BY_OR;
            for (int from = 0; from < alike.size(); from += size) {
                ask(connection, alike.subList(from, Math.min(alike.size(), from + size)));
            }
        }
        List<List<Resource>> answers = new ArrayList<>(filters.size());
        for (Filter filter : filters) {
            Question question = questions.get(filter);
            answers.add(question == null ? List.of() : List.copyOf(question.found));
        }
        return answers;
    }

    private void ask(Connection connection, List<Question> questions) throws SQLException {
        Predicate condition = condition(questions);
        if (condition.isNone()) {
            return;
        }
        List<Row> few = rows.objects(connection, condition, table.dialect().page(FEW_ROWS + 1, 0));
        if (few.size() <= FEW_ROWS) {
            new Answering(questions).add(few);
            return;
        }
        // Sorted by id, nothing that matches the open questions lies before the last row seen.
        String last = null;
        List<Question> open = questions;
        boolean more = true;
        while (more && !open.isEmpty()) {
            Predicate rest = condition(open);
            Predicate behind = last == null ? rest : scan.beyond(last, ">").and(rest);
            List<Row> next = rows.objects(
                    connection, behind, scan.ordered() + table.dialect().page(FEW_ROWS, 0));
            new Answering(open).add(next);
            open = open.stream().filter(question -> !question.isFull()).toList();
            more = next.size() == FEW_ROWS;
            last = next.isEmpty() ? last : next.getLast().id();
        }
    }

    private Predicate condition(List<Question> questions) {
        Map<Pointer, Set<Object>> values = new LinkedHashMap<>();
        Set<Filter> alternatives = new LinkedHashSet<>();
        for (Question question : questions) {
            if (question.equalities == null) {
                alternatives.add(question.filter);
                continue;
            }
            for (Equality equality : question.equalities) {
                Pointer pointer = equality.comparand().pointer();
                if (equality.comparand().isNormalized()) {
                    // The database holds what was not normalised: it can only say which rows have a value at all.
                    alternatives.add(new Filter.Present(pointer));
                } else {
                    values.computeIfAbsent(pointer, any -> new LinkedHashSet<>())
                            .add(equality.value());
                }
            }
        }
        values.forEach((pointer, any) -> alternatives.add(new Filter.In(pointer, List.copyOf(any))));
        return filterSql.of(new Filter.Or(List.copyOf(alternatives)));
    }

    /** A filter and what was found for it so far. */
    private static final class Question {

        final Filter filter;
        final int most;
        final @org.jspecify.annotations.Nullable List<Equality> equalities;
        final List<Resource> found = new ArrayList<>();

        Question(Filter filter, int most) {
            this.filter = filter;
            this.most = most;
            this.equalities = Equalities.of(filter).orElse(null);
        }

        boolean isFull() {
            return found.size() >= most;
        }

        void offer(Resource resource, Map<String, @org.jspecify.annotations.Nullable Object> view) {
            if (!isFull() && filter.matches(view)) {
                found.add(resource);
            }
        }
    }

    /** Gives rows to the questions they may answer. */
    private static final class Answering {

        private final Map<Equality, List<Question>> byEquality = new HashMap<>();
        private final Set<Comparand> comparands = new LinkedHashSet<>();
        private final List<Question> others = new ArrayList<>();

        Answering(List<Question> questions) {
            for (Question question : questions) {
                if (question.equalities == null) {
                    others.add(question);
                } else {
                    for (Equality equality : question.equalities) {
                        comparands.add(equality.comparand());
                        byEquality
                                .computeIfAbsent(equality, key -> new ArrayList<>())
                                .add(question);
                    }
                }
            }
        }

        void add(List<Row> rows) {
            for (Row row : rows) {
                Resource resource = TableRows.readable(row);
                var view = resource.view();
                Set<Question> asked = new LinkedHashSet<>(others);
                for (Comparand comparand : comparands) {
                    Equalities.heldBy(view, comparand)
                            .forEach(equality -> asked.addAll(byEquality.getOrDefault(equality, List.of())));
                }
                asked.forEach(question -> question.offer(resource, view));
            }
        }
    }
}
