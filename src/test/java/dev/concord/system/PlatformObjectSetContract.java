package dev.concord.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.record.Resource;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What object sets in the platform database do besides: their reads and writes are part of the caller's transaction.
 */
public abstract class PlatformObjectSetContract extends ObjectSetContract {

    protected abstract DataSource platform();

    private TransactionTemplate transaction() {
        return new TransactionTemplate(new JdbcTransactionManager(platform()));
    }

    @Test
    void writesCommitAndRollBackWithTheTransactionOfTheCaller() {
        ObjectSet set = create(PERSON, people(2));
        assertThat(set.inPlatformDatabase()).isTrue();
        Resource first = set.fetch(List.of("p0000")).get("p0000");
        transaction().executeWithoutResult(status -> {
            assertDone(set.write(List.of(
                    new Write.Create("new", Map.of("name", "New")),
                    new Write.Update(first, with(first, "name", "Changed")),
                    new Write.Delete("p0001", null))));
            assertThat(ids(scan(set, KeyRange.ALL, 10))).containsExactlyInAnyOrder("new", "p0000");
            assertThat(set.fetch(List.of("p0000")).get("p0000").content()).containsEntry("name", "Changed");
            status.setRollbackOnly();
        });
        assertThat(ids(scan(set, KeyRange.ALL, 10))).containsExactlyInAnyOrder("p0000", "p0001");
        assertThat(set.fetch(List.of("p0000")).get("p0000")).isEqualTo(first);
        transaction().executeWithoutResult(status -> assertDone(set.write(List.of(new Write.Delete("p0001", null)))));
        assertThat(set.count(null)).isEqualTo(1);
    }

    @Test
    void afterARejectedBatchTheCallerGoesBackToItsSavepointAndRedoesTheWritesOneByOne() {
        ObjectSet set = create(PERSON, people(1));
        List<Write> writes = List.of(
                new Write.Create("n1", Map.of("name", "One")),
                new Write.Create("p0000", Map.of("name", "Taken")),
                new Write.Create("n2", Map.of("name", "Two")));
        transaction().executeWithoutResult(status -> {
            assertDone(set.write(List.of(new Write.Create("before", Map.of("name", "Before")))));
            Object savepoint = status.createSavepoint();
            assertThat(set.write(writes)).anyMatch(WriteOutcome.Rejected.class::isInstance);
            status.rollbackToSavepoint(savepoint);
            for (Write write : writes) {
                Object each = status.createSavepoint();
                if (set.write(List.of(write)).getFirst() instanceof WriteOutcome.Rejected rejected) {
                    assertThat(rejected.kind()).isEqualTo(WriteOutcome.Kind.UNIQUE);
                    status.rollbackToSavepoint(each);
                }
            }
        });
        assertThat(ids(scan(set, KeyRange.ALL, 10))).containsExactlyInAnyOrder("before", "n1", "n2", "p0000");
    }

    @Test
    void withoutATransactionABatchIsDoneAsAWholeOrNotAtAll() {
        ObjectSet set = create(PERSON, people(2));
        Resource first = set.fetch(List.of("p0000")).get("p0000");
        assertThat(set.write(List.of(
                        new Write.Create("n1", Map.of("name", "One")),
                        new Write.Update(
                                new Resource("nobody", first.revision(), first.content()), Map.of("name", "x")))))
                .containsExactly(new WriteOutcome.NotDone(), new WriteOutcome.Stale());
        assertThat(set.write(
                        List.of(new Write.Delete("p0001", null), new Write.Create("p0000", Map.of("name", "Taken")))))
                .satisfiesExactly(
                        outcome -> assertThat(outcome).isInstanceOf(WriteOutcome.NotDone.class),
                        outcome -> assertThat(outcome).isInstanceOf(WriteOutcome.Rejected.class));
        assertThat(ids(scan(set, KeyRange.ALL, 10))).containsExactlyInAnyOrder("p0000", "p0001");
    }
}
