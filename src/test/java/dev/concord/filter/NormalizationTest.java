package dev.concord.filter;

import static dev.concord.filter.Normalization.LOWER;
import static dev.concord.filter.Normalization.NFC;
import static dev.concord.filter.Normalization.NFKC;
import static dev.concord.filter.Normalization.TRIM;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class NormalizationTest {

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars('a', 'A', ' ', '\t', '\u00a0', '\u00fc', '\u00dc', 'u', '\u0308', '\u0130', '\u03a3')
                .withChars('\uff21', '\u212b', '\u00a8', '\ufb01', '\ud83d', '\ude00')
                .ofMaxLength(6);
    }

    @Test
    void whiteSpaceIsWhatUnicodeCallsSo() {
        Pattern whiteSpace = Pattern.compile("\\p{IsWhite_Space}");
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            String text = Character.toString(codePoint);
            assertThat(TRIM.apply(text + "x" + text))
                    .as("U+%04X", codePoint)
                    .isEqualTo(whiteSpace.matcher(text).matches() ? "x" : text + "x" + text);
        }
    }

    @Test
    void whiteSpaceInsideStays() {
        assertThat(TRIM.apply(" \u00a0a \u00a0b\u3000\r\n")).isEqualTo("a \u00a0b");
        assertThat(TRIM.apply(" \u00a0\t")).isEmpty();
        assertThat(TRIM.apply("")).isEmpty();
    }

    @Test
    void lowerCaseDoesNotDependOnWhereTheProgramRuns() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.of("tr", "TR"));
            assertThat(LOWER.apply("INFO@\u00c4.Stra\u00dfe")).isEqualTo("info@\u00e4.stra\u00dfe");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void formsOfUnicodeMakeOneSpellingOfSeveral() {
        assertThat(NFC.apply("Mu\u0308ller")).isEqualTo("M\u00fcller");
        assertThat(NFC.apply("\uff21\ufb01")).isEqualTo("\uff21\ufb01");
        assertThat(NFKC.apply("Mu\u0308ller \uff21\ufb01")).isEqualTo("M\u00fcller Afi");
    }

    @Test
    void theFirstOneComesFirst() {
        assertThat(Normalization.apply(List.of(NFKC, LOWER, TRIM), "\uff21\u00a0"))
                .isEqualTo("a");
        assertThat(Normalization.apply(List.of(LOWER, NFKC), "\u210c")).isEqualTo("H");
        assertThat(Normalization.apply(List.of(NFKC, LOWER), "\u210c")).isEqualTo("h");
        assertThat(Normalization.apply(List.of(), " A ")).isEqualTo(" A ");
    }

    @Property
    void doingItTwiceChangesNothing(@ForAll Normalization normalization, @ForAll("texts") String text) {
        String once = normalization.apply(text);

        assertThat(normalization.apply(once)).isEqualTo(once);
    }
}
