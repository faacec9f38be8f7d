package dev.concord.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

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

    /** The benchmark of this name, in any case, if there is one. */
    public static Optional<Benchmark> named(String name) {
        return Arrays.stream(values())
                .filter(benchmark -> benchmark.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** All names, as people write them. */
    public static String names() {
        return Arrays.stream(values()).map(Benchmark::toString).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
