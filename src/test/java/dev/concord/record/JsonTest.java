package dev.concord.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Provide
    Arbitrary<Map<String, Object>> objects() {
        return RandomValues.objects().filter(object -> !String.valueOf(object).matches(".*(NaN|Infinity).*"));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void whatIsWrittenReadsBackAsTheSameValue(@ForAll("objects") Map<String, Object> object) {
        assertThat(JsonValues.same(Json.readObject(Json.write(object)), object)).isTrue();
        assertThat(JsonValues.same(Json.readObject(Json.writePretty(object)), object))
                .isTrue();
        assertThat(Json.write(object)).doesNotContain("\n");
    }

    @Test
    void numbersAreReadExactly() {
        assertThat(Json.read("0.10")).isEqualTo(new BigDecimal("0.10"));
        assertThat(Json.read("12345678901234567890")).isEqualTo(new BigInteger("12345678901234567890"));
        assertThat(Json.read("5")).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Smithers",
                "{\"a\": Smithers}",
                "{\"a\": \"Smithers",
                "{\"a\": 1} Smithers",
                "{\"Smithers\": 1, \"Smithers\": 2}",
                "[\"a\" \"Smithers\"]",
                "\"\\Smithers\"",
                "1Smithers",
                ""
            })
    void faultsSayWhereAndRepeatNothing(String text) {
        assertThatThrownBy(() -> Json.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Not JSON")
                .hasMessageNotContaining("mithers");
    }

    @Test
    void theFaultNamesLineAndColumn() {
        assertThatThrownBy(() -> Json.read("{\n  \"a\": x\n}")).hasMessage("Not JSON: fault at line 2, column 8.");
    }

    @Test
    void anObjectIsAskedForWhereOneIsNeeded() {
        assertThatThrownBy(() -> Json.readObject("[1]")).hasMessage("Not a JSON object.");
    }
}
