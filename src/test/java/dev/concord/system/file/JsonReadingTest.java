package dev.concord.system.file;

import static dev.concord.system.file.CsvReadingTest.attribute;
import static dev.concord.system.file.CsvReadingTest.contents;
import static dev.concord.system.file.CsvReadingTest.items;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.mapping.AttributeDefinition.AttributeType;
import dev.concord.mapping.SystemDefinition.Format;
import dev.concord.system.Page.Item;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonReadingTest extends OnFileFolder {

    @Test
    void eachLineIsAnObjectAndBlankLinesAreSkipped() {
        folder.write("a.json", "\uFEFF{\"id\": \"1\", \"n\": 1}\r\n\n  \n{\"id\": 2, \"o\": {\"x\": [true]}}");
        assertThat(contents(folder.json("a.json")))
                .containsExactly(Map.of("id", "1", "n", 1), Map.of("id", 2, "o", Map.of("x", List.of(true))));
        assertThat(folder.json("a.json").fetch(List.of("1", "2"))).containsOnlyKeys("1", "2");
    }

    @Test
    void aBrokenLineIsUnreadableAndNotRepeated() {
        folder.write("a.json", "{\"id\": \"1\"}\n{\"id\": \"2\", secret}\n[1]\n{\"id\": \"4\"} {}\n{\"id\": \"5\"}\n");
        assertThat(items(folder.json("a.json")))
                .satisfiesExactly(
                        item -> assertThat(item).isInstanceOf(Item.Found.class),
                        item -> assertThat(item)
                                .isEqualTo(new Item.Unreadable("1", null, "line 2", "It is not one JSON object.")),
                        item -> assertThat(item)
                                .isEqualTo(new Item.Unreadable("2", null, "line 3", "It is not one JSON object.")),
                        item -> assertThat(item)
                                .isEqualTo(new Item.Unreadable("3", null, "line 4", "It is not one JSON object.")),
                        item -> assertThat(item).isInstanceOf(Item.Found.class));
    }

    @Test
    void anObjectWithoutAnIdIsUnreadable() {
        folder.write("a.json", "{\"x\": 1}\n{\"id\": \" \"}\n{\"id\": 1.5}\n{\"id\": null}\n");
        assertThat(items(folder.json("a.json")))
                .hasSize(4)
                .allSatisfy(item -> assertThat(((Item.Unreadable) item).id()).isNull());
    }

    @Test
    void bytesThatAreNotUtf8AreNotReplaced() {
        folder.write("a.json", "{\"id\": \"\u00fc\"}\n{\"id\": \"2\"}\n", StandardCharsets.ISO_8859_1);
        assertThat(items(folder.json("a.json")).getFirst())
                .isEqualTo(new Item.Unreadable("0", null, "line 1", "It holds bytes that are not UTF-8."));
        assertThat(contents(folder.open(Format.JSON, "a.json", "id", ',', "ISO-8859-1", List.of())))
                .containsExactly(Map.of("id", "\u00fc"), Map.of("id", "2"));
    }

    @Test
    void valuesAreCheckedAgainstTheTypesThatAreDeclared() {
        folder.write(
                "a.json",
                "{\"id\": \"1\", \"age\": \"x\"}\n{\"id\": \"2\", \"age\": 3.0}\n{\"id\": \"3\", \"age\": null}\n");
        assertThat(items(folder.json("a.json", attribute("age", AttributeType.INTEGER, null))))
                .satisfiesExactly(
                        item -> assertThat(item)
                                .isEqualTo(new Item.Unreadable(
                                        "0", "1", "line 1", "Attribute 'age' must be a whole number.")),
                        item -> assertThat(item).isInstanceOf(Item.Found.class),
                        item -> assertThat(item).isInstanceOf(Item.Found.class));
    }

    @Test
    void linesLongerThanTheBufferAreReadWhole() {
        String text = "x".repeat(300_000);
        folder.write("a.json", "{\"id\": \"1\", \"t\": \"" + text + "\"}\n{\"id\": \"2\"}\n");
        assertThat(contents(folder.json("a.json"))).containsExactly(Map.of("id", "1", "t", text), Map.of("id", "2"));
    }

    @Test
    void aCharsetWithoutAsciiIsRefused() {
        folder.write("a.json", "");
        assertThatThrownBy(() -> folder.open(Format.JSON, "a.json", "id", ',', "UTF-16", List.of()))
                .hasMessageContaining("UTF-16");
        assertThatThrownBy(() -> folder.open(Format.JSON, "a.json", "id", ',', "utf-9", List.of()))
                .hasMessageContaining("utf-9");
    }
}
