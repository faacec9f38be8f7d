package dev.concord.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ValueHashTest {

    private static final long START = 42;

    @Provide
    Arbitrary<Object> values() {
        return RandomValues.values();
    }

    @Provide
    Arbitrary<Map<String, Object>> objects() {
        return RandomValues.objects();
    }

    @Provide
    Arbitrary<Number> numbers() {
        return RandomValues.numbers();
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void valuesHashAlikeExactlyWhenTheyAreTheSame(@ForAll("values") Object left, @ForAll("values") Object right) {
        assertThat(hash(left) == hash(right)).isEqualTo(JsonValues.same(left, right));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void numbersHashAlikeExactlyWhenTheyAreTheSame(@ForAll("numbers") Number left, @ForAll("numbers") Number right) {
        assertThat(hash(left) == hash(right)).isEqualTo(JsonValues.same(left, right));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void numbersInOtherClassesMakeNoDifferenceAtAnyLevel(@ForAll("values") Object value) {
        assertThat(hash(JsonValues.key(value))).isEqualTo(hash(value));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void theOrderOfMembersMakesNoDifference(@ForAll("objects") Map<String, Object> object, @ForAll Random random) {
        List<String> names = new ArrayList<>(object.keySet());
        Collections.shuffle(names, random);
        Map<String, Object> shuffled = new LinkedHashMap<>();
        names.forEach(name -> shuffled.put(name, object.get(name)));
        assertThat(hash(shuffled)).isEqualTo(hash(object));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void noValueForgetsWhatWentBefore(@ForAll("values") Object value, @ForAll long one, @ForAll long other) {
        assertThat(ValueHash.of(one, value) == ValueHash.of(other, value)).isEqualTo(one == other);
    }

    @Test
    void whatLooksAlikeHashesDifferently() {
        List<Object> values = new ArrayList<>(List.of(
                "",
                " ",
                "1",
                1,
                -1,
                1.5,
                "1.5",
                new BigDecimal("1E+400"),
                "1E+400",
                new BigInteger("9223372036854775808"),
                Double.NaN,
                "NaN",
                true,
                "true",
                false,
                "null",
                "Aa",
                "BB",
                "AaBB",
                "BBAa",
                "\0",
                "\0\0",
                "\1",
                "\2",
                List.of(),
                List.of(List.of()),
                List.of(""),
                List.of("", ""),
                List.of("a", "b"),
                List.of("b", "a"),
                List.of("ab"),
                List.of("a", List.of("b")),
                List.of(List.of("a"), "b"),
                List.of(List.of("a", "b"))));
        values.addAll(List.of(
                Map.of(),
                Map.of("", ""),
                Map.of("a", "b"),
                Map.of("b", "a"),
                Map.of("ab", ""),
                Map.of("a", Map.of()),
                Map.of("b", Map.of()),
                Map.of("a", Map.of(), "b", Map.of()),
                Map.of("a", List.of()),
                Map.of("0", "a"),
                List.of("a"),
                List.of(Map.of()),
                List.of(Map.of(), Map.of()),
                List.of("a", Map.of()),
                List.of("b", Map.of()),
                Map.of("a", 1, "b", 2),
                Map.of("a", 2, "b", 1),
                Map.of("a", Map.of("b", 1), "c", Map.of("d", 2)),
                Map.of("a", Map.of("d", 2), "c", Map.of("b", 1))));
        values.add(null);
        values.add(Collections.singletonList(null));
        values.add(Collections.singletonMap("a", null));
        Set<Long> hashes = new HashSet<>();
        for (Object value : values) {
            assertThat(hashes.add(hash(value))).as("%s", value).isTrue();
        }
    }

    @Test
    void shortTextsDoNotMeet() {
        List<String> letters = Stream.of("A", "B", "a", "b", "0", "1", "\0", "\uffff", "é", " ")
                .toList();
        Set<String> texts = new HashSet<>(Set.of(""));
        for (int length = 1; length <= 4; length++) {
            for (String text : List.copyOf(texts)) {
                letters.forEach(letter -> texts.add(text + letter));
            }
        }
        Set<Long> hashes = new HashSet<>();
        texts.forEach(text -> hashes.add(hash(text)));
        assertThat(texts).hasSizeGreaterThan(10_000);
        assertThat(hashes).hasSameSizeAs(texts);
    }

    @Test
    void smallNumbersDoNotMeet() {
        Set<Long> hashes = new HashSet<>();
        for (int number = -50_000; number < 50_000; number++) {
            hashes.add(hash(number));
            hashes.add(hash(String.valueOf(number)));
        }
        assertThat(hashes).hasSize(200_000);
    }

    private static long hash(Object value) {
        return ValueHash.of(START, value);
    }

    @Test
    void textsOfFewCharactersHashDifferentlyWhereverTheyDiffer() {
        List<String> texts = new ArrayList<>(List.of(""));
        for (int i = 0; i < texts.size() && texts.get(i).length() < 9; i++) {
            for (char character : new char[] {0, 1, '\u8000'}) {
                texts.add(texts.get(i) + character);
            }
        }
        Set<Long> hashes = new HashSet<>();
        texts.forEach(text -> hashes.add(hash(text)));
        assertThat(hashes).hasSameSizeAs(texts);
    }
}
