package dev.concord.mapping;

/** What definition files may hold at most, so that reading one is always quick. Real files stay far below. */
final class Limits {

    static final int YAML_BYTES = 5 * 1024 * 1024;
    static final int JSON_BYTES = 10 * 1024 * 1024;
    static final int DEPTH = 50;
    static final int NODES = 300_000;
    static final int ALIASES = 100;
    static final int NODES_BEHIND_ALIASES = 10_000;
    static final int NUMBER_CHARACTERS = 100;
    static final int NUMBER_EXPONENT = 400;
    static final int NAME_CHARACTERS = 100;
    static final int FILTER_CHARACTERS = 20_000;
    static final int FAULTS = 100;

    private Limits() {}
}
