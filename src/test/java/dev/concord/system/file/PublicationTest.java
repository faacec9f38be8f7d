package dev.concord.system.file;

import static dev.concord.system.file.FileWritingTest.create;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.record.Resource;
import dev.concord.system.SystemUnavailable;
import dev.concord.system.Write;
import dev.concord.system.file.Publication.Step;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

class PublicationTest {

    private static final String BEFORE = "id,name\n1,Ann\n2,Bob\n3,Cid\n";
    private static final String AFTER = "id,name\n1,Anna\n3,Cid\n4,Dora\n";

    @TempDir
    Path temporary;

    private FileFolder folder;

    @BeforeEach
    void open() {
        folder = FileFolder.in(temporary);
    }

    @AfterEach
    void close() {
        folder.close();
    }

    private FileObjectSet changed() {
        folder.write("a.csv", BEFORE);
        FileObjectSet set = folder.csv("a.csv");
        Resource ann = set.fetch(List.of("1")).get("1");
        set.write(List.of(
                new Write.Update(ann, Map.of("id", "1", "name", "Anna")),
                new Write.Delete("2", null),
                create("4", Map.of("name", "Dora"))));
        return set;
    }

    @ParameterizedTest
    @EnumSource
    void aPublicationThatIsBrokenOffAnywhereIsRepeatedToTheSameEnd(Step where) {
        FileObjectSet set = changed();
        for (int time = 0; time < 3; time++) {
            assertThatThrownBy(() -> set.publish(step -> {
                        if (step == where) {
                            throw new IllegalStateException("killed");
                        }
                    }))
                    .hasMessage("killed");
            assertThat(folder.read("a.csv")).isEqualTo(where == Step.RENAMED ? AFTER : BEFORE);
            assertThat(folder.pending()).isEqualTo(3);
            FileObjectSet again = folder.csv("a.csv");
            assertThat(again.count(null)).isEqualTo(3);
            assertThat(CsvReadingTest.contents(again))
                    .containsExactly(
                            Map.of("id", "1", "name", "Anna"),
                            Map.of("id", "3", "name", "Cid"),
                            Map.of("id", "4", "name", "Dora"));
        }
        folder.csv("a.csv").publish();
        assertThat(folder.read("a.csv")).isEqualTo(AFTER);
        assertThat(folder.pending()).isZero();
        assertThat(folder.folder().resolve(".a.csv.new")).doesNotExist();
    }

    @Test
    void whoLostTheDatabaseWhileWritingDoesNotReplaceTheFile() {
        FileObjectSet set = changed();
        assertThatThrownBy(() -> set.publish(step -> {
                    if (step == Step.WRITTEN) {
                        elsewhere(() -> folder.database()
                                .execute("select abort_session(session_id) from information_schema.sessions"
                                        + " where session_id <> session_id()"));
                    }
                }))
                .isInstanceOfAny(DataAccessException.class, TransactionException.class);
        assertThat(folder.read("a.csv")).isEqualTo(BEFORE);
        folder.database().pool().getHikariPoolMXBean().softEvictConnections();
        folder.csv("a.csv").publish();
        assertThat(folder.read("a.csv")).isEqualTo(AFTER);
    }

    @Test
    void whatSomebodyElseStillWritesAsideDoesNotGetIntoTheFile() throws Exception {
        FileObjectSet set = changed();
        Path aside = folder.folder().resolve(".a.csv.new");
        try (OutputStream paused = Files.newOutputStream(aside)) {
            set.publish();
            paused.write("rubbish".getBytes(UTF_8));
        }
        assertThat(folder.read("a.csv")).isEqualTo(AFTER);
    }

    @Test
    void publishingWithoutChangesLeavesTheFileUntouched() throws Exception {
        folder.write("a.csv", "id,name\n1,\"Ann\"\n\n");
        FileObjectSet set = folder.csv("a.csv");
        Object key = Files.readAttributes(folder.path("a.csv"), java.nio.file.attribute.BasicFileAttributes.class)
                .fileKey();
        set.publish();
        assertThat(Files.readAttributes(folder.path("a.csv"), java.nio.file.attribute.BasicFileAttributes.class)
                        .fileKey())
                .isEqualTo(key);
        assertThat(folder.read("a.csv")).isEqualTo("id,name\n1,\"Ann\"\n\n");
    }

    @ParameterizedTest
    @EnumSource(names = {"WRITTEN", "RENAMED"})
    void whatChangesDuringThePublicationWaitsForTheNextOne(Step when) {
        FileObjectSet set = changed();
        set.publish(step -> {
            if (step == when) {
                elsewhere(() -> {
                    FileObjectSet other = folder.csv("a.csv");
                    Resource dora = other.fetch(List.of("4")).get("4");
                    Resource cid = other.fetch(List.of("3")).get("3");
                    other.write(List.of(
                            new Write.Update(dora, Map.of("id", "4", "name", "Dorothy")),
                            new Write.Update(cid, Map.of("id", "3", "name", "Cyd")),
                            create("5", Map.of("name", "Eve"))));
                });
            }
        });
        assertThat(folder.read("a.csv")).isEqualTo(AFTER);
        assertThat(folder.pending()).isEqualTo(3);
        set.publish();
        assertThat(folder.read("a.csv")).isEqualTo("id,name\n1,Anna\n3,Cyd\n4,Dorothy\n5,Eve\n");
        assertThat(folder.pending()).isZero();
    }

    @Test
    void objectsThatChangeAfterTheStartAreNeitherDoubledNorLost() {
        FileObjectSet set = changed();
        set.publish(step -> {
            if (step == Step.STARTED) {
                elsewhere(() -> {
                    FileObjectSet other = folder.csv("a.csv");
                    Resource dora = other.fetch(List.of("4")).get("4");
                    Resource cid = other.fetch(List.of("3")).get("3");
                    other.write(List.of(
                            new Write.Update(dora, Map.of("id", "4", "name", "Dorothy")),
                            new Write.Update(cid, Map.of("id", "3", "name", "Cyd")),
                            create("5", Map.of("name", "Eve"))));
                });
            }
        });
        assertThat(folder.read("a.csv")).isEqualTo("id,name\n1,Anna\n3,Cid\n4,Dorothy\n");
        assertThat(folder.pending()).isEqualTo(2);
        set.publish();
        assertThat(folder.read("a.csv")).isEqualTo("id,name\n1,Anna\n3,Cyd\n4,Dorothy\n5,Eve\n");
    }

    @Test
    void aFileThatSomebodyElseChangesMeanwhileIsNotOverwritten() {
        FileObjectSet set = changed();
        assertThatThrownBy(() -> set.publish(step -> {
                    if (step == Step.STARTED) {
                        folder.write("a.csv", BEFORE + "9,Zoe\n");
                    }
                }))
                .isInstanceOf(SystemUnavailable.class)
                .hasMessageContaining("changed while it was written");
        set.publish();
        assertThat(folder.read("a.csv")).isEqualTo("id,name\n1,Anna\n3,Cid\n9,Zoe\n4,Dora\n");
    }

    @Test
    void onlyWhatIsCommittedGetsIntoTheFile() {
        folder.write("a.csv", BEFORE);
        FileObjectSet set = folder.csv("a.csv");
        new org.springframework.transaction.support.TransactionTemplate(
                        new org.springframework.jdbc.support.JdbcTransactionManager(
                                folder.database().dataSource()))
                .executeWithoutResult(status -> {
                    set.write(List.of(create("4", Map.of("name", "Dora"))));
                    set.publish();
                    status.setRollbackOnly();
                });
        assertThat(folder.read("a.csv")).isEqualTo(BEFORE);
    }

    @Test
    void manyChangesGoIntoTheFileInTheOrderTheyWereMade() {
        folder.write("a.csv", "id,name\n");
        FileObjectSet set = folder.csv("a.csv");
        StringBuilder expected = new StringBuilder("id,name\n");
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < 3500; i++) {
            writes.add(create("x" + i, Map.of("name", "n" + i)));
            expected.append("x%d,n%d\n".formatted(i, i));
        }
        set.write(writes);
        set.publish();
        assertThat(folder.read("a.csv")).isEqualTo(expected.toString());
        assertThat(folder.pending()).isZero();
    }

    /** In another thread, and so in another transaction. */
    private static void elsewhere(Runnable work) {
        Thread thread = Thread.ofPlatform().start(work);
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
