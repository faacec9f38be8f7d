package dev.concord.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.record.CompareKey;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class HandledTest {

    @Property
    void containsWhatWasPutInAndNothingElse(
            @ForAll List<long[]> segments, @ForAll long[] others, @ForAll boolean announced) {
        Handled handled = handled(segments, announced);
        long[] all = segments.stream().flatMapToLong(LongStream::of).toArray();
        Set<Long> expected = new HashSet<>(LongStream.of(all).boxed().toList());

        assertThat(LongStream.of(all).allMatch(handled::contains)).isTrue();
        for (long other : others) {
            assertThat(handled.contains(other)).isEqualTo(expected.contains(other));
        }
    }

    @Property
    void eightBytesEach(@ForAll long[] hashes) {
        assertThat(Handled.toBytes(hashes)).hasSize(hashes.length * 8);
    }

    @Property
    void theSameTargetAndQualifierHaveTheSameHashInEveryProcess(
            @ForAll long seed, @ForAll String key, @ForAll String qualifier) {
        assertThat(hash(seed, new String(key), new String(qualifier))).isEqualTo(hash(seed, key, qualifier));
    }

    @Test
    void noTwoOfAMillionSimilarTargetsShareAHash() {
        long[] hashes = IntStream.range(0, 500_000)
                .boxed()
                .flatMapToLong(i -> LongStream.of(hash(7, "user" + i, "default"), hash(7, "user" + i, "admin")))
                .toArray();

        assertThat(Arrays.stream(hashes).distinct().count()).isEqualTo(1_000_000);
    }

    @Test
    void whereTheKeyEndsAndTheQualifierBeginsMatters() {
        assertThat(Set.of(
                        hash(1, "ab", "c"),
                        hash(1, "a", "bc"),
                        hash(1, "", "abc"),
                        hash(1, "abc", ""),
                        hash(1, "c", "ab"),
                        hash(1, "ab\u0000", "c"),
                        hash(1, "ab", "\u0000c")))
                .hasSize(7);
    }

    @Test
    void anotherRunHasOtherHashes() {
        long[] one = LongStream.range(0, 1000)
                .map(i -> hash(1, "user" + i, "default"))
                .toArray();
        long[] other = LongStream.range(0, 1000)
                .map(i -> hash(2, "user" + i, "default"))
                .toArray();

        assertThat(one).doesNotContain(other);
    }

    /** Each bit of the hash should be set for half of the keys; 4 standard deviations of 100,000 tosses are 632. */
    @Test
    void everyBitIsSetForHalfOfTheKeys() {
        int keys = 100_000;
        int[] set = new int[64];
        for (int i = 0; i < keys; i++) {
            long hash = hash(3, Integer.toString(i), "default");
            for (int bit = 0; bit < 64; bit++) {
                set[bit] += (int) (hash >>> bit & 1);
            }
        }

        assertThat(IntStream.of(set).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(keys / 2 - 800, keys / 2 + 800));
    }

    @Test
    void keysSpreadEvenlyOverTheRange() {
        int keys = 256_000;
        int[] buckets = new int[256];
        for (int i = 0; i < keys; i++) {
            buckets[(int) (hash(3, "user" + i, "default") >>> 56)]++;
        }

        assertThat(IntStream.of(buckets).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(840, 1160));
    }

    @Test
    void nothingIsInAnEmptyOne() {
        assertThat(List.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE)).noneMatch(handled(List.of(), true)::contains);
        assertThat(List.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE)).noneMatch(handled(List.of(), false)::contains);
    }

    /** @param announced whether it is said beforehand how much will be added */
    private static Handled handled(List<long[]> segments, boolean announced) {
        List<byte[]> stored = segments.stream().map(Handled::toBytes).toList();
        Handled.Collector collector = new Handled.Collector(
                announced ? stored.stream().mapToLong(bytes -> bytes.length).sum() : 1);
        stored.forEach(collector::add);
        return collector.handled();
    }

    private static long hash(long seed, String key, String qualifier) {
        return Handled.hash(seed, new CompareKey(key), qualifier);
    }
}
