package dev.concord.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BenchmarkDataTest {

    @Test
    void thereAreTwentyAttributesOfAboutFourHundredBytes() {
        assertThat(BenchmarkData.ATTRIBUTES).hasSize(20);
        double bytes = LongStream.range(0, 2000)
                .mapToInt(person -> Arrays.stream(BenchmarkData.values(person, 0))
                        .mapToInt(value -> value.toString().length())
                        .sum())
                .average()
                .orElseThrow();
        assertThat(bytes).isBetween(350.0, 450.0);
    }

    @Test
    void aPersonIsTheSameEachTime() {
        assertThat(BenchmarkData.values(4711, 0)).containsExactly(BenchmarkData.values(4711, 0));
        assertThat(BenchmarkData.targetId(4711)).isEqualTo(BenchmarkData.targetId(4711));
    }

    @Test
    void noTwoPeopleShareAKeyOrAnId() {
        assertThat(LongStream.range(0, 5000).mapToObj(person -> BenchmarkData.values(person, 0)[0]))
                .doesNotHaveDuplicates();
        assertThat(LongStream.range(0, 5000).mapToObj(BenchmarkData::sourceId))
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(LongStream.range(0, 5000).mapToObj(BenchmarkData::targetId)).doesNotHaveDuplicates();
    }

    @Test
    void anotherEditionDiffersInWhatIsSaidToChange() {
        Object[] first = BenchmarkData.values(12, 0);
        Object[] second = BenchmarkData.values(12, 1);
        assertThat(IntStream.range(0, first.length).filter(i -> !first[i].equals(second[i])))
                .containsExactlyElementsOf(BenchmarkData.CHANGING);
    }
}
