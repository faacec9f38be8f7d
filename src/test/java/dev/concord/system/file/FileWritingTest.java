package dev.concord.system.file;

import static dev.concord.system.file.CsvReadingTest.attribute;
import static dev.concord.system.file.CsvReadingTest.contents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.filter.Filter;
import dev.concord.mapping.AttributeDefinition;
import dev.concord.mapping.AttributeDefinition.AttributeType;
import dev.concord.mapping.SystemDefinition.Format;
import dev.concord.record.Resource;
import dev.concord.system.KeyRange;
import dev.concord.system.ObjectSet;
import dev.concord.system.Page;
import dev.concord.system.SystemUnavailable;
import dev.concord.system.Write;
import dev.concord.system.WriteOutcome;
import dev.concord.system.WriteOutcome.Kind;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class FileWritingTest extends OnFileFolder {

    @Test
    void changesCommitAndRollBackWithTheTransactionOfTheCaller() {
        folder.write("a.csv", "id,name\n1,Ann\n");
        FileObjectSet set = folder.csv("a.csv");
        TransactionTemplate transaction = new TransactionTemplate(
                new JdbcTransactionManager(folder.database().dataSource()));
        transaction.executeWithoutResult(status -> {
            set.write(List.of(create("2", Map.of("name", "Bob"))));
            assertThat(set.fetch(List.of("2"))).hasSize(1);
            status.setRollbackOnly();
        });
        assertThat(set.count(null)).isEqualTo(1);
        transaction.executeWithoutResult(status -> set.write(List.of(create("2", Map.of("name", "Bob")))));
        assertThat(set.count(null)).isEqualTo(2);
        assertThat(folder.read("a.csv")).isEqualTo("id,name\n1,Ann\n");
    }

    @Test
    void aBatchOutsideOfATransactionIsDoneAsAWholeOrNotAtAll() {
        folder.write("a.csv", "id,name\n1,Ann\n");
        FileObjectSet set = folder.csv("a.csv");
        assertThat(set.write(List.of(create("2", Map.of()), create("1", Map.of()), new Write.Delete("1", null))))
                .noneMatch(WriteOutcome.Written.class::isInstance);
        assertThat(folder.pending()).isZero();
        assertThat(set.fetch(List.of("1", "2"))).containsOnlyKeys("1");
    }

    @Test
    void contentIsComparedAsTheFileWouldKeepIt() {
        folder.write("a.csv", "id,name,age,roles\n");
        FileObjectSet set = folder.csv(
                "a.csv", attribute("age", AttributeType.INTEGER, null), attribute("roles", AttributeType.STRING, "|"));
        Map<String, Object> content = new HashMap<>(Map.of("name", "", "age", 5.0, "roles", List.of(), "other", "x"));
        content.put("id", null);
        assertThat(set.asStored(content)).isEqualTo(Map.of("age", 5, "other", "x"));
        assertThat(set.asStored(Map.of("age", "five"))).isEqualTo(Map.of("age", "five"));
    }

    @Test
    void aShortSpellingOfAHugeNumberStaysShort() {
        folder.write("a.csv", "id,salary\n");
        FileObjectSet set = folder.csv("a.csv", attribute("salary", AttributeType.NUMBER, null));
        set.write(List.of(
                create("1", Map.of("salary", new BigDecimal("1e2000000000"))),
                create("2", Map.of("salary", new BigDecimal("1e3")))));
        set.publish();
        assertThat(folder.read("a.csv")).isEqualTo("id,salary\n1,1E+2000000000\n2,1000\n");
    }

    @Test
    void everyReadShowsTheFileTogetherWithWhatIsPending() {
        folder.write("a.csv", "id,name\n1,Ann\n2,Bob\n3,Cid\n");
        ObjectSet set = folder.csv("a.csv").asTarget().snapshotIn(folder.path("run"));
        Resource ann = set.fetch(List.of("1")).get("1");
        set.write(List.of(
                new Write.Update(ann, Map.of("id", "1", "name", "Anna")),
                new Write.Delete("2", null),
                create("4", Map.of("name", "Dora"))));
        assertThat(contents((FileObjectSet) set))
                .containsExactly(
                        Map.of("id", "1", "name", "Anna"),
                        Map.of("id", "3", "name", "Cid"),
                        Map.of("id", "4", "name", "Dora"));
        assertThat(set.count(null)).isEqualTo(3);
        assertThat(set.count(Filter.parse("name sw \"A\""))).isEqualTo(1);
        List<Filter> filters = List.of(
                Filter.parse("name eq \"Ann\""),
                Filter.parse("name eq \"Anna\""),
                Filter.parse("name eq \"Bob\" or name eq \"Dora\""),
                Filter.parse("name co \"o\""));
        assertThat(set.find(filters, 5).stream()
                        .map(found -> found.stream().map(Resource::id).toList()))
                .containsExactly(List.of(), List.of("1"), List.of("4"), List.of("4"));
    }

    @Test
    void newObjectsFollowBehindTheFileOverAsManyPagesAsTheyNeed() {
        folder.write("a.csv", "id,name\n1,Ann\n2,Bob\n3,Cid\n");
        FileObjectSet set = folder.csv("a.csv");
        for (int i = 4; i < 9; i++) {
            set.write(List.of(create("" + i, Map.of("name", "n")), new Write.Delete("x", null)));
        }
        set.write(List.of(new Write.Delete("2", null), new Write.Delete("5", null)));
        List<String> ids = List.of("1", "3", "4", "6", "7", "8");
        for (int limit = 1; limit < 9; limit++) {
            List<String> seen = new ArrayList<>();
            String after = null;
            Page page;
            do {
                page = set.scan(KeyRange.ALL, after, limit, null);
                page.items()
                        .forEach(item ->
                                seen.add(((Page.Item.Found) item).resource().id()));
                after = page.lastPosition();
            } while (!page.end());
            assertThat(seen).as("pages of %s", limit).isEqualTo(ids);
            assertThat(set.scan(new KeyRange(null, "3"), null, 9, null).items()).hasSize(2);
            assertThat(set.scan(new KeyRange("3", null), null, 9, null).items()).hasSize(4);
        }
    }

    @Test
    void anObjectThatIsMadeAndDeletedBeforePublishingLeavesNoTrace() {
        folder.write("a.csv", "id,name\n1,Ann\n");
        FileObjectSet set = folder.csv("a.csv");
        set.write(List.of(create("2", Map.of("name", "Bob"))));
        set.write(List.of(new Write.Delete("2", null)));
        set.write(List.of(create("3", Map.of()), new Write.Delete("3", null)));
        assertThat(folder.pending()).isZero();
    }

    @Test
    void aCsvFileIsWrittenAgainInItsOwnFormatAndOtherCellsKeepTheirSpelling() {
        AttributeDefinition age = attribute("age", AttributeType.INTEGER, null);
        folder.write(
                "a.csv",
                "\uFEFFnr;age;name\r\n1;007;\"Ann; \"\"A\"\"\"\r\n2;+8;M\u00fcller\r\n3;9;Cid\r\n",
                StandardCharsets.UTF_8);
        FileObjectSet set = folder.open(Format.CSV, "a.csv", "nr", ';', "UTF-8", List.of(age));
        Map<String, Resource> found = set.fetch(List.of("2"));
        set.write(List.of(
                new Write.Update(found.get("2"), with(found.get("2"), "name", "two\nlines")),
                new Write.Delete("3", null),
                create("4", Map.of("age", 10))));
        set.publish();
        assertThat(folder.read("a.csv"))
                .isEqualTo("\uFEFFnr;age;name\r\n1;007;\"Ann; \"\"A\"\"\"\r\n2;+8;\"two\nlines\"\r\n4;10;\r\n");
        assertThat(folder.pending()).isZero();
        assertThat(set.count(null)).isEqualTo(3);
    }

    @Test
    void aFileInLatin1StaysInLatin1AndTakesNothingElse() throws Exception {
        Path file = folder.write("a.csv", "id,name\n1,M\u00fcller\n", StandardCharsets.ISO_8859_1);
        FileObjectSet set = folder.open(Format.CSV, "a.csv", "id", ',', "ISO-8859-1", List.of());
        assertThat(set.write(List.of(create("2", Map.of("name", "\u5c71")))))
                .containsExactly(new WriteOutcome.Rejected(
                        Kind.TYPE, "name", "Attribute 'name' holds characters that ISO-8859-1 cannot hold."));
        set.write(List.of(create("2", Map.of("name", "J\u00f6rg"))));
        set.publish();
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                .isEqualTo("id,name\n1,M\u00fcller\n2,J\u00f6rg\n");
    }

    @Test
    void anAttributeWithoutAColumnIsRejectedByName() {
        folder.write("a.csv", "id,name\n");
        assertThat(folder.csv("a.csv").write(List.of(create("1", Map.of("mail", "secret")))))
                .containsExactly(new WriteOutcome.Rejected(
                        Kind.TYPE,
                        "mail",
                        "The file has no column 'mail'. Add it to the header row, or do not map it."));
    }

    @Test
    void aValueThatWouldNotComeBackTheSameIsRejected() {
        folder.write("a.csv", "id,name,roles\n");
        FileObjectSet set = folder.csv("a.csv", attribute("roles", AttributeType.STRING, "|"));
        for (Map<String, Object> content : List.<Map<String, Object>>of(
                Map.of("name", 5),
                Map.of("roles", List.of("a|b")),
                Map.of("roles", List.of("")),
                Map.of("roles", "a"))) {
            assertThat(set.write(List.of(create("1", content))))
                    .as("%s", content)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            WriteOutcome.Rejected.class,
                            rejected -> assertThat(rejected.kind()).isEqualTo(Kind.TYPE));
        }
    }

    @Test
    void theIdAttributeIsTheId() {
        folder.write("a.csv", "nr,name\n1,Ann\n");
        FileObjectSet set = folder.open(Format.CSV, "a.csv", "nr", ',', "UTF-8", List.of());
        Resource ann = set.fetch(List.of("1")).get("1");
        assertThat(set.write(List.of(new Write.Update(ann, with(ann, "nr", "2"))))
                        .getFirst())
                .isInstanceOfSatisfying(WriteOutcome.Rejected.class, rejected -> {
                    assertThat(rejected.kind()).isEqualTo(Kind.CONSTRAINT);
                    assertThat(rejected.attribute()).isEqualTo("nr");
                });
        assertThat(set.write(List.of(new Write.Create(null, Map.of("nr", "7", "name", "x"))))
                        .getFirst())
                .isEqualTo(new WriteOutcome.Written(new Resource("7", null, Map.of("nr", "7", "name", "x"))));
        assertThat(set.write(List.of(create(" ", Map.of()))).getFirst()).isInstanceOf(WriteOutcome.Rejected.class);
        assertThat(set.write(List.of(create("x".repeat(769), Map.of()))).getFirst())
                .isInstanceOf(WriteOutcome.Rejected.class);
    }

    @Test
    void brokenAndDoubleRecordsStayAsTheyAreAndCannotBeWrittenTo() {
        String broken = "id,age\n1,1\n2,x\n3\n1,5\n,6\n4,4,4\n";
        folder.write("a.csv", broken);
        FileObjectSet set = folder.csv("a.csv", attribute("age", AttributeType.INTEGER, null));
        for (Write write : List.of(
                create("1", Map.of()),
                new Write.Delete("1", null),
                new Write.Delete("2", null),
                create("3", Map.of()),
                new Write.Update(new Resource("4", null, Map.of()), Map.of("age", 1)))) {
            assertThat(set.write(List.of(write))).singleElement().isInstanceOf(WriteOutcome.Rejected.class);
        }
        set.write(List.of(create("9", Map.of("age", 9))));
        set.publish();
        assertThat(folder.read("a.csv")).isEqualTo(broken + "9,9\n");
    }

    @Test
    void brokenLinesOfAJsonFileStayByteByByte() throws Exception {
        byte[] broken = "{\"id\": \"1\"}\nno json \u00fc\n{ \"id\":\"2\",  \"a\":1.50 }\n"
                .getBytes(StandardCharsets.ISO_8859_1);
        Path file = folder.write("a.json", broken);
        FileObjectSet set = folder.json("a.json");
        set.write(List.of(create("3", Map.of("b", List.of(1, 2))), new Write.Delete("1", null)));
        set.publish();
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                .isEqualTo("no json \u00fc\n{ \"id\":\"2\",  \"a\":1.50 }\n{\"id\":\"3\",\"b\":[1,2]}\n");
    }

    @Test
    void aCsvFileWithBytesThatWouldBeLostIsNotWrittenTo() {
        folder.write("a.csv", "id,name\n1,Ann\n2,M\u00fcller\n", StandardCharsets.ISO_8859_1);
        FileObjectSet set = folder.csv("a.csv");
        assertThatThrownBy(() -> set.write(List.of(new Write.Delete("1", null))))
                .isInstanceOf(SystemUnavailable.class)
                .hasMessageContaining("line 3");
    }

    @Test
    void aTargetThatDoesNotExistYetIsEmptyAndIsMade() {
        ObjectSet csv = folder.csv("new/out.csv", attribute("name", AttributeType.STRING, null))
                .asTarget()
                .snapshotIn(folder.path("run"));
        assertThat(csv.count(null)).isZero();
        assertThat(csv.schema().attributes()).containsOnlyKeys("id", "name");
        csv.write(List.of(create("1", Map.of("name", "Ann"))));
        csv.publish();
        assertThat(folder.read("new/out.csv")).isEqualTo("id,name\n1,Ann\n");
        assertThat(csv.count(null)).isEqualTo(1);
        folder.jdbc().update("delete from pending_file_change");

        ObjectSet json = folder.json("out.json").asTarget();
        assertThat(json.count(null)).isZero();
        json.write(List.of(create("1", Map.of("name", "Ann"))));
        json.publish();
        assertThat(folder.read("out.json")).isEqualTo("{\"id\":\"1\",\"name\":\"Ann\"}\n");
    }

    @Test
    void theFileKeepsItsPermissionsAndALinkStaysALink() throws Exception {
        Path file = folder.write("real.csv", "id\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
        Files.createSymbolicLink(folder.path("a.csv"), file);
        FileObjectSet set = folder.csv("a.csv");
        set.write(List.of(create("1", Map.of())));
        set.publish();
        assertThat(folder.path("a.csv")).isSymbolicLink();
        assertThat(folder.read("real.csv")).isEqualTo("id\n1\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-rw----");
    }

    @Test
    void twoWhoMakeOneObjectAtTheSameTimeAreNotBothAnsweredYes() {
        folder.write("a.csv", "id,name\n");
        FileObjectSet set = folder.csv("a.csv");
        ObjectFile file = new ObjectFile(
                set.name(), folder.path("a.csv"), new CsvFormat("s", "id", ',', StandardCharsets.UTF_8, Map.of()));
        Snapshot snapshot = file.snapshot(folder.path("run"), true);
        PendingChanges real = new PendingChanges(folder.jdbc(), set.name());
        PendingChanges.Change mine = new PendingChanges.Change(0, 1, "1", Map.of("id", "1"));
        PendingChanges.Change other = new PendingChanges.Change(0, 2, "2", Map.of("id", "2"));
        assertThat(real.add(List.of(mine))).isEmpty();
        assertThat(real.add(List.of(other, new PendingChanges.Change(0, 3, "1", Map.of("id", "1")))))
                .containsExactly("1");
        assertThat(real.of(List.of("1", "2")).values())
                .extracting(PendingChanges.Change::token)
                .containsExactlyInAnyOrder(1L, 2L);
        assertThat(new FileState(set.name(), snapshot, real).count(null)).isEqualTo(2);
    }

    static Write.Create create(String id, Map<String, Object> content) {
        return new Write.Create(id, new LinkedHashMap<>(content));
    }

    static Map<String, Object> with(Resource resource, String attribute, Object value) {
        Map<String, Object> content = new HashMap<>(resource.content());
        content.put(attribute, value);
        return content;
    }
}
