package dev.concord.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class JsonValuesTest {

    @Provide
    Arbitrary<Object> values() {
        return RandomValues.values();
    }

    @Provide
    Arbitrary<List<Object>> lists() {
        return RandomValues.values().list().ofMaxSize(5);
    }

    @Provide
    Arbitrary<Number> numbers() {
        return RandomValues.numbers();
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(0x20, 0x61, 0x62, 0xfc, 0xd7ff, 0xe000, 0xff5a, 0xffff, 0x10000, 0x1f600, 0x10ffff)
                .list()
                .ofMaxSize(3)
                .map(points -> points.stream().map(Character::toString).reduce("", String::concat));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void valuesAreTheSameExactlyWhenTheirKeysAreEqual(@ForAll("values") Object left, @ForAll("values") Object right) {
        assertThat(JsonValues.same(left, right))
                .isEqualTo(java.util.Objects.equals(JsonValues.key(left), JsonValues.key(right)))
                .isEqualTo(JsonValues.same(right, left));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void everyValueIsTheSameAsItsCopyAndItsKey(@ForAll("values") Object value) {
        assertThat(JsonValues.same(value, JsonValues.copy(value))).isTrue();
        assertThat(JsonValues.same(value, JsonValues.key(value))).isTrue();
        assertThat(JsonValues.copy(value)).isEqualTo(value);
    }

    @Property
    void theOrderOfNumbersIsAnOrder(
            @ForAll("numbers") Number a, @ForAll("numbers") Number b, @ForAll("numbers") Number c) {
        assertThat(JsonValues.compare(a, b)).isEqualTo(-JsonValues.compare(b, a));
        assertThat(JsonValues.compare(a, b) == 0)
                .isEqualTo(JsonValues.canonical(a).equals(JsonValues.canonical(b)));
        if (JsonValues.compare(a, b) <= 0 && JsonValues.compare(b, c) <= 0) {
            assertThat(JsonValues.compare(a, c)).isNotPositive();
        }
    }

    @Property
    void textsAreOrderedAsTheirBytes(@ForAll("texts") String left, @ForAll("texts") String right) {
        int bytes =
                Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));

        assertThat(Integer.signum(JsonValues.compare(left, right))).isEqualTo(Integer.signum(bytes));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void shuffledListsAreTheSameWhenOrderDoesNotMatter(@ForAll("lists") List<Object> list, @ForAll Random random) {
        List<Object> shuffled = new ArrayList<>(list);
        Collections.shuffle(shuffled, random);

        assertThat(JsonValues.sameUnordered(list, shuffled)).isTrue();
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aListWithOneMoreElementIsNeverTheSame(@ForAll("lists") List<Object> list, @ForAll("values") Object value) {
        List<Object> longer = new ArrayList<>(list);
        longer.add(value);

        assertThat(JsonValues.sameUnordered(list, longer)).isFalse();
        assertThat(JsonValues.same(list, longer)).isFalse();
    }

    @Test
    void typeFamiliesNeverMix() {
        assertThat(JsonValues.same(1, "1")).isFalse();
        assertThat(JsonValues.same(1, true)).isFalse();
        assertThat(JsonValues.same("true", true)).isFalse();
        assertThat(JsonValues.same(null, "")).isFalse();
        assertThat(JsonValues.same(List.of("a"), "a")).isFalse();
        assertThat(JsonValues.same(List.of(), Map.of())).isFalse();
    }

    @Test
    void numbersAreTheSameByValue() {
        assertThat(JsonValues.same(1, new BigDecimal("1.00"))).isTrue();
        assertThat(JsonValues.same(0.1, new BigDecimal("0.1"))).isTrue();
        assertThat(JsonValues.same(0.1f, 0.1)).isTrue();
        assertThat(JsonValues.same(-0.0, 0)).isTrue();
        assertThat(JsonValues.same(Long.MAX_VALUE, (double) Long.MAX_VALUE)).isFalse();
        assertThat(JsonValues.same(new AtomicInteger(5), 5L)).isTrue();
        assertThat(JsonValues.same(9007199254740993L, 9007199254740992.0)).isFalse();
    }

    @Test
    void infinitiesLieOutsideAllOtherNumbers() {
        assertThat(JsonValues.compare(Double.POSITIVE_INFINITY, new BigDecimal("1E+400")))
                .isPositive();
        assertThat(JsonValues.compare(Double.NEGATIVE_INFINITY, new BigDecimal("-1E+400")))
                .isNegative();
        assertThat(JsonValues.compare(Double.NaN, Double.POSITIVE_INFINITY)).isPositive();
        assertThat(JsonValues.same(Double.NaN, Double.NaN)).isTrue();
    }

    @Test
    void theFormOfANumberIsALongWhenItFits() {
        assertThat(JsonValues.canonical(new BigDecimal("1E+3"))).isEqualTo(1000L);
        assertThat(JsonValues.canonical(new BigDecimal("9223372036854775807.000")))
                .isEqualTo(Long.MAX_VALUE);
        assertThat(JsonValues.canonical(new BigInteger("-9223372036854775808"))).isEqualTo(Long.MIN_VALUE);
        assertThat(JsonValues.canonical(new BigInteger("9223372036854775808")))
                .isEqualTo(new BigDecimal("9223372036854775808"));
        assertThat(JsonValues.canonical(2.50)).isEqualTo(new BigDecimal("2.5"));
        assertThat(JsonValues.canonical(new BigDecimal("1E+2000000000"))).isEqualTo(new BigDecimal("1E+2000000000"));
    }

    @Test
    void supplementaryCharactersComeAfterTheBasicPlane() {
        assertThat(JsonValues.compare("\uff5a", "\ud83d\ude00")).isNegative();
        assertThat(JsonValues.compare("\ud83d\ude00", "\ud83d\ude80")).isNegative();
        assertThat(JsonValues.compare("a", "ab")).isNegative();
    }

    @Test
    void unorderedListsCountTheirElements() {
        assertThat(JsonValues.sameUnordered(List.of(1, "a", 1), List.of("a", 1.0, 1L)))
                .isTrue();
        assertThat(JsonValues.sameUnordered(List.of(1, "a", "a"), List.of("a", 1, 1)))
                .isFalse();
        assertThat(JsonValues.sameUnordered(Arrays.asList(null, 1), Arrays.asList(1, null)))
                .isTrue();
        assertThat(JsonValues.sameUnordered(List.of(List.of(1, 2)), List.of(List.of(2, 1))))
                .isFalse();
        assertThat(JsonValues.sameUnordered("a", "a")).isTrue();
        assertThat(JsonValues.sameUnordered(List.of("a"), "a")).isFalse();
    }

    @Test
    void copiesShareNothingThatMayChange() {
        Map<String, Object> object = Json.readObject("{\"m\": [{\"x\": 1}]}");
        Map<String, Object> copy = JsonValues.copyOf(object);

        Pointer.of("m/0/x").put(copy, 2);

        assertThat(Json.write(object)).isEqualTo("{\"m\":[{\"x\":1}]}");
    }

    @Test
    void nothingIsNullOrAnEmptyTextOrAnEmptyList() {
        for (Object empty : Arrays.asList(null, "", List.of())) {
            assertThat(JsonValues.isEmpty(empty)).isTrue();
        }
        for (Object filled : List.of(" ", 0, false, List.of(""), Map.of())) {
            assertThat(JsonValues.isEmpty(filled)).isFalse();
        }
    }
}
