package dev.concord.worlds;

/**
 * How a run is done. What comes out must not depend on it.
 *
 * @param allEntries whether entries are kept of ops that changed nothing, too
 * @param fewestPresumed how many linked records it takes to read all targets before the source phase
 */
record Settings(int pageSize, int taskThreads, boolean allEntries, int fewestPresumed) {

    Settings(int pageSize, int taskThreads) {
        this(pageSize, taskThreads, true, 1);
    }

    /** The same, with so few entries that targets may be presumed to be as they should be. */
    Settings presuming() {
        return new Settings(pageSize, taskThreads, false, 1);
    }

    /** The same, with every target looked up. */
    Settings lookingUp() {
        return new Settings(pageSize, taskThreads, false, Integer.MAX_VALUE);
    }

    /** Whether one record is taken after the other, in the order of the source. */
    boolean keepsOrder() {
        return taskThreads < 2;
    }
}
