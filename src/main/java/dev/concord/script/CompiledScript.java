package dev.concord.script;

import org.graalvm.polyglot.Source;

/** What became of a script's text together with the names of its variables. */
sealed interface CompiledScript {

    /** A function of the variables: expressions, and scripts with a top-level {@code return}. */
    record Function(Source source) implements CompiledScript {}

    /**
     * Statements whose last value counts. They run as a program, the variables being properties of the global object
     * for the time of the call.
     *
     * @param frame a function that is given the function which tidies the global object, and gives one that puts the
     *     variables there and one that takes them and all else away again
     */
    record Program(Source source, Source frame) implements CompiledScript {}

    /**
     * Text that is no script.
     *
     * @param line in the text, from 1; 0 when unknown
     */
    record Faulty(int line, String what) implements CompiledScript {}
}
