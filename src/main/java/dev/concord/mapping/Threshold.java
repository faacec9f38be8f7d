package dev.concord.mapping;

/** A limit of a guard: an absolute number of records, or a percentage of a base that depends on the guard. */
public sealed interface Threshold {
    record Count(long records) implements Threshold {}

    record Percent(double percent) implements Threshold {}
}
