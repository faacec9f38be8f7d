package dev.concord.bench;

import java.util.Locale;

/** What can be measured. */
public enum Benchmark {
    UNCHANGED("linked pairs, all of them equal"),
    INITIAL("sources for which there is no target yet"),
    NIGHTLY("linked pairs, of which 1 % changed, 0.2 % are new and 0.2 % are gone"),
    SCRIPTED("unchanged, with five transforms, a validSource and a correlation script"),
    FILE("unchanged, with a CSV file as the source"),
    GROWTH("unchanged with ten times as many records"),
    MEMORY("twice as many records in 512 MB of heap: unchanged, changed, failing, and targets without a source");

    private final String description;

    Benchmark(String description) {
        this.description = description;
    }

    public String description() {
        return description;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
