package dev.concord.mapping;

import dev.concord.filter.Filter;

/**
 * A condition of a rule, a property row or a source: a query filter over the variables in scope, or a script that must
 * return true.
 */
public sealed interface Condition {

    /**
     * A filter whose pointers start at the scope's variables, such as {@code /object/mail} or {@code /linkQualifier}.
     */
    record FilterCondition(Filter filter, Place place) implements Condition {}

    record ScriptCondition(ScriptSource script) implements Condition {}
}
