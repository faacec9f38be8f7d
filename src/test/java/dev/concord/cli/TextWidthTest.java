package dev.concord.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextWidthTest {

    @ParameterizedTest
    @CsvSource({"abc, 3", "Größe, 5", "Gro\u0308ße, 5", "松本, 4", "민준, 4", "👍, 2", "Ünïcödé, 7", "ｗｉｄｅ, 8", "שלום, 4"})
    void columnsAreThoseThatATerminalTakes(String text, int columns) {
        assertThat(TextWidth.of(text)).isEqualTo(columns);
    }

    @Test
    void aWideCharacterIsNotCutInHalf() {
        assertThat(TextWidth.cut("松本美咲", 6)).isEqualTo("松本…");
        assertThat(TextWidth.cut("松本美咲", 8)).isEqualTo("松本美咲");
    }

    @Test
    void linesAreBrokenAtBlanksAndLongWordsWhereTheLineEnds() {
        assertThat(TextWidth.wrap("a rule says so", 7)).containsExactly("a rule", "says so");
        assertThat(TextWidth.wrap("id 0123456789abcdef end", 8)).containsExactly("id", "0123456", "789abcd", "ef end");
        assertThat(TextWidth.wrap("", 8)).containsExactly("");
    }

    @Property
    void whatWasWrappedFitsAndLosesNothing(@ForAll String text, @ForAll @IntRange(min = 2, max = 40) int columns) {
        List<String> lines = TextWidth.wrap(text, columns);
        assertThat(lines).allSatisfy(line -> assertThat(TextWidth.of(line)).isLessThanOrEqualTo(columns));
        assertThat(String.join("", lines).replaceAll("\\s+", ""))
                .isEqualTo(text.strip().replaceAll("\\s+", ""));
    }

    @Property
    void whatWasCutFits(@ForAll String text, @ForAll @IntRange(min = 1, max = 40) int columns) {
        String cut = TextWidth.cut(text, columns);
        assertThat(TextWidth.of(cut)).isLessThanOrEqualTo(columns);
        assertThat(TextWidth.of(text) <= columns).isEqualTo(cut.equals(text));
    }
}
