package dev.concord.review;

import dev.concord.filter.Filter;
import dev.concord.record.Pointer;
import java.util.LinkedHashSet;
import java.util.Set;

/** The attributes that a filter asks for. */
final class FilterUses {

    private FilterUses() {}

    /** Every pointer of a filter; those inside {@code a[…]} begin with {@code a}. */
    static Set<Pointer> pointers(Filter filter) {
        Set<Pointer> pointers = new LinkedHashSet<>();
        collect(filter, pointers);
        return pointers;
    }

    private static void collect(Filter filter, Set<Pointer> pointers) {
        switch (filter) {
            case Filter.And and -> and.operands().forEach(operand -> collect(operand, pointers));
            case Filter.Or or -> or.operands().forEach(operand -> collect(operand, pointers));
            case Filter.Not not -> collect(not.operand(), pointers);
            case Filter.Comparison comparison -> pointers.add(comparison.pointer());
            case Filter.In in -> pointers.add(in.pointer());
            case Filter.NormalizedEquality equality -> pointers.add(equality.pointer());
            case Filter.Present present -> pointers.add(present.pointer());
            case Filter.Element element -> {
                Set<Pointer> inner = pointers(element.filter());
                inner.forEach(pointer -> pointers.add(join(element.pointer(), pointer)));
                if (inner.isEmpty()) {
                    pointers.add(element.pointer());
                }
            }
            case Filter.Literal _ -> {}
        }
    }

    private static Pointer join(Pointer head, Pointer tail) {
        return tail.isWhole() ? head : Pointer.of(head + tail.toString());
    }
}
