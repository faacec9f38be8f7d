package dev.concord.filter;

import static dev.concord.filter.Normalization.LOWER;
import static dev.concord.filter.Normalization.NFKC;
import static dev.concord.filter.Normalization.TRIM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.filter.Filter.And;
import dev.concord.filter.Filter.Element;
import dev.concord.filter.Filter.NormalizedEquality;
import dev.concord.filter.Filter.Not;
import dev.concord.filter.Filter.Or;
import dev.concord.record.Json;
import dev.concord.record.Pointer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormalizedEqualityTest {

    private static final Pointer MAIL = Pointer.of("mail");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"mail\": \"ada\"}",
                "{\"mail\": \" ADA\\u00a0\"}",
                "{\"mail\": [\"bob\", 7, null, \"Ada\\t\"]}",
            })
    void anyStringThatNormalizesToTheValueMatches(String object) {
        assertThat(mail("ada").matches(Json.readObject(object))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"mail\": null}",
                "{\"mail\": []}",
                "{\"mail\": \"a da\"}",
                "{\"mail\": {\"ada\": \"ada\"}}",
                "{\"mail\": [[\"ada\"]]}",
                "{\"login\": \"ada\"}"
            })
    void nothingElseMatches(String object) {
        assertThat(mail("ada").matches(Json.readObject(object))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"mail\": 7}", "{\"mail\": [7, 7.0]}"})
    void numbersAreNoStrings(String object) {
        assertThat(mail("7").matches(Json.readObject(object))).isFalse();
    }

    @Test
    void theValueIsComparedAsItIs() {
        assertThat(mail("Ada").matches(Json.readObject("{\"mail\": \"Ada\"}"))).isFalse();
    }

    @Test
    void theOrderOfNormalizationsCounts() {
        var object = Json.readObject("{\"mail\": \"\\u210c\"}");

        assertThat(new NormalizedEquality(MAIL, List.of(LOWER, NFKC), "H").matches(object))
                .isTrue();
        assertThat(new NormalizedEquality(MAIL, List.of(NFKC, LOWER), "H").matches(object))
                .isFalse();
    }

    @Test
    void withoutNormalizationsThereIsNone() {
        assertThatThrownBy(() -> new NormalizedEquality(MAIL, List.of(), "secret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/mail")
                .hasMessageContaining("at least one")
                .hasMessageNotContaining("secret");
    }

    @Test
    void theTextIsForPeopleAndRefusedByTheParser() {
        Filter equality = mail("ada \"x\"");

        assertThat(equality.text()).isEqualTo("lower(trim(/mail)) eq \"ada \\\"x\\\"\"");
        for (Filter filter : List.of(
                equality,
                new Not(equality),
                new Or(List.of(equality)),
                new And(List.of(Filter.Literal.TRUE, equality)),
                new Element(Pointer.of("mails"), equality),
                new NormalizedEquality(Pointer.of("First name"), List.of(TRIM), "x"),
                new NormalizedEquality(Pointer.WHOLE, List.of(TRIM), "x"))) {
            assertThatThrownBy(() -> Filter.parse(filter.text()))
                    .as(filter.text())
                    .isInstanceOf(FilterSyntaxException.class);
        }
    }

    @Test
    void shapesKeepTheNormalizationsAndShowNoValues() {
        FilterShape shape = FilterShape.of(mail("ada"));

        assertThat(shape).isEqualTo(FilterShape.of(mail("bob"))).hasToString("lower(trim(/mail)) eq ?");
        assertThat(FilterShape.valuesOf(mail("ada"))).isEqualTo(List.of("ada"));
        assertThat(shape.with(List.of("bob"))).isEqualTo(mail("bob"));
        assertThatThrownBy(() -> shape.with(List.of(7))).isInstanceOf(IllegalArgumentException.class);
        assertThat(shape)
                .isNotEqualTo(FilterShape.of(Filter.parse("mail eq \"ada\"")))
                .isNotEqualTo(FilterShape.of(new NormalizedEquality(MAIL, List.of(LOWER, TRIM), "ada")))
                .isNotEqualTo(FilterShape.of(new NormalizedEquality(Pointer.of("login"), List.of(TRIM, LOWER), "ada")));
    }

    @Test
    void theEqualityItNeedsCarriesTheNormalizations() {
        Comparand comparand = new Comparand(MAIL, List.of(TRIM, LOWER));

        assertThat(Equalities.of(mail("ada"))).contains(List.of(new Equality(comparand, "ada")));
        assertThat(Equalities.heldBy(Json.readObject("{\"mail\": [\"ADA\", \" ada\", 7, true, \"Bob \"]}"), comparand))
                .containsExactly(new Equality(comparand, "ada"), new Equality(comparand, "bob"));
        assertThat(new Equality(comparand, "ada")).isNotEqualTo(new Equality(MAIL, "ada"));
    }

    /**
     * Stores find values as they stand, booleans excepted; normalised ones only where somebody made an index of them.
     */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
                    number eq 5                     | number
                    number eq 5 or name eq "a"      | number
                    number ge 5                     | mail
                    active eq true                  | mail
                    """)
    void aPlainEqualityIsPreferredUnlessItTellsLessApart(String other, String first) {
        for (List<Filter> operands :
                List.of(List.of(mail("ada"), Filter.parse(other)), List.of(Filter.parse(other), mail("ada")))) {
            assertThat(Equalities.of(new And(operands))
                            .orElseThrow()
                            .getFirst()
                            .comparand()
                            .pointer())
                    .isEqualTo(Pointer.of(first));
        }
    }

    private static Filter mail(String normalized) {
        return new NormalizedEquality(MAIL, List.of(TRIM, LOWER), normalized);
    }
}
