package dev.concord.run;

/** Where the ids of runs come from. Safe for use by several threads. */
@FunctionalInterface
public interface RunIds {

    /** An id that no run has yet. */
    String next();
}
