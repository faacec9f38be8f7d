package dev.concord.worlds;

/** How a run is cut up. What comes out must not depend on it. */
record Settings(int pageSize, int taskThreads) {

    /** Whether one record is taken after the other, in the order of the source. */
    boolean keepsOrder() {
        return taskThreads < 2;
    }
}
