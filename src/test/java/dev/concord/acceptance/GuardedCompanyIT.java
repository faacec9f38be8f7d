package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.concord.run.Reconciliations;
import dev.concord.system.ObjectSets;
import dev.concord.testing.CompanyHome;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Accidents that befall the sample company, which has no thresholds of its own: each is stopped before anybody loses an
 * account, says why, and after an approval does exactly what it would have done without guards.
 */
class GuardedCompanyIT {

    private static final String MAPPING = "hr-to-users";
    private static final String FILE = "jobs/data/employees.csv";
    private static final String DEFINITION = "jobs/hr-to-users.yaml";

    @TempDir
    private Path folder;

    private CompanyHome home;
    private House house;
    private String employees;
    private String definition;
    private long accounts;
    private int runs;

    @ParameterizedTest
    @EnumSource(
            value = Databases.class,
            names = {"H2", "MARIADB"})
    void accidentsAreStoppedAndApprovalDoesWhatWasShown(Databases kind) throws Exception {
        home = CompanyHome.in(folder);
        employees = CompanyHome.read(folder.resolve(FILE));
        definition = CompanyHome.read(folder.resolve(DEFINITION));
        try (TestDatabase database = kind.fresh();
                House opened = House.on(folder, database).guarded().open()) {
            house = opened;
            done(house.run(MAPPING, "first"));
            accounts = accounts();
            aFilterThatDropsAThird();
            aFileCutInHalf();
            anEmptyFile();
            aScriptThatThrows();
            aCorrelationThatMatchesNobody();
        }
    }

    private void aFilterThatDropsAThird() throws Exception {
        home.append(DEFINITION, "\nsourceCondition: '!(/source/country eq \"CH\") and !(/source/country eq \"BR\")'\n");
        RunView stopped = isStopped(Guard.DELETES);
        approvedDoesWhatAnAnalysisShows(stopped, accounts * 3 / 10);
        mend();
    }

    private void aFileCutInHalf() throws Exception {
        EmployeeFile file = new EmployeeFile(folder.resolve(FILE));
        file.rows().subList(file.rows().size() / 2, file.rows().size()).clear();
        file.save();
        RunView stopped = isStopped(Guard.SOURCE_SHRINK);
        assertThat(TrapHome.writes(stopped)).isEmpty();
        RunView planned = waits(approve(stopped), Guard.DELETES);
        approvedDoesWhatAnAnalysisShows(planned, accounts / 3);
        mend();
    }

    private void anEmptyFile() throws Exception {
        Files.writeString(folder.resolve(FILE), employees.lines().findFirst().orElseThrow() + "\n");
        RunView stopped = isStopped(Guard.EMPTY_SOURCE);
        assertThat(stopped.run().message())
                .isEqualTo("Cannot reconcile from an empty data source, unless allowEmptySourceSet is true.");
        RunView planned = waits(approve(stopped), Guard.DELETES);
        assertThat(done(approve(planned)).counts().get(Measure.DELETED)).isEqualTo(accounts);
        assertThat(accounts()).isZero();
        mend();
    }

    private void aScriptThatThrows() throws Exception {
        home.replace(DEFINITION, "source.employmentStatus !== 'left'", "source.status.toLowerCase() !== 'left'");
        RunView stopped = isStopped(Guard.FAILURES);
        RunView approved = done(approve(stopped));
        assertThat(approved.counts().get(Measure.DELETED)).isZero();
        assertThat(accounts()).isEqualTo(accounts);
        mend();
    }

    private void aCorrelationThatMatchesNobody() throws Exception {
        // Without links, as after a mapping was renamed, everything depends on it.
        house.get(JdbcTemplate.class).update("delete from link where link_type = ?", MAPPING);
        home.replace(
                DEFINITION,
                "'employeeNumber eq \"' + source._id + '\"'",
                "'employeeNumber eq \"x' + source._id + '\"'");
        home.replace(DEFINITION, "{situation: UNASSIGNED, action: REPORT}", "{situation: UNASSIGNED, action: DELETE}");
        RunView stopped = isStopped(Guard.DELETES);
        assertThat(stopped.run().message()).contains("of 0 links, and at least 20");
        RunView denied = house.get(LedgerReader.class)
                .view(house.get(Approvals.class).deny(stopped.run().id(), House.ACTOR, "the correlation is wrong"));
        assertThat(denied.run().condition()).isEqualTo(RunCondition.DENIED);
        assertThat(accounts()).isEqualTo(accounts);
        mend();
    }

    /** Runs over what is broken: nobody may lose an account by that, and the reason must be told. */
    private RunView isStopped(Guard guard) {
        RunView stopped = waits(house.run(MAPPING, "run-" + ++runs), guard);
        assertThat(stopped.counts().get(Measure.DELETED)).isZero();
        assertThat(stopped.counts().get(Measure.LINKS_REMOVED)).isZero();
        assertThat(accounts()).isGreaterThanOrEqualTo(accounts);
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

    /** Compares with what an analysis says that a run would do, which knows no guards. */
    private void approvedDoesWhatAnAnalysisShows(RunView stopped, long atLeast) {
        RunView looked = done(house.analyze(MAPPING, "look-" + ++runs));
        assertThat(Guards.wouldTrip(looked))
                .extracting(excess -> excess.guard())
                .contains(Guard.DELETES);
        List<String> shown = deleted(looked);
        assertThat(shown.size()).isGreaterThanOrEqualTo((int) atLeast);
        RunView approved = done(approve(stopped));
        assertThat(deleted(approved)).isEqualTo(shown);
        assertThat(approved.counts().get(Measure.DELETED)).isEqualTo(shown.size());
        assertThat(accounts()).isEqualTo(accounts - shown.size());
    }

    private List<String> deleted(RunView run) {
        TreeSet<String> deleted = new TreeSet<>();
        house.get(LedgerReader.class).entries(run.run().id(), counts -> true, (segment, index, entry) -> {
            if (entry.action() == Action.DELETE && entry.outcome() == Outcome.SUCCESS) {
                deleted.add(name(entry));
            }
            return true;
        });
        return List.copyOf(deleted);
    }

    private static String name(Entry entry) {
        return entry.situation() + " " + entry.targetId();
    }

    /** Everything as it was, and everybody with an account again. */
    private void mend() throws Exception {
        Files.writeString(folder.resolve(FILE), employees);
        Files.writeString(folder.resolve(DEFINITION), definition);
        done(house.run(MAPPING, "mended-" + ++runs));
        assertThat(accounts()).isEqualTo(accounts);
    }

    private RunView approve(RunView run) {
        return house.get(LedgerReader.class)
                .view(house.get(Approvals.class).approve(run.run().id(), House.ACTOR, null, RunListener.NONE));
    }

    private static RunView done(RunView view) {
        assertThat(view.run().state()).as(view.run().message()).isEqualTo(RunState.SUCCESS);
        return view;
    }

    private long accounts() {
        try (ObjectSets sets = house.get(ObjectSets.Factory.class)
                .of(house.get(Reconciliations.class).definitions())) {
            return sets.open("managed/alpha_user").count(null);
        }
    }
}
