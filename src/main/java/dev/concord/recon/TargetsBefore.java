package dev.concord.recon;

import dev.concord.record.Resource;
import dev.concord.record.ValueHash;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What targets were like at some moment: of each a 64-bit hash of its id and of those attributes that the mapping
 * gives, 8 MB for a million of them. Tells whether a target with an id held certain values then. It is wrong about a
 * changed record as often as two of these hashes happen to be the same: about 5 times in 100 million runs at a million
 * records that all changed. Immutable.
 */
final class TargetsBefore {

    private final long[] sorted;

    private TargetsBefore(long[] sorted) {
        this.sorted = sorted;
    }

    /** @param parts are not kept */
    static TargetsBefore of(Collection<Part> parts) {
        long[] all = new long[parts.stream().mapToInt(part -> part.size).sum()];
        int at = 0;
        for (Part part : parts) {
            System.arraycopy(part.hashes, 0, all, at, part.size);
            at += part.size;
        }
        Arrays.parallelSort(all);
        return new TargetsBefore(all);
    }

    boolean contains(long hash) {
        return Arrays.binarySearch(sorted, hash) >= 0;
    }

    /** How objects are hashed, seeded so that the same two do not collide every night. */
    record Hashing(long seed, List<String> attributes) {

        long of(String id, Map<String, @Nullable Object> content) {
            long hash = ValueHash.of(ValueHash.mix(seed), id);
            for (String attribute : attributes) {
                hash = ValueHash.of(hash, content.get(attribute));
            }
            return hash;
        }

        long of(Resource target) {
            return of(target.id(), target.content());
        }
    }

    /** Hashes as they are gathered by one thread. */
    static final class Part {

        private static final int FIRST = 1024;

        private long[] hashes = new long[FIRST];
        private int size;

        void add(long hash) {
            if (size == hashes.length) {
                hashes = Arrays.copyOf(hashes, size + size / 2);
            }
            hashes[size++] = hash;
        }
    }
}
