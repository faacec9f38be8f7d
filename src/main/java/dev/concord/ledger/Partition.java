package dev.concord.ledger;

import org.jspecify.annotations.Nullable;

/** A part of a phase: the positions its range starts at (inclusive) and ends before; null where the range is open. */
public record Partition(
        Phase phase,
        int number,
        @Nullable String from,
        @Nullable String to) {}
