package dev.concord.bench;

/** What can be measured. */
public enum Benchmark {
    UNCHANGED("linked pairs, all equal but one"),
    INITIAL("sources for which there is no target yet");

    private final String description;

    Benchmark(String description) {
        this.description = description;
    }

    public String description() {
        return description;
    }
}
