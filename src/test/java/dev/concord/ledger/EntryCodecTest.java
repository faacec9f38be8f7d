package dev.concord.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import dev.concord.record.AttributeChange;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class EntryCodecTest {

    private static final int PART_BYTES = 1_000_000;

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void entriesComeBackAsTheyWere(@ForAll("entries") List<Entry> entries) {
        assertThat(decode(EntryCodec.encode(entries))).isEqualTo(entries);
    }

    @Test
    void noEntriesNeedNoPart() {
        assertThat(EntryCodec.encode(List.of())).isEmpty();
    }

    @Test
    void fewEntriesAreOnePart() {
        assertThat(EntryCodec.encode(entriesOf(10, 1_000))).hasSize(1);
    }

    @Test
    void manyEntriesAreSeveralPartsInTheirOrder() {
        List<Entry> entries = entriesOf(500, 10_000);

        List<byte[]> parts = EntryCodec.encode(entries);

        assertThat(parts)
                .hasSizeGreaterThan(3)
                .allSatisfy(part -> assertThat(part).hasSizeLessThanOrEqualTo(1 << 20));
        assertThat(decode(parts)).isEqualTo(entries);
    }

    @Test
    void partsAreMeasuredAsTheyAreStoredWhateverTheLettersCost() {
        Random random = new Random(1);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String text = random.ints(10_000, 0x4E00, 0x9FFF)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            entries.add(entry("s" + i, text));
        }

        List<byte[]> parts = EntryCodec.encode(entries);

        assertThat(parts).allSatisfy(part -> assertThat(part).hasSizeLessThanOrEqualTo(1 << 20));
        assertThat(decode(parts)).isEqualTo(entries);
    }

    @Test
    void anEntryThatIsLargerThanAPartIsAPartOfItsOwn() {
        List<Entry> entries = List.of(
                entry("s1", "small"),
                entriesOf(1, 3 * PART_BYTES).getFirst(),
                entry("s3", "small"),
                entry("s4", "small"));

        List<byte[]> parts = EntryCodec.encode(entries);

        assertThat(parts).hasSize(3);
        assertThat(decode(parts)).isEqualTo(entries);
    }

    @Test
    void whatRepeatsItselfIsSmall() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            entries.add(entry(
                    "s" + i, "The same message for everybody, a hundred characters long, or as near as it matters."));
        }

        int bytes = EntryCodec.encode(entries).stream()
                .mapToInt(part -> part.length)
                .sum();

        assertThat(bytes).isLessThan(30_000);
    }

    @Test
    void aDamagedPartIsSaidToBeOne() {
        byte[] part = EntryCodec.encode(entriesOf(3, 100)).getFirst();

        assertThatThrownBy(() -> EntryCodec.decode(Arrays.copyOf(part, part.length / 2)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("damaged");
        assertThatThrownBy(() -> EntryCodec.decode("no part".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("damaged");
    }

    @Provide
    Arbitrary<List<Entry>> entries() {
        Arbitrary<String> texts = Arbitraries.of(
                        "",
                        "a",
                        "Ann Lee",
                        "line\nline\r\nline\u2028\u0085",
                        "\"quoted\" \\ 'single'",
                        "\u0000\u001F\t",
                        "äöü ß",
                        "日本語",
                        "😀",
                        "{\"a\":1}",
                        "null",
                        "-1")
                .injectNull(0.2);
        Arbitrary<Object> leaves = Arbitraries.<Object>of(
                        "text",
                        "",
                        "😀\n",
                        true,
                        false,
                        0,
                        -1,
                        Integer.MAX_VALUE,
                        Long.MAX_VALUE,
                        Long.MIN_VALUE,
                        new BigInteger("123456789012345678901234567890"),
                        new BigDecimal("0.10"),
                        new BigDecimal("1E+400"),
                        new BigDecimal("-12345678901234567890.123456789"))
                .injectNull(0.1);
        Arbitrary<Object> values = Arbitraries.recursive(
                () -> leaves,
                inner -> Arbitraries.oneOf(
                        inner.list().ofMaxSize(3).map(ArrayList::new),
                        Arbitraries.maps(Arbitraries.of("a", "b.c", "", "ä\n"), inner)
                                .ofMaxSize(3)
                                .map(LinkedHashMap::new)),
                0,
                2);
        Arbitrary<AttributeChange> changes = Combinators.combine(
                        Arbitraries.of("mail", "a/b", "ä", "", "null"), values, values)
                .as(AttributeChange::new);
        Arbitrary<Map<String, Map<String, Object>>> display = Arbitraries.maps(
                        Arbitraries.of("source", "target"),
                        Arbitraries.maps(Arbitraries.of("a", "b"), values).ofMaxSize(2))
                .ofMaxSize(2);
        Arbitrary<Entry> entries = Combinators.combine(
                        Combinators.combine(
                                        Arbitraries.of(Situation.class).injectNull(0.2),
                                        Arbitraries.of(Action.class).injectNull(0.2),
                                        Arbitraries.of(Outcome.class))
                                .as(Kind::new),
                        texts,
                        texts,
                        texts.filter(text -> text != null),
                        texts.filter(text -> text != null).list().ofMaxSize(3),
                        texts.tuple2(),
                        display,
                        Combinators.combine(changes.list().ofMaxSize(3), traces())
                                .as(Told::new))
                .as((kind, source, target, qualifier, candidates, messages, shown, told) -> new Entry(
                        kind.situation(),
                        kind.action(),
                        kind.outcome(),
                        source,
                        target,
                        qualifier,
                        candidates,
                        messages.get1(),
                        messages.get2(),
                        shown,
                        told.differences(),
                        told.trace()));
        return entries.list().ofMaxSize(5);
    }

    private record Told(List<AttributeChange> differences, Trace trace) {}

    private static Arbitrary<Trace> traces() {
        Arbitrary<String> ids = Arbitraries.strings().ofMaxLength(5);
        Arbitrary<Trace.Ends> ends =
                Combinators.combine(ids, ids).as(Trace.Ends::new).injectNull(0.4);
        return Combinators.combine(
                        Arbitraries.of(Measure.class).list().ofMaxSize(3),
                        Combinators.combine(ends, ends, ids.injectNull(0.8))
                                .as(Trace.LinkChange::new)
                                .list()
                                .ofMaxSize(2),
                        ids.injectNull(0.5),
                        ids.injectNull(0.5),
                        ids.list().ofMaxSize(2))
                .as(Trace::new);
    }

    private record Kind(Situation situation, Action action, Outcome outcome) {}

    /** Entries that cannot be compressed much. */
    private static List<Entry> entriesOf(int number, int characters) {
        Random random = new Random(number);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            byte[] noise = new byte[characters * 3 / 4];
            random.nextBytes(noise);
            entries.add(entry("s" + i, Base64.getEncoder().encodeToString(noise)));
        }
        return entries;
    }

    static Entry entry(String sourceId, String message) {
        return new Entry(
                Situation.ABSENT,
                Action.CREATE,
                Outcome.SUCCESS,
                sourceId,
                "t" + sourceId,
                "default",
                List.of(),
                message,
                null,
                Map.of(),
                List.of());
    }

    private static List<Entry> decode(List<byte[]> parts) {
        return parts.stream().flatMap(part -> EntryCodec.decode(part).stream()).toList();
    }
}
