package dev.concord.record;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** JSON values by chance, from so few leaves that equal ones in different classes are frequent. */
final class RandomValues {

    private static final List<Object> LEAVES = List.of(
            "",
            "a",
            "A",
            "1",
            true,
            false,
            0,
            1,
            1L,
            1.0,
            1.0f,
            (short) 1,
            BigInteger.ONE,
            new BigDecimal("1.00"),
            -0.0,
            0.1,
            0.1f,
            new BigDecimal("0.10"),
            1000,
            new BigDecimal("1E+3"),
            Long.MAX_VALUE,
            new BigDecimal("9223372036854775807"),
            new BigInteger("9223372036854775808"),
            9.223372036854775807E18,
            new BigDecimal("1E+400"),
            Double.MAX_VALUE,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Float.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY);

    private RandomValues() {}

    static Arbitrary<Number> numbers() {
        return Arbitraries.of(LEAVES.stream()
                .filter(Number.class::isInstance)
                .map(Number.class::cast)
                .toList());
    }

    /** Strings, numbers, booleans and nulls, and lists and objects of them that may be changed. */
    static Arbitrary<Object> values() {
        Arbitrary<Object> leaves = Arbitraries.of(LEAVES).injectNull(0.1);
        return Arbitraries.recursive(
                () -> leaves,
                inner -> Arbitraries.oneOf(
                        inner.list().ofMaxSize(3).map(ArrayList::new),
                        Arbitraries.maps(Arbitraries.of("a", "b", "0", "1"), inner)
                                .ofMaxSize(3)
                                .map(LinkedHashMap::new)),
                0,
                2);
    }

    static Arbitrary<Map<String, Object>> objects() {
        return Arbitraries.maps(Arbitraries.of("a", "b", "0", "1"), values())
                .ofMaxSize(4)
                .map(LinkedHashMap::new);
    }
}
