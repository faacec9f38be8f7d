package dev.concord.ledger;

import dev.concord.record.CompareKey;
import dev.concord.record.ValueHash;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The targets that ops accounted for, as 64-bit hashes of target key and link qualifier: 8 MB for a million of them. A
 * collision leaves one target unjudged for one run. Immutable.
 */
public final class Handled {

    private final long[] sorted;

    private Handled(long[] sorted) {
        this.sorted = sorted;
    }

    /** Gathers the hashes of segments in one array, which is sorted where it is. */
    static final class Collector {

        private long[] hashes;
        private int size;

        /** @param bytes how much will be added */
        Collector(long bytes) {
            hashes = new long[Math.toIntExact(bytes / Long.BYTES)];
        }

        void add(byte[] bytes) {
            int after = size + bytes.length / Long.BYTES;
            if (after > hashes.length) {
                hashes = Arrays.copyOf(hashes, Math.max(after, hashes.length + hashes.length / 2));
            }
            ByteBuffer.wrap(bytes).asLongBuffer().get(hashes, size, after - size);
            size = after;
        }

        /** All that was added; the collector must not be used any more. */
        Handled handled() {
            if (size < hashes.length) {
                hashes = Arrays.copyOf(hashes, size);
            }
            Arrays.sort(hashes);
            return new Handled(hashes);
        }
    }

    /** Whether these are as many different targets as are said to exist, none of them twice. */
    public boolean areAll(long targets) {
        if (sorted.length != targets) {
            return false;
        }
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1]) {
                return false;
            }
        }
        return true;
    }

    public boolean contains(long hash) {
        return Arrays.binarySearch(sorted, hash) >= 0;
    }

    /**
     * The hash of a target under a link qualifier; {@code seed} is the run's, so that the same two keys do not collide
     * every night.
     */
    public static long hash(long seed, CompareKey targetKey, String linkQualifier) {
        return ValueHash.text(ValueHash.text(ValueHash.mix(seed), targetKey.text()), linkQualifier);
    }

    static byte[] toBytes(long[] hashes) {
        ByteBuffer buffer = ByteBuffer.allocate(hashes.length * Long.BYTES);
        buffer.asLongBuffer().put(hashes);
        return buffer.array();
    }
}
