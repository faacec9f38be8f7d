package dev.concord.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ReadableTest {

    @Test
    void durationsHaveTheUnitThatSuitsThem() {
        assertThat(Readable.duration(Duration.ofMillis(2449))).isEqualTo("2.4 s");
        assertThat(Readable.duration(Duration.ofSeconds(42))).isEqualTo("42 s");
        assertThat(Readable.duration(Duration.ofSeconds(61))).isEqualTo("1 min 01 s");
        assertThat(Readable.duration(Duration.ofMinutes(125))).isEqualTo("2 h 05 min");
    }

    @Test
    void valuesThatWereNotKeptSaySo() {
        assertThat(Readable.value(Map.of("$withheld", "sensitive"))).isEqualTo("(not shown)");
    }

    @Test
    void emptyAndMissingValuesLookDifferent() {
        assertThat(Readable.value(null)).isEqualTo("-");
        assertThat(Readable.value("")).isEqualTo("\"\"");
        assertThat(Readable.value(List.of("a", 1))).isEqualTo("[\"a\",1]");
    }

    @Test
    void namesCannotMoveTheCursorOrTurnTheText() {
        assertThat(Readable.harmless("a\u001b[2Jb\nc\u202Ed\u009B")).isEqualTo("a\\u001B[2Jb\\nc\\u202Ed\\u009B");
    }

    @Property
    void nothingThatIsPrintedHoldsControlCharacters(@ForAll String text) {
        assertThat(Readable.harmless(text).chars()).noneMatch(Character::isISOControl);
    }
}
