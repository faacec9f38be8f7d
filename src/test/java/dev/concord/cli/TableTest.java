package dev.concord.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.cli.Table.Cell;
import dev.concord.cli.Table.Column;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void columnsLineUpUnderTheirTitlesWhateverTheScript() {
        Table table =
                new Table(TestScreen.file().screen(), Column.text("name"), Column.figure("age"), Column.text("town"));
        table.row("松本", "41", "東京");
        table.row("Jo\u0308rg", "7", "Zürich");
        assertThat(table.lines()).containsExactly("name  age  town", "松本   41  東京", "Jo\u0308rg    7  Zürich");
    }

    @Test
    void onATerminalTheWidestColumnsThatMayShrinkDo() {
        Table table = new Table(
                TestScreen.terminal(40).screen(), Column.word("id"), Column.text("long"), Column.text("short"));
        table.row("E10014", "x".repeat(60), "abcdef");
        assertThat(table.lines())
                .allMatch(line -> TextWidth.of(line) <= 40)
                .last()
                .isEqualTo("E10014  " + "x".repeat(23) + "…  abcdef");
    }

    @Test
    void whereNobodyLooksNothingIsCut() {
        Table table = new Table(TestScreen.file().screen(), Column.text("long"));
        table.row("x".repeat(500));
        assertThat(table.lines()).contains("x".repeat(500));
    }

    @Test
    void coloursAreOnlyForTerminalsAndDoNotCountAsWidth() {
        Table plain = new Table(TestScreen.file().screen(), Column.text("a"), Column.text("b"));
        plain.row(new Cell("x", Ink.BAD), Cell.of("y"));
        assertThat(plain.lines()).containsExactly("a  b", "x  y");

        Table colourful = new Table(TestScreen.colourTerminal(80).screen(), Column.text("a"), Column.text("b"));
        colourful.row(new Cell("x", Ink.BAD), Cell.of("y"));
        assertThat(colourful.lines()).last().isEqualTo("\u001b[31mx\u001b[0m  y");
    }

    @Test
    void linesBelowARowAreIndented() {
        Table table = new Table(TestScreen.file().screen(), Column.text("a"));
        table.row(List.of(Cell.of("x")), List.of(Cell.of("said below")));
        assertThat(table.lines()).containsExactly("a", "x", "    said below");
    }
}
