package dev.concord.script.plain;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What names mean at a place of a script: something it declared there, or one of its variables. A name that is declared
 * twice, or used where its declaration does not reach, is for the engine.
 */
final class Names {

    /** Words of the language, and names one must not declare because they mean something already. */
    private static final Set<String> TAKEN = Set.of(
            ("arguments async await break case catch class const continue debugger default delete do else enum eval export extends false"
                            + " finally for function if implements import in instanceof interface let new null package private protected"
                            + " public return static super switch this throw true try typeof var void while with yield undefined NaN"
                            + " Infinity globalThis isNaN isFinite parseInt parseFloat encodeURI encodeURIComponent decodeURI"
                            + " decodeURIComponent escape unescape openidm logger identityServer")
                    .split(" "));

    /**
     * Something declared.
     *
     * @param place among the locals
     * @param assignable whether it may be given another value
     */
    record Local(int place, boolean assignable) {}

    private final Deque<Map<String, Local>> scopes = new ArrayDeque<>();
    private final Set<String> declared = new HashSet<>();
    private final Set<String> variables = new HashSet<>();
    private final Set<String> builtIn = new HashSet<>();
    private int places;

    Names() {
        open();
    }

    void open() {
        scopes.push(new HashMap<>());
    }

    void close() {
        scopes.pop();
    }

    /**
     * Declares a name for the rest of its block, even by {@code var}, which would make it known in the whole function.
     */
    Local declare(String name, boolean assignable) {
        Local local = local(name, assignable);
        if (!declared.add(name)) {
            throw NotPlainException.INSTANCE;
        }
        return local;
    }

    /** A parameter of a function, which hides what has the same name outside. */
    Local parameter(String name) {
        return local(name, false);
    }

    private Local local(String name, boolean assignable) {
        if (isTaken(name)) {
            throw NotPlainException.INSTANCE;
        }
        Local local = new Local(places++, assignable);
        if (scopes.element().put(name, local) != null) {
            throw NotPlainException.INSTANCE;
        }
        return local;
    }

    /** What a name means; null where it is a variable. */
    @Nullable
    Local meaning(String name) {
        for (Map<String, Local> scope : scopes) {
            Local local = scope.get(name);
            if (local != null) {
                return local;
            }
        }
        variables.add(name);
        return null;
    }

    static boolean isTaken(String name) {
        return TAKEN.contains(name) || Character.isUpperCase(name.charAt(0));
    }

    /** Takes note that a name has to mean what the language means by it. */
    void useBuiltIn(String name) {
        builtIn.add(name);
    }

    int places() {
        return places;
    }

    /** The names that no variable may have. */
    Set<String> notVariables() {
        Set<String> names = new HashSet<>(declared);
        names.addAll(builtIn);
        return Set.copyOf(names);
    }

    /** Whether no name is used both as a variable and as something declared. */
    boolean areClear() {
        return variables.stream().noneMatch(declared::contains);
    }
}
