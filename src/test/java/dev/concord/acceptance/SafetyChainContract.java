package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.guard.Guards;
import dev.concord.guard.Trips;
import dev.concord.ledger.Entry;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.RunCondition;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.mapping.Action;
import dev.concord.mapping.Guard;
import dev.concord.run.Approvals;
import dev.concord.run.RunRefused;
import dev.concord.testing.CompanyHome;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Accidents that befall the sample company, which has no thresholds of its own, from the guard that stops them to the
 * undo of what was approved all the same: nobody loses an account before somebody approves it, then exactly those do
 * that the ledger named, and afterwards all of it can be taken back.
 *
 * <p>What does not come back are revisions, which count on, and dates of birth, which are sensitive and not kept: the
 * next run writes them.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class SafetyChainContract {

    private static final String MAPPING = "hr-to-users";
    private static final String FILE = "jobs/data/employees.csv";
    private static final String DEFINITION = "jobs/hr-to-users.yaml";
    private static final String ACCOUNTS = "managed_alpha_user";
    private static final Set<String> REVISIONS = Set.of("_rev", "revision");
    private static final Set<String> NOT_KEPT = Set.of("_rev", "revision", "dateofbirth");

    private final Databases kind;
    private TestDatabase database;
    private Path folder;
    private CompanyHome home;
    private House house;
    private String employees;
    private String definition;

    /** All rows when everything is well, and before an accident, which are the same but for revisions. */
    private TableRows well;

    private TableRows before;
    private int runs;

    SafetyChainContract(Databases kind) {
        this.kind = kind;
    }

    @BeforeAll
    void everybodyHasAnAccount(@TempDir Path folder) {
        this.folder = folder;
        database = kind.fresh();
        home = CompanyHome.in(folder);
        employees = CompanyHome.read(folder.resolve(FILE));
        definition = CompanyHome.read(folder.resolve(DEFINITION));
        house = House.on(folder, database).guarded().open();
        done(house.run(MAPPING, "first"));
        well = rows();
        before = well;
        assertThat(accounts()).hasSizeGreaterThan(900);
        assertThat(before.tables().get("link")).hasSameSizeAs(accounts());
    }

    @AfterAll
    void close() {
        if (house != null) {
            house.close();
            database.close();
        }
    }

    /** With everything as it was, the next run makes up for what an undo has no values of. */
    @AfterEach
    void mend() throws Exception {
        Files.writeString(folder.resolve(FILE), employees);
        Files.writeString(folder.resolve(DEFINITION), definition);
        done(house.run(MAPPING, "mended-" + ++runs));
        before = rows();
        assertSame(before, well, REVISIONS);
    }

    @Test
    void aFilterThatDropsAThird() {
        home.append(DEFINITION, "\nsourceCondition: '!(/source/country eq \"CH\") and !(/source/country eq \"BR\")'\n");
        RunView stopped = isStopped(Guard.DELETES);
        assertThat(stopped.run().message()).contains("of " + accounts().size() + " links, and at least 20");
        Set<String> planned = planned(stopped);
        assertThat(planned)
                .hasSizeBetween(accounts().size() * 3 / 10, accounts().size() * 4 / 10);
        assertThat(shown()).isEqualTo(planned);
        isApproved(stopped, planned);
        isTakenBack(stopped, planned);
    }

    @Test
    void aFileCutInHalf() {
        EmployeeFile file = new EmployeeFile(folder.resolve(FILE));
        file.rows().subList(file.rows().size() / 2, file.rows().size()).clear();
        file.save();
        RunView stopped = isStopped(Guard.SOURCE_SHRINK);
        assertThat(stopped.run().message()).contains("500 records fewer than the last full run visited");
        assertThat(TrapHome.writes(stopped)).isEmpty();
        RunView waiting = waits(approve(stopped), Guard.DELETES);
        Set<String> planned = planned(waiting);
        assertThat(planned).hasSizeGreaterThan(accounts().size() / 3);
        assertThat(shown()).isEqualTo(planned);
        isApproved(waiting, planned);
        isTakenBack(waiting, planned);
    }

    @Test
    void anEmptyFile() throws Exception {
        Files.writeString(folder.resolve(FILE), employees.lines().findFirst().orElseThrow() + "\n");
        RunView stopped = isStopped(Guard.EMPTY_SOURCE);
        assertThat(stopped.run().message())
                .isEqualTo("Cannot reconcile from an empty data source, unless allowEmptySourceSet is true.");
        RunView waiting = waits(approve(stopped), Guard.DELETES);
        Set<String> planned = planned(waiting);
        assertThat(planned).isEqualTo(accounts());
        isApproved(waiting, planned);
        assertThat(accounts()).isEmpty();
        isTakenBack(waiting, planned);
    }

    @Test
    void aScriptThatThrows() {
        home.replace(DEFINITION, "source.employmentStatus !== 'left'", "source.status.toLowerCase() !== 'left'");
        RunView stopped = isStopped(Guard.FAILURES);
        assertThat(stopped.run().message()).contains("records failed");
        RunView approved = done(approve(stopped));
        assertThat(approved.counts().failures()).isEqualTo(1_000);
        assertThat(TrapHome.writes(approved)).isEmpty();
        assertSame(rows(), before, Set.of());
        assertThatThrownBy(() -> undo(approved)).isInstanceOf(RunRefused.class).hasMessageContaining("changed nothing");
    }

    @Test
    void aCorrelationThatMatchesNobody() {
        // Without links, as after a mapping was renamed, everything depends on it.
        house.get(JdbcTemplate.class).update("delete from link where link_type = ?", MAPPING);
        before = rows();
        home.replace(
                DEFINITION,
                "'employeeNumber eq \"' + source._id + '\"'",
                "'employeeNumber eq \"x' + source._id + '\"'");
        home.replace(DEFINITION, "{situation: UNASSIGNED, action: REPORT}", "{situation: UNASSIGNED, action: DELETE}");
        RunView stopped = isStopped(Guard.DELETES);
        assertThat(stopped.run().message()).contains("of 0 links, and at least 20");
        Set<String> planned = planned(stopped);
        assertThat(planned).isEqualTo(accounts());
        assertThat(shown()).isEqualTo(planned);
        isApproved(stopped, planned);
        isTakenBack(stopped, planned);
    }

    /** Runs over what is broken: nobody may lose an account by that, and the reason must be told. */
    private RunView isStopped(Guard guard) {
        RunView stopped = waits(house.run(MAPPING, "run-" + ++runs), guard);
        assertThat(stopped.counts().get(Measure.DELETED)).isZero();
        assertThat(stopped.counts().get(Measure.LINKS_REMOVED)).isZero();
        assertSame(rows(), before, Set.of());
        return stopped;
    }

    private RunView waits(RunView run, Guard guard) {
        assertThat(run.run().condition()).as(run.run().message()).isEqualTo(RunCondition.WAITING_FOR_APPROVAL);
        assertThat(house.get(Trips.class).of(run.run().id()).getLast().excess().guard())
                .isEqualTo(guard);
        assertThat(house.get(Trips.class).of(run.run().id()).getLast().decision())
                .isNull();
        return run;
    }

    /** The targets that the ledger of a run that waits names for deletion. */
    private Set<String> planned(RunView waiting) {
        Set<String> planned = deleted(waiting, Outcome.PLANNED);
        assertThat(planned).isNotEmpty();
        assertThat(waiting.run().message()).startsWith(planned.size() + " deletes and unlinks were planned");
        return planned;
    }

    /** What an analysis, which knows no guards, says that a run would delete. */
    private Set<String> shown() {
        RunView looked = done(house.analyze(MAPPING, "look-" + ++runs));
        assertThat(Guards.wouldTrip(looked))
                .extracting(excess -> excess.guard())
                .contains(Guard.DELETES);
        return deleted(looked, Outcome.SUCCESS);
    }

    /** Approved, exactly the planned ones go. */
    private void isApproved(RunView waiting, Set<String> planned) {
        Set<String> there = accounts();
        RunView approved = done(approve(waiting));
        assertThat(approved.counts().failures()).isZero();
        assertThat(approved.counts().get(Measure.DELETED)).isEqualTo(planned.size());
        assertThat(deleted(approved, Outcome.SUCCESS)).isEqualTo(planned);
        there.removeAll(accounts());
        assertThat(there).isEqualTo(planned);
    }

    /** Taken back, each row is as it was, besides what is never kept; rows of others were not even touched. */
    private void isTakenBack(RunView run, Set<String> deleted) {
        Set<String> made = new TreeSet<>(accounts());
        made.removeAll(before.column(ACCOUNTS, "_id"));
        RunView undo = undo(run);
        if (!made.isEmpty()) {
            undo = approve(waits(undo, Guard.DELETES));
        }
        done(undo);
        assertThat(undo.counts().failures()).isZero();
        assertThat(undo.counts().get(Measure.CREATED)).isEqualTo(deleted.size());
        assertThat(undo.counts().get(Measure.DELETED)).isEqualTo(made.size());
        assertSame(rows(), before, NOT_KEPT);
        assertThat(before.notIn(rows()).column(ACCOUNTS, "_id")).isEqualTo(deleted);
        assertThat(entries(undo, Action.CREATE, Outcome.SUCCESS))
                .allSatisfy(entry -> assertThat(entry.message()).isEqualTo("dateOfBirth was not kept and is missing."));
    }

    private TableRows rows() {
        return TableRows.of(house.get(JdbcTemplate.class));
    }

    private Set<String> accounts() {
        return rows().column(ACCOUNTS, "_id");
    }

    private static void assertSame(TableRows rows, TableRows others, Set<String> without) {
        rows.without(without).contents().assertEqualTo(others.without(without).contents());
    }

    private RunView undo(RunView run) {
        return house.undo(run.run().id(), false, "undo-" + ++runs);
    }

    private RunView approve(RunView run) {
        return house.get(LedgerReader.class)
                .view(house.get(Approvals.class).approve(run.run().id(), House.ACTOR, null, RunListener.NONE));
    }

    private Set<String> deleted(RunView run, Outcome outcome) {
        return new TreeSet<>(entries(run, Action.DELETE, outcome).stream()
                .map(Entry::targetId)
                .toList());
    }

    private List<Entry> entries(RunView run, Action action, Outcome outcome) {
        List<Entry> entries = new ArrayList<>();
        house.get(LedgerReader.class).entries(run.run().id(), counts -> true, (segment, index, entry) -> {
            if (entry.action() == action && entry.outcome() == outcome) {
                entries.add(entry);
            }
            return true;
        });
        return entries;
    }

    private static RunView done(RunView view) {
        assertThat(view.run().state()).as(view.run().message()).isEqualTo(RunState.SUCCESS);
        return view;
    }
}
