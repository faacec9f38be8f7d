package dev.concord.worlds;

/** How a run is cut up. What comes out must not depend on it. */
record Settings(int pageSize, int taskThreads) {}
