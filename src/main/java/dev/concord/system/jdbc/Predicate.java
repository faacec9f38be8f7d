package dev.concord.system.jdbc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A condition of a statement that holds at least for every row that matches a filter. It is true or false for every
 * row, never unknown.
 *
 * @param binders the values of its question marks, from left to right
 * @param exact whether it holds for no other rows
 */
record Predicate(String sql, List<Binder> binders, boolean exact) {

    static final Predicate ALL = new Predicate("1 = 1", List.of(), true);
    static final Predicate NONE = new Predicate("1 = 0", List.of(), true);
    /** Nothing can be said in the database. */
    static final Predicate ANY = new Predicate("1 = 1", List.of(), false);

    static final int LONGEST_LIST = 1000;

    boolean isNone() {
        return sql.equals(NONE.sql);
    }

    private boolean isAll() {
        return sql.equals(ALL.sql);
    }

    Predicate inexact() {
        return new Predicate(sql, binders, false);
    }

    Predicate and(Predicate other) {
        return and(List.of(this, other));
    }

    static Predicate and(List<Predicate> operands) {
        boolean exact = operands.stream().allMatch(Predicate::exact);
        if (operands.stream().anyMatch(Predicate::isNone)) {
            return NONE;
        }
        return joined(operands.stream().filter(operand -> !operand.isAll()).toList(), " and ", ALL, exact);
    }

    static Predicate or(List<Predicate> operands) {
        boolean exact = operands.stream().allMatch(Predicate::exact);
        if (operands.stream().anyMatch(operand -> operand.isAll() && operand.exact())) {
            return ALL;
        }
        if (operands.stream().anyMatch(Predicate::isAll)) {
            return ANY;
        }
        return joined(operands.stream().filter(operand -> !operand.isNone()).toList(), " or ", NONE, exact);
    }

    /**
     * What does not match. Where a condition holds for more than the matching rows, nothing can be said about the
     * others.
     */
    Predicate not() {
        if (!exact) {
            return ANY;
        }
        return isAll() ? NONE : isNone() ? ALL : new Predicate("not (" + sql + ")", binders, true);
    }

    /**
     * {@code expression in (?, …)}. Lists are filled up to powers of two with their last value, so that there are few
     * statements of different length.
     */
    static Predicate in(String expression, List<? extends Binder> values, boolean exact) {
        List<Predicate> lists = new ArrayList<>();
        for (int from = 0; from < values.size(); from += LONGEST_LIST) {
            List<Binder> list = new ArrayList<>(values.subList(from, Math.min(values.size(), from + LONGEST_LIST)));
            int length = Math.min(LONGEST_LIST, list.size() == 1 ? 1 : Integer.highestOneBit(list.size() - 1) << 1);
            list.addAll(Collections.nCopies(length - list.size(), list.getLast()));
            String marks = String.join(", ", Collections.nCopies(length, "?"));
            String sql = length == 1 ? expression + " = ?" : expression + " in (" + marks + ")";
            lists.add(new Predicate(sql, List.copyOf(list), exact));
        }
        return or(lists);
    }

    static Predicate of(String sql, boolean exact, Binder... binders) {
        return new Predicate(sql, Arrays.asList(binders), exact);
    }

    private static Predicate joined(List<Predicate> operands, String word, Predicate empty, boolean exact) {
        if (operands.isEmpty()) {
            return exact ? empty : empty.inexact();
        }
        if (operands.size() == 1) {
            Predicate only = operands.getFirst();
            return new Predicate(only.sql, only.binders, exact);
        }
        String sql = operands.stream().map(operand -> "(" + operand.sql + ")").collect(Collectors.joining(word));
        List<Binder> binders =
                operands.stream().flatMap(operand -> operand.binders.stream()).toList();
        return new Predicate(sql, binders, exact);
    }
}
