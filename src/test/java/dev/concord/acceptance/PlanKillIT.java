package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Measure;
import dev.concord.ledger.Phase;
import dev.concord.ledger.RunKind;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.oracle.Account;
import dev.concord.oracle.Expectation;
import dev.concord.oracle.Holdings;
import dev.concord.oracle.Oracle;
import dev.concord.run.Plans;
import dev.concord.script.GraalScripts;
import dev.concord.testing.CompanyHome;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import dev.concord.testing.fault.Operation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that applies a plan is killed; who applies the plan again goes on, to the end that nobody disturbed. */
class PlanKillIT {

    private static final String MAPPING = "hr-to-users";
    private static final String PLAN = "the-plan";

    @TempDir
    private Path folder;

    @Test
    void aKilledApplyGoesOnToTheSameEnd() throws Exception {
        Installation base = planned();
        Installation undisturbed = copy(base, "undisturbed");
        Faults operations = Faults.none();
        Holdings before;
        Expectation expected;
        String applied;
        try (GraalScripts scripts = new GraalScripts()) {
            try (House house = operations.open(undisturbed, scripts)) {
                before = Holdings.of(house, MAPPING);
                RunView view = house.apply(PLAN, Faults.listener(house));
                assertThat(view.run().state()).as(view.run().message()).isEqualTo(RunState.SUCCESS);
                assertThat(view.run().kind()).isEqualTo(RunKind.APPLY);
                assertThat(view.counts().failures()).isZero();
                for (Measure change : List.of(Measure.CREATED, Measure.UPDATED, Measure.DELETED)) {
                    assertThat(view.counts().get(change)).as(change.name()).isPositive();
                }
                applied = view.run().id();
                expected = Expectation.of(Holdings.of(house, MAPPING), Account.of(house, applied));
            }
            int writes = operations.plan(Faults.TARGET).calls(Operation.WRITE);
            killedAt(Faults.pages(Phase.SOURCE) + "=COMMIT:3:AFTER:halt", base, before, expected, applied, scripts);
            killedAt(Faults.TARGET + "=WRITE:" + writes + ":BEFORE:halt", base, before, expected, applied, scripts);
        }
    }

    private void killedAt(
            String fault,
            Installation base,
            Holdings before,
            Expectation expected,
            String applied,
            GraalScripts scripts)
            throws Exception {
        Installation place = copy(base, "killed-" + Math.abs(fault.hashCode()));
        Victim.End end = Victim.start(place, Victim.Task.APPLY, PLAN, List.of(fault));
        assertThat(end.exitCode()).as(end.output()).isEqualTo(Victim.KILLED);
        try (House house = Faults.none().open(place, scripts)) {
            assertThat(house.find(applied))
                    .hasValueSatisfying(view -> assertThat(view.run().state()).isEqualTo(RunState.ACTIVE));
            RunView view = house.apply(PLAN, RunListener.NONE);
            assertThat(view.run().state()).as(view.run().message()).isEqualTo(RunState.SUCCESS);
            assertThat(view.run().id()).isEqualTo(applied);
            Oracle.judge(expected, before, Holdings.of(house, MAPPING), Account.of(house, applied))
                    .assertFaultless();
        }
    }

    /** Everybody has an account, HR edited, added and removed rows and let people go, and a plan was made. */
    private Installation planned() throws Exception {
        CompanyHome home = CompanyHome.in(folder.resolve("home"));
        home.set(MAPPING, "feedSize", 100);
        home.set(MAPPING, "taskThreads", 2);
        Installation place = at(home);
        try (GraalScripts scripts = new GraalScripts();
                House house = Faults.none().open(place, scripts)) {
            assertThat(house.run(MAPPING, "first-run").run().state()).isEqualTo(RunState.SUCCESS);
            edit(new EmployeeFile(home.folder().resolve("jobs/data/employees.csv")));
            assertThat(house.analyze(MAPPING, PLAN).run().state()).isEqualTo(RunState.SUCCESS);
            assertThat(house.get(Plans.class)
                            .appliedBy(house.find(PLAN).orElseThrow().run()))
                    .isEmpty();
        }
        return place;
    }

    private static void edit(EmployeeFile file) {
        List<Map<String, String>> kept = new ArrayList<>();
        for (int i = 0; i < file.rows().size(); i++) {
            Map<String, String> row = file.rows().get(i);
            switch (i % 40) {
                case 3, 4, 23 -> row.put("title", "Edited " + i);
                case 7 -> row.put("employmentStatus", "left");
                default -> {}
            }
            if (i % 40 != 11) {
                kept.add(row);
            }
            if (i % 40 == 19) {
                Map<String, String> added = new LinkedHashMap<>(row);
                added.put("employeeNumber", "N" + (10_000 + i));
                added.put("employmentStatus", "active");
                added.put("previousNumber", "");
                kept.add(added);
            }
        }
        file.rows().clear();
        file.rows().addAll(kept);
        file.save();
    }

    private Installation copy(Installation installation, String name) {
        return at(installation.home().copyTo(folder.resolve(name)));
    }

    private static Installation at(CompanyHome home) {
        try (TestDatabase database = Databases.h2File(home.folder().resolve("data"))) {
            return new Installation(home, database.url(), database.username(), database.password());
        }
    }
}
