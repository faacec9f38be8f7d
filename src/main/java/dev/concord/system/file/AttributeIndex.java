package dev.concord.system.file;

import dev.concord.filter.Comparand;
import dev.concord.filter.Equalities;
import dev.concord.filter.Equality;
import java.util.function.IntConsumer;

/** Which records of a snapshot may hold a value at a pointer: 8 bytes for each record and value. */
record AttributeIndex(OrdinalTable table) {

    /** Reads the whole snapshot once. */
    static AttributeIndex of(Snapshot snapshot, Comparand comparand) {
        LongList entries = new LongList();
        for (int ordinal = 0; ordinal < snapshot.size(); ordinal++) {
            SnapshotLine line = snapshot.object(ordinal);
            if (line != null) {
                int at = ordinal;
                Equalities.heldBy(line.resource().view(), comparand)
                        .forEach(equality -> entries.add(OrdinalTable.entry(hashOf(equality), at)));
            }
        }
        return new AttributeIndex(OrdinalTable.of(entries.sorted()));
    }

    void forEach(Equality equality, IntConsumer ordinals) {
        table.forEach(hashOf(equality), ordinals);
    }

    private static int hashOf(Equality equality) {
        return equality.value() instanceof String text
                ? OrdinalTable.hashOf(text)
                : equality.value().hashCode();
    }
}
