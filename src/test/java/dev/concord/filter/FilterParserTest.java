package dev.concord.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.filter.Filter.Comparison;
import dev.concord.filter.Filter.In;
import dev.concord.filter.Filter.Operator;
import dev.concord.record.Pointer;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterParserTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$crypto",
                "first-name",
                "_id",
                "urn:scim:2.0",
                "a.b",
                "Stra\u00dfe",
                "\u5c71\u7530",
                "mail@work",
                "co",
                "in",
                "pr",
                "eq",
                "not",
                "a,b",
                "100%"
            })
    void attributesMayHaveTheNamesThatRealOnesHave(String name) {
        Filter expected = new Comparison(new Pointer(List.of(name)), Operator.EQ, "x");

        assertThat(Filter.parse(name + " eq 'x'")).isEqualTo(expected);
        assertThat(Filter.parse("/" + name + " eq 'x'")).isEqualTo(expected);
        assertThat(Filter.parse("\"" + name + "\" eq 'x'")).isEqualTo(expected);
    }

    @Test
    void attributesNamedLikeKeywordsNeedTheirSlash() {
        assertThat(Filter.parse("/true eq 1 and /and eq 2"))
                .isEqualTo(new Filter.And(List.of(
                        new Comparison(Pointer.of("true"), Operator.EQ, 1),
                        new Comparison(Pointer.of("and"), Operator.EQ, 2))));
    }

    @Test
    void pointersKnowTheirEscapes() {
        assertThat(Filter.parse("/a~1b/c~0d/~01 pr"))
                .isEqualTo(new Filter.Present(new Pointer(List.of("a/b", "c~d", "~1"))));
        assertThat(Filter.parse("'/First name/(x) [y]' pr"))
                .isEqualTo(new Filter.Present(new Pointer(List.of("First name", "(x) [y]"))));
    }

    @Test
    void textKnowsItsEscapes() {
        assertThat(Filter.parse("a eq \"\\\" \\' \\\\ \\/ \\b\\f\\n\\r\\t \\u00FC \\ud83d\\ude00\""))
                .isEqualTo(new Comparison(Pointer.of("a"), Operator.EQ, "\" ' \\ / \b\f\n\r\t \u00fc \ud83d\ude00"));
        assertThat(Filter.parse("a eq 'say \"hi\"'"))
                .isEqualTo(new Comparison(Pointer.of("a"), Operator.EQ, "say \"hi\""));
    }

    @Test
    void numbersAreKeptExactly() {
        assertThat(Filter.parse("a eq 12345678901234567890.123456789"))
                .isEqualTo(
                        new Comparison(Pointer.of("a"), Operator.EQ, new BigDecimal("12345678901234567890.123456789")));
        assertThat(((Comparison) Filter.parse("a eq 1e3")).value()).isEqualTo(1000L);
        assertThat(((In) Filter.parse("a in '[0.10, 2]'")).values()).containsExactly(new BigDecimal("0.1"), 2L);
    }

    @Test
    void spaceIsFreeBetweenTokens() {
        assertThat(Filter.parse("\n\t( a\u00a0eq\"x\")and!( b pr )")).isEqualTo(Filter.parse("a eq 'x' and !b pr"));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
                    ``                    | at character 1 stands the end of the filter; allowed there: an attribute, true, false, '!' or '('.
                    mail                  | at character 5 stands the end of the filter; allowed there: an operator (eq, co,
                    mail = "x"            | at character 6 stands a word; allowed there: an operator
                    mail ne "x"           | at character 6 stands 'ne'; allowed there: an operator
                    not active pr         | at character 5 stands a word; allowed there: an operator
                    mail eq               | at character 8 stands the end of the filter; allowed there: a number, true, false or a text in quotes
                    mail eq smith         | at character 9 stands a word; allowed there: a number, true
                    mail eq null          | at character 9 stands 'null'; allowed there: a number, true, false or a text in quotes (instead of null use !(pointer pr)).
                    n eq 05               | at character 6 stands a number; allowed there
                    n eq 1e9999           | at character 6 stands a number; allowed there: a number of at most 1000 digits.
                    n eq 1e99999999999    | at character 6 stands a number; allowed there: a number of at most 1000 digits.
                    mail eq "x            | at character 9 stands a quote that is never closed
                    mail eq "\\x"         | at character 10 stands an unknown escape; allowed there: \\" \\'
                    mail eq "ab\\u12"     | at character 12 stands an incomplete escape; allowed there: \\u with four
                    mail eq "x" "smith"   | at character 13 stands a quoted text; allowed there: 'and', 'or' or the end of the filter.
                    (mail pr              | at character 9 stands the end of the filter; allowed there: 'and', 'or' or ')'.
                    mail pr)              | at character 8 stands ')'; allowed there: 'and', 'or' or the end
                    roles[name pr         | at character 14 stands the end of the filter; allowed there: 'and', 'or' or ']'.
                    roles[]               | at character 7 stands ']'; allowed there: an attribute, true, false, '!' or '('.
                    !!a pr                | at character 2 stands '!'; allowed there: an attribute, true, false or '('.
                    a pr and and          | at character 10 stands 'and'; allowed there: an attribute
                    a pr or               | at character 8 stands the end of the filter; allowed there: an attribute
                    mail in smith         | at character 9 stands a word; allowed there: a JSON array
                    mail in "[smith]"     | at character 9 stands a quoted text; allowed there: a JSON array of strings, numbers and booleans in quotes
                    mail in "{}"          | at character 9 stands a quoted text; allowed there: a JSON array
                    mail in "[null]"      | at character 9 stands a quoted text; allowed there: a JSON array
                    mail in "[[1]]"       | at character 9 stands a quoted text; allowed there: a JSON array
                    n in "[1e9999]"       | at character 6 stands a quoted text; allowed there: a JSON array
                    """)
    void faultsSayWhereWhatAndWhatIsAllowed(String text, String message) {
        assertThatThrownBy(() -> Filter.parse(text))
                .isInstanceOf(FilterSyntaxException.class)
                .hasMessageStartingWith("Not a query filter: ")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail eq Smithers",
                "mail eq \"a\"Smithers\"",
                "mail Smithers",
                "mail eq \"Smithers",
                "mail eq \"Smithers\" \"Smithers\"",
                "mail in \"Smithers\"",
                "mail in '[Smithers]'",
                "mail in '[\"a\":Smithers]'",
                "mail eq 'a\\Smithers'"
            })
    void faultsRepeatNoValues(String text) {
        assertThatThrownBy(() -> Filter.parse(text)).hasMessageNotContaining("mithers");
    }

    @Test
    void charactersAreCountedAsPeopleCountThem() {
        assertThatThrownBy(() -> Filter.parse("\ud83d\ude00 eq '\ud83d\ude00' or"))
                .hasMessageContaining("at character 12 stands the end");
    }

    @Test
    void nestingIsBounded() {
        int levels = FilterParser.MAX_DEPTH;

        assertThat(Filter.parse("(".repeat(levels) + "a pr" + ")".repeat(levels)))
                .isEqualTo(Filter.parse("a pr"));
        assertThatThrownBy(() -> Filter.parse("!(a[".repeat(100_000)))
                .isInstanceOf(FilterSyntaxException.class)
                .hasMessageContaining("no more than 100 levels of brackets");
        assertThat(Filter.parse(("(a pr) and ").repeat(1000) + "a pr")).isInstanceOf(Filter.And.class);
    }

    @Test
    void lengthIsBounded() {
        assertThatThrownBy(() -> Filter.parse("a eq '" + "x".repeat(1_000_000) + "'"))
                .isInstanceOf(FilterSyntaxException.class)
                .hasMessageContaining("1000007 characters; at most 1000000 are allowed");
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void everyTextIsEitherAFilterOrASyntaxFault(
            @ForAll @CharRange(from = ' ', to = '~') @Chars({'\n', '\u0000', '\u00fc', '\ud83d', '\ude00'})
                    String text) {
        parseOrReject(text);
        parseOrReject("a eq " + text);
        parseOrReject("a in '" + text + "'");
    }

    private static void parseOrReject(String text) {
        try {
            assertThat(Filter.parse(Filter.parse(text).text())).isEqualTo(Filter.parse(text));
        } catch (FilterSyntaxException expected) {
            assertThat(expected).hasMessageStartingWith("Not a query filter: at character ");
        }
    }
}
