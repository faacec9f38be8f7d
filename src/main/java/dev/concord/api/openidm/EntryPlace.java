package dev.concord.api.openidm;

import dev.concord.ledger.LedgerReader.SegmentId;
import dev.concord.ledger.Phase;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where an entry stands: what its id says, and how far a query has come.
 *
 * @param index of the entry in its segment
 */
record EntryPlace(String runId, SegmentId segment, int index) {

    private static final int PARTS = 5;

    /** Reads the id of an entry; empty when it is none. */
    static Optional<EntryPlace> of(String id) {
        String[] parts = id.split("_", -1);
        if (parts.length != PARTS
                || Arrays.stream(Phase.values()).noneMatch(phase -> phase.name().equals(parts[1]))
                || !Arrays.stream(parts).skip(2).allMatch(number -> number.matches("[0-9]{1,9}"))) {
            return Optional.empty();
        }
        return Optional.of(new EntryPlace(
                parts[0],
                new SegmentId(Phase.valueOf(parts[1]), Integer.parseInt(parts[2]), Integer.parseInt(parts[3])),
                Integer.parseInt(parts[4])));
    }
}
