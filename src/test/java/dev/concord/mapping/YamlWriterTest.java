package dev.concord.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class YamlWriterTest {

    private static final List<Object> ODD = List.of(
            "",
            " ",
            "~",
            "null",
            "yes",
            "True",
            "1",
            "1.0",
            "0x1F",
            "1e3",
            ".inf",
            "<<",
            "=",
            "- a",
            "a: b",
            "a #b",
            "# no comment",
            "&{name|x}",
            "*alias",
            "!tag",
            "|",
            ">",
            "%x",
            "@x",
            "`x`",
            "'",
            "\"",
            "{a}",
            "[a]",
            "a, b",
            "---",
            "...",
            "---\n...\n",
            "2026-11-22",
            "a\n",
            "a\n\n",
            "\n",
            "\na",
            "\n  a",
            "  a\nb",
            "\ta\nb\t",
            "a \n b \n",
            "a\n \nb",
            "a\r\nb",
            "a\u0000b",
            "a\u0085b\nc",
            "a\u2028b\nc",
            "\uFEFFa\nb",
            "tschüß\n松本\n😀",
            "x".repeat(300),
            ("x".repeat(90) + " ").repeat(3) + "\nend",
            0,
            -7,
            Long.MAX_VALUE,
            new BigInteger("123456789012345678901234567890"),
            new BigDecimal("1.50"),
            new BigDecimal("1E+3"),
            new BigDecimal("-0.001"),
            true,
            false,
            List.of(),
            Map.of());

    @Property(tries = 300)
    void whatIsWrittenIsReadAgain(@ForAll("objects") Map<String, Object> value) {
        assertReadAgain(value);
    }

    @Example
    void keysOfAnyLengthAreReadAgain() {
        assertReadAgain(Map.of("k".repeat(5_000), 1, "a", List.of(Map.of("k".repeat(2_000), Map.of("b", "c\nd")))));
    }

    @Example
    void aTextOfSeveralLinesIsABlock() {
        assertThat(YamlWriter.write(List.of("Comment"), Map.of("a", List.of(Map.of("b", "x: 1\n\ty: 2\n")))))
                .isEqualTo("""
                # Comment

                a:
                  - b: |
                      x: 1
                      \ty: 2
                """);
    }

    private static void assertReadAgain(Map<String, Object> value) {
        String yaml = YamlWriter.write(List.of(), value);
        FaultLog log = new FaultLog(Spelling.NATIVE);
        Node read = YamlReader.read("file.yaml", yaml, log);
        assertThat(log.faults()).as(yaml).isEmpty();
        assertThat(read.plain()).as(yaml).isEqualTo(value);
    }

    @Provide
    Arbitrary<Map<String, Object>> objects() {
        Arbitrary<Object> odd = Arbitraries.of(ODD);
        Arbitrary<Object> composed = Arbitraries.of(
                        ODD.stream().map(String::valueOf).toList())
                .list()
                .ofMinSize(2)
                .ofMaxSize(5)
                .map(parts -> (Object) parts.stream().collect(Collectors.joining()));
        Arbitrary<Object> any = Arbitraries.strings().ofMaxLength(20).map(text -> (Object) withoutLoneSurrogates(text));
        Arbitrary<Object> leaves = Arbitraries.oneOf(odd, composed, any).injectNull(0.05);
        Arbitrary<String> keys = Arbitraries.oneOf(
                Arbitraries.of(ODD.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()),
                Arbitraries.of("a", "b", "source", "script"));
        return Arbitraries.maps(
                        keys,
                        Arbitraries.recursive(
                                () -> leaves,
                                inner -> Arbitraries.oneOf(
                                        inner.list().ofMaxSize(4).map(ArrayList::new),
                                        Arbitraries.maps(keys, inner)
                                                .ofMaxSize(4)
                                                .map(LinkedHashMap::new)),
                                0,
                                3))
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(LinkedHashMap::new);
    }

    private static String withoutLoneSurrogates(String text) {
        return text.codePoints()
                .filter(c -> c < 0xD800 || c > 0xDFFF)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
