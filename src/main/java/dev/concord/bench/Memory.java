package dev.concord.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether runs of all kinds get by with little heap. The same records go through all of them, one after the other. */
final class Memory {

    /** What each run gets. */
    static final String HEAP = "512m";

    /** How many times as many records as elsewhere. */
    static final int FACTOR = 2;

    private Memory() {}

    static List<Measurement> measure(Workbench bench) throws IOException, SQLException, InterruptedException {
        long rows = bench.rows;
        DatasetChanges changes = new DatasetChanges(bench.data);
        List<Measurement> measurements = new ArrayList<>();
        bench.data.loadTargetsAndLinks(rows);
        bench.data.settle();
        measurements.add(measure(bench, "unchanged", 0, Map.of("unchanged", rows)));

        changes.changeAllSources(rows);
        measurements.add(measure(bench, "changed", 0, Map.of("updated", rows)));

        bench.home.define(Definition.FAILING);
        measurements.add(measure(bench, "failing", rows, Map.of()));

        // One source stays, so that the guard against an empty one does not stop the run; half of the rest has no link.
        bench.home.define(Definition.PLAIN);
        long unlinked = rows / 2;
        long deleted = rows - unlinked - 1;
        changes.removeSources(1, rows);
        changes.removeLinks(rows - unlinked, rows);
        measurements.add(
                measure(bench, "targets", 0, Map.of("unchanged", 1L, "deleted", deleted, "linksRemoved", deleted)));
        return measurements;
    }

    private static Measurement measure(Workbench bench, String what, long failures, Map<String, Long> effects)
            throws IOException, InterruptedException, SQLException {
        String name = bench.benchmark + "-" + what;
        bench.say(what);
        try {
            Proofs proofs = new Proofs();
            List<RunOutcome> runs = bench.run(false, new Nights() {
                @Override
                public int count() {
                    return 1;
                }

                @Override
                public void before(int night) {}

                @Override
                public void after(int night, RunOutcome run) {
                    proofs.expectRun(run, failures, effects);
                }
            });
            return bench.measurement(name, null, runs, proofs);
        } catch (BenchmarkFailure e) {
            return bench.failed(name, e);
        }
    }
}
