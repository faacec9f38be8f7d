package dev.concord.system.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.concord.filter.Filter;
import dev.concord.mapping.AttributeDefinition;
import dev.concord.mapping.AttributeDefinition.AttributeType;
import dev.concord.mapping.SystemDefinition.Format;
import dev.concord.record.JsonValues;
import dev.concord.record.Resource;
import dev.concord.system.KeyRange;
import dev.concord.system.Page.Item;
import dev.concord.system.SystemUnavailable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CsvReadingTest extends OnFileFolder {

    @Test
    void quotedCellsMayHoldDelimitersQuotesAndLineBreaks() {
        folder.write("a.csv", "id,name,office\r\n1,\"Doe, \"\"J\"\"\",\"House\n3rd floor\"\r\n2,x,y\r\n");
        assertThat(contents(folder.csv("a.csv")))
                .containsExactly(
                        Map.of("id", "1", "name", "Doe, \"J\"", "office", "House\n3rd floor"),
                        Map.of("id", "2", "name", "x", "office", "y"));
    }

    @Test
    void aByteOrderMarkIsNotPartOfTheFirstColumnsName() {
        folder.write("a.csv", "\uFEFF\"id\",name\n1,Ann\n");
        assertThat(contents(folder.csv("a.csv"))).containsExactly(Map.of("id", "1", "name", "Ann"));
    }

    @Test
    void theCharsetAndTheDelimiterAreThoseOfTheDefinition() {
        folder.write("a.csv", "nr;name\n1;M\u00fcller\n", StandardCharsets.ISO_8859_1);
        FileObjectSet set = folder.open(Format.CSV, "a.csv", "nr", ';', "ISO-8859-1", List.of());
        assertThat(contents(set)).containsExactly(Map.of("nr", "1", "name", "M\u00fcller"));
    }

    @Test
    void bytesThatAreNotOfTheCharsetMakeTheirRecordUnreadableAndNoOther() {
        folder.write("a.csv", "id,name\n1,M\u00fcller\n2,Ann\n", StandardCharsets.ISO_8859_1);
        assertThat(items(folder.csv("a.csv")))
                .satisfiesExactly(
                        item -> assertThat(item)
                                .isEqualTo(
                                        new Item.Unreadable("0", "1", "line 2", "It holds bytes that are not UTF-8.")),
                        item -> assertThat(item).isInstanceOf(Item.Found.class));
    }

    @Test
    void rowsWithTooFewOrTooManyColumnsAreUnreadableAndOnlyTheLatterKeepTheirIdsInTheFirstColumn() {
        folder.write("a.csv", "id,name,mail\n1,Ann\n2,Bob,b@example.com\n3,Cid,c@example.com,x\n");
        assertThat(items(folder.csv("a.csv")))
                .satisfiesExactly(
                        item -> assertThat(item)
                                .isEqualTo(new Item.Unreadable(
                                        "0", null, "line 2", "It has 2 columns; the header row has 3.")),
                        item -> assertThat(item).isInstanceOf(Item.Found.class),
                        item -> assertThat(item)
                                .isEqualTo(new Item.Unreadable(
                                        "2", "3", "line 4", "It has 4 columns; the header row has 3.")));
    }

    @Test
    void theIdOfARecordThatTheFilesEndCutsOffIsNotTrusted() {
        folder.write("a.csv", "id,name\n1,Ann\n123");
        assertThat(items(folder.csv("a.csv")).getLast())
                .isEqualTo(new Item.Unreadable("1", null, "line 3", "The file ends in the middle of it."));
    }

    @Test
    void theLastLineNeedsNoLineBreak() {
        folder.write("a.csv", "id,name\n1,Ann");
        assertThat(contents(folder.csv("a.csv"))).containsExactly(Map.of("id", "1", "name", "Ann"));
    }

    @Test
    void aQuoteThatIsNeverClosedMakesTheFileUnavailable() {
        folder.write("a.csv", "id,name\n1,\"Ann\n2,Bob\n");
        assertThatThrownBy(() -> items(folder.csv("a.csv")))
                .isInstanceOf(SystemUnavailable.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("never closed")
                .hasMessageNotContaining("Ann");
    }

    @Test
    void recordsWithoutAnIdAreUnreadable() {
        folder.write("a.csv", "id,name\n,Ann\n  ,Bob\n");
        assertThat(items(folder.csv("a.csv")))
                .containsExactly(
                        new Item.Unreadable("0", null, "line 2", "It has no id in column 'id'."),
                        new Item.Unreadable("1", null, "line 3", "It has no id in column 'id'."));
    }

    @Test
    void furtherRecordsOfAnIdAreDuplicatesAndTheFirstIsTheObject() {
        folder.write("a.csv", "id,name\n1,Ann\n2,Bob\n1,Cid\n1,Dora\n");
        FileObjectSet set = folder.csv("a.csv");
        assertThat(items(set))
                .satisfiesExactly(
                        item -> assertThat(item).isInstanceOf(Item.Found.class),
                        item -> assertThat(item).isInstanceOf(Item.Found.class),
                        item -> assertThat(item).isEqualTo(new Item.Duplicate("2", "1", "line 4")),
                        item -> assertThat(item).isEqualTo(new Item.Duplicate("3", "1", "line 5")));
        assertThat(set.fetch(List.of("1")).get("1").content()).containsEntry("name", "Ann");
        assertThat(set.count(null)).isEqualTo(2);
    }

    @Test
    void cellsAreOfTheTypesOfTheirAttributes() {
        folder.write(
                "a.csv",
                "id,age,salary,active,born,seen,roles,address\n"
                        + "1, 42 ,1.50,TRUE,1969-07-20,2024-02-29T23:59:59Z,a|b,\"{\"\"city\"\": \"\"Bern\"\"}\"\n"
                        + "2,,,,,,,\n");
        FileObjectSet set = folder.csv("a.csv", typed());
        List<Map<String, Object>> contents = contents(set);
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("id", "1");
        expected.put("age", 42);
        expected.put("salary", new java.math.BigDecimal("1.5"));
        expected.put("active", true);
        expected.put("born", "1969-07-20");
        expected.put("seen", "2024-02-29T23:59:59Z");
        expected.put("roles", List.of("a", "b"));
        expected.put("address", Map.of("city", "Bern"));
        assertThat(JsonValues.same(contents.get(0), expected))
                .as("%s", contents.get(0))
                .isTrue();
        assertThat(contents.get(1)).isEqualTo(Map.of("id", "2"));
    }

    @Test
    void aCellThatIsNotOfItsTypeMakesTheRecordUnreadableAndIsNotRepeated() {
        folder.write(
                "a.csv",
                "id,age,salary,active,born,seen,roles,address\n7,forty,,,,,,\n8,,,yes,,,,\n9,,,,2023-02-30,,,\n");
        assertThat(items(folder.csv("a.csv", typed())))
                .containsExactly(
                        new Item.Unreadable("0", "7", "line 2", "Attribute 'age' must be a whole number."),
                        new Item.Unreadable("1", "8", "line 3", "Attribute 'active' must be true or false."),
                        new Item.Unreadable("2", "9", "line 4", "Attribute 'born' must be a date such as 2026-01-31."));
    }

    @Test
    void aHeaderThatNamesAColumnTwiceOrLacksOneIsAnError() {
        folder.write("twice.csv", "id,mail,mail\n");
        assertThatThrownBy(() -> items(folder.csv("twice.csv")))
                .isInstanceOf(SystemUnavailable.class)
                .hasMessageContaining("mail more than once");
        folder.write("lacking.csv", "ID;age\n");
        assertThatThrownBy(() -> items(folder.csv("lacking.csv", typed()[0])))
                .isInstanceOf(SystemUnavailable.class)
                .hasMessageContaining("lacks age, id")
                .hasMessageContaining("separated by ','");
        folder.write("nameless.csv", "id,,x\n");
        assertThatThrownBy(() -> items(folder.csv("nameless.csv"))).hasMessageContaining("at place 2");
        folder.write("empty.csv", "");
        assertThatThrownBy(() -> items(folder.csv("empty.csv"))).hasMessageContaining("the file is empty");
    }

    @Test
    void noOtherCellIsTakenForTheIdOfARowWithTooFewOrTooManyColumns() {
        folder.write("a.csv", "name,id,mail\nAnn,1,a@example.com\nMiller, Jr.,2,m@example.com\nBob 3,b@example.com\n");
        assertThat(items(folder.csv("a.csv")))
                .satisfiesExactly(
                        item -> assertThat(item).isInstanceOf(Item.Found.class),
                        item -> assertThat(item)
                                .isEqualTo(new Item.Unreadable(
                                        "1", null, "line 3", "It has 4 columns; the header row has 3.")),
                        item -> assertThat(item)
                                .isEqualTo(new Item.Unreadable(
                                        "2", null, "line 4", "It has 2 columns; the header row has 3.")));
    }

    @Test
    void aFileThatIsNotThereMakesTheSystemUnavailableAndIsNamed() {
        assertThatThrownBy(() -> items(folder.csv("nowhere.csv")))
                .isInstanceOf(SystemUnavailable.class)
                .hasMessageContaining(folder.path("nowhere.csv").toString());
    }

    @Test
    void aRecordThatCannotBeReadIsNotTakenForAbsent() {
        folder.write("a.csv", "id,name\n1\n2,Bob\n");
        FileObjectSet set = folder.csv("a.csv");
        assertThat(set.fetch(List.of("2"))).containsOnlyKeys("2");
        assertThatThrownBy(() -> set.fetch(List.of("1", "2")))
                .isInstanceOfSatisfying(
                        dev.concord.system.UnreadableObject.class,
                        e -> assertThat(e.id()).isEqualTo("1"))
                .hasMessageContaining("line 2");
    }

    @Test
    void aTargetRecordThatCannotBeReadMayBeTheOneThatIsLookedFor() {
        folder.write("a.csv", "id,name\n1\n2,Bob\n");
        FileObjectSet set = folder.csv("a.csv");
        List<Filter> bob = List.of(Filter.parse("name eq \"Bob\""));
        assertThat(set.find(bob, 1)).hasSize(1).first().asInstanceOf(LIST).hasSize(1);
        assertThatThrownBy(() -> set.asTarget().find(bob, 1))
                .isInstanceOf(dev.concord.system.UnreadableObject.class)
                .hasMessageContaining("line 2 cannot be read");
    }

    private static AttributeDefinition[] typed() {
        return new AttributeDefinition[] {
            attribute("age", AttributeType.INTEGER, null),
            attribute("salary", AttributeType.NUMBER, null),
            attribute("active", AttributeType.BOOLEAN, null),
            attribute("born", AttributeType.DATE, null),
            attribute("seen", AttributeType.DATETIME, null),
            attribute("roles", AttributeType.STRING, "|"),
            attribute("address", AttributeType.OBJECT, null)
        };
    }

    static AttributeDefinition attribute(String name, AttributeType type, String separator) {
        return new AttributeDefinition(name, type, false, false, false, separator != null, false, false, separator);
    }

    static List<Item> items(FileObjectSet set) {
        List<Item> items = new ArrayList<>();
        String after = null;
        while (true) {
            var page = set.scan(KeyRange.ALL, after, 2, null);
            items.addAll(page.items());
            if (page.end()) {
                return items;
            }
            after = page.lastPosition();
        }
    }

    static List<Map<String, Object>> contents(FileObjectSet set) {
        return items(set).stream()
                .map(item -> ((Item.Found) item).resource())
                .map(Resource::content)
                .toList();
    }
}
