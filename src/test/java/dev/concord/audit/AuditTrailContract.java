package dev.concord.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.audit.Actor.Door;
import dev.concord.testing.Databases;
import dev.concord.testing.OnPlatformDatabase;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the trail promises on every platform database. */
abstract class AuditTrailContract extends OnPlatformDatabase {

    private static final Actor ANN = new Actor(Door.REST, "ann", "10.0.0.7", "operator", "r-1");
    private static final Actor BEN = new Actor(Door.COMMAND, "ben", "batch01", null, null);
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123456789Z");

    private final List<AuditEntry> told = new CopyOnWriteArrayList<>();
    private AuditTrail trail;
    private long before;

    AuditTrailContract(Databases kind) {
        super(kind);
    }

    @BeforeEach
    void look() {
        trail = new AuditTrail(
                database().jdbc(), database().transactionManager(), Clock.fixed(NOON, ZoneOffset.UTC), told::add);
        List<AuditEntry> last = trail.newest(AuditQuery.ALL, Long.MAX_VALUE, 1);
        before = last.isEmpty() ? 0 : last.getFirst().number();
        told.clear();
    }

    private List<AuditEntry> added() {
        return trail.newest(AuditQuery.ALL, Long.MAX_VALUE, 1_000).stream()
                .filter(entry -> entry.number() > before)
                .toList();
    }

    @Test
    void aLineIsReadAsItWasWritten() {
        Deed deed = Deed.of(AuditEvent.RUN_APPROVED, "r1", "hr-to-users")
                .because("Ünïcode 🙂 \"quoted\"\nand a second line")
                .with("deletes", 31)
                .with("share", new BigDecimal("1.50"))
                .with("names", List.of("a", "b"));
        trail.add(ANN, deed);
        trail.add(BEN, Deed.to("jobs/hr.yaml", AuditEvent.DEFINITION_WRITTEN));
        List<AuditEntry> added = added();
        assertThat(added).extracting(AuditEntry::number).containsExactly(before + 2, before + 1);
        AuditEntry first = added.getLast();
        assertThat(first.actor()).isEqualTo(ANN);
        assertThat(first.time()).isEqualTo(Instant.parse("2026-01-01T12:00:00.123456Z"));
        assertThat(first.deed().why()).isEqualTo(deed.why());
        assertThat(first.deed().details()).containsEntry("deletes", 31).containsEntry("names", List.of("a", "b"));
        assertThat(added.getFirst().actor()).isEqualTo(BEN);
        assertThat(added.getFirst().deed().object()).isEqualTo("jobs/hr.yaml");
        assertThat(added.getFirst().previous()).isEqualTo(first.hash());
        assertThat(trail.damage()).isEmpty();
    }

    @Test
    void aLineIsThereExactlyWhenTheChangeIs() {
        assertThatThrownBy(() -> database().transaction().executeWithoutResult(status -> {
                    trail.add(ANN, Deed.of(AuditEvent.RUN_STARTED, "r1", "hr"));
                    throw new IllegalStateException("the change failed");
                }))
                .hasMessage("the change failed");
        assertThat(added()).isEmpty();
        assertThat(told).isEmpty();
        database().transaction().executeWithoutResult(status -> {
            trail.add(ANN, Deed.of(AuditEvent.RUN_STARTED, "r1", "hr"));
            assertThat(told).isEmpty();
        });
        assertThat(added()).hasSize(1);
        assertThat(told).isEqualTo(added());
    }

    @Test
    void aLineThatComesBeforeTheChangeStaysWhenItFails() {
        assertThatThrownBy(() -> database().transaction().executeWithoutResult(status -> {
                    trail.addBefore(ANN, Deed.to("users/ann", AuditEvent.USER_WRITTEN));
                    throw new IllegalStateException("the disk is full");
                }))
                .hasMessage("the disk is full");
        assertThat(added()).hasSize(1);
    }

    @Test
    void thoseWhoAddAtOnceMakeOneChain() throws Exception {
        int threads = 6;
        int each = 15;
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Callable<Object>> work = new ArrayList<>();
            IntStream.range(0, threads)
                    .forEach(i -> work.add(() -> {
                        for (int n = 0; n < each; n++) {
                            trail.add(ANN, Deed.of(AuditEvent.RUN_STARTED, "r" + i + "-" + n, "hr"));
                        }
                        return "";
                    }));
            for (var done : pool.invokeAll(work)) {
                done.get();
            }
        }
        assertThat(added().reversed())
                .extracting(AuditEntry::number)
                .containsExactlyElementsOf(LongStream.rangeClosed(before + 1, before + threads * each)
                        .boxed()
                        .toList());
        assertThat(added()).extracting(entry -> entry.deed().run()).doesNotHaveDuplicates();
        assertThat(trail.damage()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"actor,'nobody'", "why,'because'", "details,'{\"deletes\":1}'", "address,'10.0.0.8'", "run_id,'r2'"})
    void aLineThatWasChangedIsNoticed(String column, String value) {
        trail.add(
                ANN,
                Deed.of(AuditEvent.RUN_APPROVED, "r1", "hr")
                        .because("asked for")
                        .with("deletes", 31));
        AuditEntry line = added().getFirst();
        Object was = database()
                .jdbc()
                .queryForMap("select " + column + " as was from audit_entry where entry_number = ?", line.number())
                .get("was");
        change(column, value, line.number());
        assertThat(trail.damage()).contains("Line " + line.number() + " is not as it was written.");
        change(column, was instanceof java.sql.Clob ? clob(column, line) : was, line.number());
        assertThat(trail.damage()).isEmpty();
    }

    /** H2 hands out large texts as handles. */
    private Object clob(String column, AuditEntry line) {
        return column.equals("why") ? line.deed().why() : "{\"deletes\":31}";
    }

    private void change(String column, Object value, long number) {
        database().jdbc().update("update audit_entry set " + column + " = ? where entry_number = ?", value, number);
    }

    @Test
    void aLineThatIsMissingOrWrittenAnewIsNoticed() {
        for (int i = 0; i < 3; i++) {
            trail.add(ANN, Deed.of(AuditEvent.RUN_STARTED, "r" + i, "hr"));
        }
        AuditEntry middle = added().get(1);
        change("entry_number", -1, middle.number());
        assertThat(trail.damage()).contains("Line " + middle.number() + " is missing.");
        change("entry_number", middle.number(), -1);
        AuditEntry forged = AuditEntry.after(middle.previous(), middle.number(), middle.time(), BEN, middle.deed());
        change("actor", "ben", middle.number());
        change("door", "COMMAND", middle.number());
        change("address", "batch01", middle.number());
        change("roles", null, middle.number());
        change("request_id", null, middle.number());
        change("hash", forged.hash(), middle.number());
        assertThat(trail.damage())
                .contains("Line " + (middle.number() + 1) + " was not written behind the line that stands before it.");
        change("actor", "ann", middle.number());
        change("door", "REST", middle.number());
        change("address", "10.0.0.7", middle.number());
        change("roles", "operator", middle.number());
        change("request_id", "r-1", middle.number());
        change("hash", middle.hash(), middle.number());
        assertThat(trail.damage()).isEmpty();
    }

    @Test
    void questionsNarrowWhatIsShown() {
        trail.add(ANN, Deed.of(AuditEvent.RUN_STARTED, "narrow", "hr"));
        trail.add(BEN, Deed.of(AuditEvent.RUN_STOPPED, "narrow", "hr"));
        trail.add(ANN, Deed.of(AuditEvent.RUN_STARTED, "other", "hr"));
        assertThat(shown(new AuditQuery(null, null, "narrow", null))).hasSize(2);
        assertThat(shown(new AuditQuery(null, AuditEvent.RUN_STOPPED, "narrow", null)))
                .hasSize(1);
        assertThat(shown(new AuditQuery(null, null, "narrow", "ann"))).hasSize(1);
        assertThat(shown(new AuditQuery(NOON.plusSeconds(1), null, "narrow", null)))
                .isEmpty();
        assertThat(shown(new AuditQuery(NOON.minusSeconds(1), null, "narrow", null)))
                .hasSize(2);
        long newest = trail.newest(AuditQuery.ALL, Long.MAX_VALUE, 1).getFirst().number();
        assertThat(trail.newest(AuditQuery.ALL, newest, 1).getFirst().number()).isEqualTo(newest - 1);
    }

    private List<AuditEntry> shown(AuditQuery query) {
        return trail.newest(query, Long.MAX_VALUE, 100);
    }

    @Test
    void whoStartedARunIsKnown() {
        trail.add(ANN, Deed.of(AuditEvent.SCHEDULE_TRIGGERED, "triggered", "hr"));
        trail.add(Actor.ofSchedule("nightly"), Deed.of(AuditEvent.RUN_STARTED, "triggered", "hr"));
        trail.add(BEN, Deed.of(AuditEvent.RUN_STOPPED, "triggered", "hr"));
        List<Actor> starters = trail.startersOf("triggered");
        Actor annAtHome = new Actor(Door.COMMAND, "ann", "laptop", null, null);
        Actor userNightly = new Actor(Door.REST, "nightly", "10.0.0.9", null, null);
        assertThat(starters).anyMatch(annAtHome::isSamePersonAs);
        assertThat(starters).noneMatch(BEN::isSamePersonAs);
        assertThat(starters).noneMatch(userNightly::isSamePersonAs);
    }
}
