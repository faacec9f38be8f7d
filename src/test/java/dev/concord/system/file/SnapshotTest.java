package dev.concord.system.file;

import static dev.concord.system.file.CsvReadingTest.contents;
import static dev.concord.system.file.CsvReadingTest.items;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.filter.Filter;
import dev.concord.mapping.SystemDefinition;
import dev.concord.mapping.SystemDefinition.Format;
import dev.concord.record.Resource;
import dev.concord.system.KeyRange;
import dev.concord.system.ObjectSet;
import dev.concord.system.Page;
import dev.concord.system.SystemUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SnapshotTest extends OnFileFolder {

    @Test
    void aRunThatIsContinuedReadsTheFileAsItWas() {
        folder.write("a.csv", "id,name\n1,Ann\n2,Bob\n");
        Path run = folder.path("run");
        ObjectSet first = folder.csv("a.csv").snapshotIn(run);
        folder.write("a.csv", "id,name\n3,Cid\n");
        ObjectSet again = folder.csv("a.csv").snapshotIn(run);
        assertThat(contents((FileObjectSet) first))
                .isEqualTo(contents((FileObjectSet) again))
                .hasSize(2);
        assertThat(contents(folder.csv("a.csv"))).containsExactly(Map.of("id", "3", "name", "Cid"));
        assertThat(again.fetch(List.of("2", "3"))).containsOnlyKeys("2");
    }

    @Test
    void itCanBeToldWhetherARunHasItsSnapshotAndOfWhatFile() throws Exception {
        Path file = folder.write("a.csv", "id,name\n1,Ann\n1,Bob\n2\n3,Cid\n");
        SystemDefinition.Files system = folder.system(Format.CSV, "a.csv", "id", ',', "UTF-8", List.of());
        Path run = folder.path("run");
        assertThat(FileObjectSets.snapshotIn(run, system, "person")).isEmpty();
        folder.sets().open(system, "person").snapshotIn(run);
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        assertThat(FileObjectSets.snapshotIn(run, system, "person"))
                .contains(new SnapshotFacts(file.toString(), hash, 4, 2, 1, 1, 4, 0, List.of("id", "name")));
    }

    @Test
    void aSnapshotWhoseMakingWasInterruptedIsMadeAgain() throws IOException {
        folder.write("a.csv", "id,name\n1,Ann\n");
        Path run = folder.path("run");
        folder.csv("a.csv").snapshotIn(run);
        try (var files = Files.list(run)) {
            for (Path file : files.toList()) {
                if (file.toString().endsWith(Snapshot.FACTS)) {
                    Files.delete(file);
                }
            }
        }
        folder.write("a.csv", "id,name\n1,Ann\n2,Bob\n");
        assertThat(contents((FileObjectSet) folder.csv("a.csv").snapshotIn(run)))
                .hasSize(2);
    }

    @Test
    void aSnapshotWhoseFilesDoNotBelongTogetherIsRefused() throws IOException {
        folder.write("a.csv", "id,name\n1,Ann\n");
        Path run = folder.path("run");
        folder.csv("a.csv").snapshotIn(run);
        try (var files = Files.list(run)) {
            for (Path file : files.toList()) {
                if (file.toString().endsWith(Snapshot.RECORDS)) {
                    Files.writeString(file, "x", StandardOpenOption.APPEND);
                }
            }
        }
        assertThatThrownBy(() -> folder.csv("a.csv").snapshotIn(run))
                .isInstanceOf(SystemUnavailable.class)
                .hasMessageContaining(run.toString());
    }

    @Test
    void aFileThatChangesWhileItIsReadIsRefused() {
        Path file = folder.write("a.json", "{\"id\": \"1\"}\n{\"id\": \"2\"}\n");
        JsonFormat format = new JsonFormat("set", "id", java.nio.charset.StandardCharsets.UTF_8, Map.of());
        Stamp before = Stamp.of(file);
        folder.write("a.json", "{\"id\": \"1\"}\n{\"id\": \"2\"}\n{\"id\": \"3\"}\n");
        assertThatThrownBy(() -> new SnapshotWriter(format, file, folder.path("run"), "s").write(before))
                .isInstanceOf(SystemUnavailable.class)
                .hasMessageContaining("changed while it was read");
        assertThat(Snapshot.factsIn(folder.path("run"), "s")).isEmpty();
    }

    @Test
    void aSetOutsideOfARunFollowsTheFileAndLeavesNoCopiesBehind() throws IOException {
        folder.write("a.csv", "id,name\n1,Ann\n");
        FileObjectSet set = folder.csv("a.csv");
        assertThat(set.count(null)).isEqualTo(1);
        folder.write("a.csv", "id,name\n1,Ann\n2,Bob\n");
        assertThat(set.count(null)).isEqualTo(2);
        try (var files = Files.list(folder.path("data").resolve("file-copies"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void copiesOfProcessesThatWereKilledAreRemovedOnceTheyAreOld() throws IOException {
        Path copies = Files.createDirectories(folder.path("data").resolve("file-copies"));
        Path old = Files.createDirectories(copies.resolve("old"));
        Files.writeString(old.resolve("x.jsonl"), "x");
        Files.setLastModifiedTime(old, java.nio.file.attribute.FileTime.fromMillis(0));
        Path young = Files.createDirectories(copies.resolve("young"));
        folder.sets();
        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void idsWithTheSameHashAreToldApart() {
        String[] twins = twins();
        folder.write("a.csv", "id,name\n%s,Ann\n%s,Bob\n%s,Cid\n".formatted(twins[0], twins[1], twins[0]));
        FileObjectSet set = folder.csv("a.csv");
        assertThat(items(set).get(1)).isInstanceOf(Page.Item.Found.class);
        assertThat(items(set).get(2)).isEqualTo(new Page.Item.Duplicate("2", twins[0], "line 4"));
        assertThat(set.fetch(List.of(twins[1])).get(twins[1]).content()).containsEntry("name", "Bob");
        assertThat(set.find(List.of(Filter.parse("_id eq \"%s\"".formatted(twins[1]))), 5)
                        .getFirst())
                .extracting(Resource::id)
                .containsExactly(twins[1]);
    }

    @Test
    void aHundredThousandRecordsAreFoundByIdAndByValue() {
        StringBuilder text = new StringBuilder("id,mail,city\n");
        for (int i = 0; i < 100_000; i++) {
            text.append("e%06d,m%d@example.com,city%d\n".formatted(i, i, i % 10));
        }
        folder.write("a.csv", text.toString());
        ObjectSet set = folder.csv("a.csv").snapshotIn(folder.path("run"));
        assertThat(set.count(null)).isEqualTo(100_000);
        List<String> ids = IntStream.range(0, 1000)
                .mapToObj(i -> "e%06d".formatted(i * 97))
                .toList();
        assertThat(set.fetch(ids)).hasSize(1000);
        List<Filter> filters = IntStream.range(0, 1000)
                .mapToObj(i -> Filter.parse(
                        "mail eq \"m%d@example.com\" and city eq \"city%d\"".formatted(i * 31, i * 31 % 10)))
                .toList();
        List<List<Resource>> found = set.find(filters, 1);
        for (int i = 0; i < filters.size(); i++) {
            assertThat(found.get(i)).extracting(Resource::id).containsExactly("e%06d".formatted(i * 31));
        }
        Set<String> seen = new HashSet<>();
        for (KeyRange range : set.ranges(4)) {
            String after = null;
            boolean end = false;
            while (!end) {
                Page page = set.scanIds(range, after, 1000, null);
                page.items()
                        .forEach(item -> assertThat(seen.add(
                                        ((Page.Item.Found) item).resource().id()))
                                .isTrue());
                after = page.lastPosition();
                end = page.end();
            }
        }
        assertThat(seen).hasSize(100_000);
    }

    @Test
    void rangesAreEqualSlicesOfTheFile() {
        assertThat(FileScan.ranges(10, 3))
                .containsExactly(new KeyRange(null, "3"), new KeyRange("3", "6"), new KeyRange("6", null));
        assertThat(FileScan.ranges(0, 3)).containsExactly(KeyRange.ALL);
        assertThat(FileScan.ranges(2, 5)).containsExactly(new KeyRange(null, "1"), new KeyRange("1", null));
    }

    /** Two texts with one hash; about 2^16 tries find some. */
    private static String[] twins() {
        Map<Integer, String> seen = new java.util.HashMap<>();
        for (int i = 0; ; i++) {
            String text = "t" + i;
            String other = seen.put(OrdinalTable.hashOf(text), text);
            if (other != null) {
                return new String[] {other, text};
            }
        }
    }
}
