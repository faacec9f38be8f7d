package dev.concord.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.filter.Filter;
import dev.concord.ledger.LedgerReader.SegmentId;
import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import dev.concord.record.AttributeChange;
import dev.concord.record.Pointer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class EntryNeedlesTest {

    private static final List<String> TEXTS =
            List.of("4711", "471", "a\"b", "a\\b", "\n", "mail", "Ä", "日", "😀", "/", "default", "\u2028", "");

    @Property
    void noEntryThatMatchesIsPassedBy(@ForAll("entries") Entry entry, @ForAll("filters") Filter filter) {
        String line = Parts.decode(EntryCodec.encode(List.of(entry)).getFirst()).getFirst();
        Map<String, Object> document =
                new EntryView(EntryGroupsTest.RUN, new SegmentId(Phase.SOURCE, 0, 1), 0, entry).json();

        if (filter.matches(document)) {
            assertThat(EntryNeedles.of(filter).test(line)).isTrue();
        }
    }

    @Test
    void aLineWithoutTheIdIsPassedBy() {
        Filter filter =
                Filter.parse("status eq \"FAILURE\" and (sourceObjectId eq \"4711\" or targetObjectId eq \"4711\")");

        assertThat(EntryNeedles.of(filter).test("{\"outcome\":\"DATA\",\"source\":\"47110\"}"))
                .isFalse();
        assertThat(EntryNeedles.of(filter).test("{\"outcome\":\"DATA\",\"source\":\"4711\"}"))
                .isTrue();
    }

    @Provide
    Arbitrary<Entry> entries() {
        Arbitrary<String> text = Arbitraries.of(TEXTS);
        return Combinators.combine(text, text, text, text, text)
                .as((source, target, message, attribute, value) -> new Entry(
                        Situation.CONFIRMED,
                        Action.UPDATE,
                        Outcome.DATA,
                        source,
                        target,
                        "default",
                        List.of(value),
                        message + value,
                        attribute + message,
                        Map.of("source", Map.of("name", value)),
                        List.of(new AttributeChange(attribute, value, List.of(message)))));
    }

    @Provide
    Arbitrary<Filter> filters() {
        Arbitrary<String> member = Arbitraries.of(
                "sourceObjectId",
                "targetObjectId",
                "ambiguousTargetObjectIds",
                "linkQualifier",
                "message",
                "messageDetail",
                "exception",
                "display/source/name",
                "status",
                "_id");
        Arbitrary<String> operator = Arbitraries.of("eq", "co", "sw", "ew", "ge");
        Arbitrary<Filter> comparison = Combinators.combine(member, operator, Arbitraries.of(TEXTS))
                .as((name, how, text) -> new Filter.Comparison(
                        Pointer.of(name), Filter.Operator.valueOf(how.toUpperCase(Locale.ROOT)), text));
        Arbitrary<Filter> element = Combinators.combine(
                        Arbitraries.of("attribute", "before", "after"), Arbitraries.of(TEXTS))
                .as((name, text) -> new Filter.Element(
                        Pointer.of("differences"), new Filter.Comparison(Pointer.of(name), Filter.Operator.EQ, text)));
        Arbitrary<Filter> in = Arbitraries.of(TEXTS)
                .list()
                .ofSize(2)
                .map(texts -> new Filter.In(Pointer.of("sourceObjectId"), List.copyOf(texts)));
        Arbitrary<Filter> word = Combinators.combine(
                        Arbitraries.of("status", "errorKind", "situation", "action"),
                        Arbitraries.of("FAILURE", "SUCCESS", "DATA", "SCRIPT", "CONFIRMED", "UPDATE", "CREATE"))
                .as((name, text) -> new Filter.Comparison(Pointer.of(name), Filter.Operator.EQ, text));
        Arbitrary<Filter> leaf = Arbitraries.oneOf(comparison, element, in, word);
        return Arbitraries.lazyOf(
                () -> leaf,
                () -> leaf.list().ofMinSize(1).ofMaxSize(3).map(Filter.And::new),
                () -> leaf.list().ofMinSize(1).ofMaxSize(3).map(Filter.Or::new),
                () -> leaf.map(Filter.Not::new));
    }
}
