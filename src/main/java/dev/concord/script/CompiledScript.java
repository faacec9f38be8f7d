package dev.concord.script;

import java.util.List;
import org.graalvm.polyglot.Source;

/** What became of a script's text together with the names of its variables. */
sealed interface CompiledScript {

    /** A function of the variables: expressions, and scripts with a top-level {@code return}. */
    record Function(Source source) implements CompiledScript {}

    /**
     * Statements whose last value counts. They run as a program, the variables being properties of the global object
     * for the time of the call.
     *
     * @param declared what the program itself declares with {@code var} and {@code function}
     */
    record Program(Source source, List<String> names, List<String> declared) implements CompiledScript {}

    /**
     * Text that is no script.
     *
     * @param line in the text, from 1; 0 when unknown
     */
    record Faulty(int line, String what) implements CompiledScript {}
}
