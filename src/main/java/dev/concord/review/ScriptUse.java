package dev.concord.review;

import dev.concord.record.Pointer;

/**
 * One use of an object type or an attribute in a script.
 *
 * @param line in the script's text
 * @param objectSet its path, or {@link #ANY} where that is only known when the script runs
 * @param attribute the whole object where the type itself is used, or any of its attributes
 * @param call whether it is in a call of {@code openidm}, or in a filter that is returned
 */
record ScriptUse(int line, String objectSet, Pointer attribute, Use.Way way, boolean call) {
    static final String ANY = "*";
}
