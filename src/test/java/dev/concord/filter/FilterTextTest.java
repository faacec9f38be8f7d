package dev.concord.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.filter.Filter.And;
import dev.concord.filter.Filter.Or;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTextTest {

    @Provide
    Arbitrary<Filter> filters() {
        return RandomFilters.anyFilters();
    }

    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    void whatIsWrittenReadsBackAsAnEqualFilter(@ForAll("filters") Filter filter) {
        assertThat(Filter.parse(filter.text())).isEqualTo(filter);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
                    mail eq 'a'                        | /mail eq "a"
                    (a pr)                             | /a pr
                    !a pr                              | !(/a pr)
                    a pr and (b pr or c pr)            | /a pr and (/b pr or /c pr)
                    a pr and b pr or c pr              | (/a pr and /b pr) or /c pr
                    a pr and (b pr and c pr)           | /a pr and (/b pr and /c pr)
                    roles[name EQ "x"]                 | /roles[/name eq "x"]
                    x IN "[1.0, true, \\"O'Brien\\"]"  | /x in '[1,true,"O\\'Brien"]'
                    "/first name" sw "\\u0041\\n"      | "/first name" sw "A\\u000a"
                    / eq 1e3                           | / eq 1000
                    TRUE                               | true
                    """)
    void textIsCanonical(String given, String written) {
        assertThat(Filter.parse(given).text()).isEqualTo(written);
    }

    @Test
    void conjunctionsAndDisjunctionsOfFewerThanTwoAreWrittenAsWhatTheyMean() {
        Filter present = Filter.parse("a pr");
        Filter either = Filter.parse("a pr or b pr");

        assertThat(new And(List.of()).text()).isEqualTo("true");
        assertThat(new Or(List.of()).text()).isEqualTo("false");
        assertThat(new And(List.of(new Or(List.of(present)))).text()).isEqualTo("/a pr");
        assertThat(new And(List.of(new And(List.of(either)), present)).text()).isEqualTo("(/a pr or /b pr) and /a pr");
    }
}
