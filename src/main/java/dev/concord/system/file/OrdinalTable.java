package dev.concord.system.file;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.function.IntConsumer;

/**
 * Which records may hold a value: numbers in rising order, 8 bytes each, the value's 32-bit hash above the record's
 * ordinal. Who asks looks at the records themselves, because different values may share a hash.
 */
record OrdinalTable(MemorySegment entries) {

    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    static OrdinalTable of(long[] sorted) {
        MemorySegment entries = MemorySegment.ofArray(new long[sorted.length]);
        for (int i = 0; i < sorted.length; i++) {
            entries.setAtIndex(LONG, i, sorted[i]);
        }
        return new OrdinalTable(entries);
    }

    static long entry(int hash, int ordinal) {
        return ((long) hash << 32) | ordinal;
    }

    static int ordinal(long entry) {
        return (int) entry;
    }

    static int hash(long entry) {
        return (int) (entry >> 32);
    }

    /** A 32-bit hash of a text that spreads well for texts that differ in few characters. */
    static int hashOf(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 32)) * 0xd6e8feb86659fd93L;
        return (int) (hash ^ (hash >>> 32));
    }

    long size() {
        return entries.byteSize() / Long.BYTES;
    }

    long get(long at) {
        return entries.getAtIndex(LONG, at);
    }

    /** Names the ordinals under a hash, in rising order. */
    void forEach(int hash, IntConsumer ordinals) {
        long low = 0;
        long high = size();
        long first = entry(hash, 0);
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (get(middle) < first) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        for (long at = low; at < size() && hash(get(at)) == hash; at++) {
            ordinals.accept(ordinal(get(at)));
        }
    }
}
