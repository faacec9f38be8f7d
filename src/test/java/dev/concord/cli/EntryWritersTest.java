package dev.concord.cli;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.concord.ledger.Entry;
import dev.concord.ledger.EntryCsv;
import dev.concord.ledger.EntryView;
import dev.concord.ledger.LedgerReader.SegmentId;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Phase;
import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import dev.concord.record.AttributeChange;
import dev.concord.record.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryWritersTest {

    private static final Entry UPDATED = new Entry(
            Situation.CONFIRMED,
            Action.UPDATE,
            Outcome.SUCCESS,
            "E1",
            "u1",
            "default",
            List.of(),
            null,
            null,
            Map.of("source", Map.of("sn", "Lovelace")),
            List.of(
                    new AttributeChange("mail", "old@example.com", "new@example.com"),
                    new AttributeChange("title", null, "Countess"),
                    new AttributeChange("ssn", Map.of("$withheld", "sensitive"), Map.of("$withheld", "sensitive")),
                    new AttributeChange("phone", "+44", null)));

    private static final Entry AMBIGUOUS = new Entry(
            Situation.AMBIGUOUS,
            Action.EXCEPTION,
            Outcome.RULE,
            "E2",
            null,
            "insured",
            List.of("u1", "u2"),
            "Situation AMBIGUOUS marked as EXCEPTION",
            null,
            Map.of(),
            List.of());

    @Test
    void peopleSeeEachChangeOnALineOfItsOwn() {
        TestScreen screen = TestScreen.file();
        try (EntryTable table = new EntryTable(screen.screen())) {
            table.write(view(UPDATED));
            table.write(view(AMBIGUOUS));
        }
        assertThat(screen.out()).isEqualTo("""
                situation  action     status          source  target  shown as
                CONFIRMED  UPDATE     SUCCESS         E1      u1      Lovelace
                    ~ mail   old@example.com → new@example.com
                    + title  Countess
                    ~ ssn    (not shown) → (not shown)
                    - phone  +44
                AMBIGUOUS  EXCEPTION  FAILURE (RULE)  E2      -       -
                    Situation AMBIGUOUS marked as EXCEPTION
                    candidates: u1, u2
                    link qualifier: insured
                """);
    }

    @Test
    void longTablesAreWrittenInPartsUnderOneRowOfTitles() {
        TestScreen screen = TestScreen.file();
        try (EntryTable table = new EntryTable(screen.screen())) {
            for (int i = 0; i < 1100; i++) {
                table.write(view(AMBIGUOUS));
            }
        }
        assertThat(screen.outLines().stream().filter(line -> line.startsWith("situation")))
                .hasSize(1);
        assertThat(screen.outLines().stream().filter(line -> line.startsWith("AMBIGUOUS")))
                .hasSize(1100);
    }

    @Test
    void programsGetTheShapeThatPingIdmGives() {
        TestScreen screen = TestScreen.file();
        try (EntryJsonLines lines = new EntryJsonLines(screen.screen())) {
            lines.write(view(AMBIGUOUS));
        }
        assertThat(screen.outLines()).hasSize(1);
        assertThat(Json.readObject(screen.out()))
                .containsEntry("_id", "3f2a91bc-0000-4000-8000-000000000001_SOURCE_0_1_7")
                .containsEntry("reconId", "3f2a91bc-0000-4000-8000-000000000001")
                .containsEntry("situation", "AMBIGUOUS")
                .containsEntry("linkQualifier", "insured")
                .containsEntry("sourceObjectId", "E2")
                .containsEntry("targetObjectId", null)
                .containsEntry("sourceResourceCollection", "system/hr/employee")
                .containsEntry("status", "FAILURE")
                .containsEntry("errorKind", "RULE")
                .containsEntry("ambiguousTargetObjectIds", List.of("u1", "u2"));
    }

    @Test
    void aCsvReaderGetsBackWhatWasWritten() {
        TestScreen screen = TestScreen.file();
        try (EntryCsvLines csv = new EntryCsvLines(screen.screen())) {
            csv.write(view(UPDATED));
        }
        List<NamedCsvRecord> records =
                CsvReader.builder().ofNamedCsvRecord(screen.out()).stream().toList();
        assertThat(records).hasSize(1);
        assertThat(records.getFirst().getField("sourceId")).isEqualTo("E1");
        assertThat(records.getFirst().getField("differences")).contains("new@example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+cmd|' /C calc'!A0",
                "-2+3",
                "@SUM(A1)",
                " =1",
                "＝1",
                "\u2212x",
                "\uFEFF=1",
                "\u00A0@x",
                "\rx",
                "'=1",
                "'"
            })
    void aSpreadsheetDoesNotTakeAValueForAFormula(String value) {
        assertThat(EntryCsv.harmless(value)).isEqualTo("'" + value);
        assertThat(EntryCsv.harmless("x\t=1" + value)).as("behind a tab, too").startsWith("x\t'=1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a;=1+1 | a;'=1+1",
                "a; @x | a;' @x",
                "a;b;+c;-d | a;b;'+c;'-d",
                "a;'=1 | a;''=1",
                "{\"a\":\"b;=1\"} | {\"a\":\"b;'=1\"}",
                "a;b=c | a;b=c",
                "a;1 | a;1",
                "a,=1 | a,=1"
            })
    void noPartOfAValueIsTakenForAFormulaWhereCellsEndOtherwise(String value, String written) {
        assertThat(EntryCsv.harmless(value)).isEqualTo(written);
        assertThat(EntryCsv.harmless(value.replace(';', '\n'))).isEqualTo(written.replace(';', '\n'));
        assertThat(EntryCsv.harmless("x" + value.replace(';', '\t'))).isEqualTo("x" + written.replace(';', '\t'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-5", "-5.25", "E1", "a=b", "[\"=1\"]"})
    void whatIsNoFormulaStaysAsItIs(String value) {
        assertThat(EntryCsv.harmless(value)).isEqualTo(value);
    }

    private static EntryView view(Entry entry) {
        return new EntryView(SampleRuns.done(false), new SegmentId(Phase.SOURCE, 0, 1), 7, entry);
    }
}
