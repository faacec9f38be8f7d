package dev.concord.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CompareKeyTest {

    private final Locale locale = Locale.getDefault();

    @AfterEach
    void restoreTheLocale() {
        Locale.setDefault(locale);
    }

    @Provide
    Arbitrary<String> ids() {
        return Arbitraries.of(
                        "a",
                        "A",
                        "i",
                        "I",
                        "\u0130",
                        "\u0131",
                        "\u00df",
                        "\u1e9e",
                        "\u03a3",
                        "\u03c2",
                        " ",
                        "\uff5a",
                        "\ud83d\ude00",
                        "\ud801\udc00")
                .list()
                .ofMaxSize(4)
                .map(parts -> String.join("", parts));
    }

    @Property
    void keysAreOrderedAsTheirBytes(@ForAll("ids") String left, @ForAll("ids") String right) {
        CompareKey a = CompareKey.of(left, true);
        CompareKey b = CompareKey.of(right, true);

        assertThat(Integer.signum(a.compareTo(b)))
                .isEqualTo(Integer.signum(Arrays.compareUnsigned(a.bytes(), b.bytes())));
        assertThat(a.compareTo(b) == 0).isEqualTo(a.equals(b));
    }

    @Property
    void theKeyOfAKeyIsItself(@ForAll("ids") String id) {
        for (boolean caseSensitive : new boolean[] {true, false}) {
            CompareKey key = CompareKey.of(id, caseSensitive);

            assertThat(CompareKey.of(key.text(), caseSensitive)).isEqualTo(key);
        }
    }

    @Test
    void caseSensitiveKeysAreTheIdsThemselves() {
        assertThat(CompareKey.of("Ann ", true))
                .isEqualTo(new CompareKey("Ann "))
                .hasToString("Ann ");
        assertThat(CompareKey.of("Ann", true)).isNotEqualTo(CompareKey.of("ann", true));
    }

    @Test
    void otherKeysIgnoreCaseButNothingElse() {
        assertThat(CompareKey.of("\u00c4NN", false)).isEqualTo(CompareKey.of("\u00e4nn", false));
        assertThat(CompareKey.of("ann", false)).isNotEqualTo(CompareKey.of("ann ", false));
        assertThat(CompareKey.of("\u00e4nn", false)).isNotEqualTo(CompareKey.of("ann", false));
        assertThat(CompareKey.of("stra\u00dfe", false)).isNotEqualTo(CompareKey.of("STRASSE", false));
    }

    @Test
    void keysDoNotDependOnTheLocaleOfTheMachine() {
        Locale.setDefault(Locale.of("tr", "TR"));

        assertThat(CompareKey.of("ID", false))
                .isEqualTo(CompareKey.of("id", false))
                .hasToString("id");
    }
}
