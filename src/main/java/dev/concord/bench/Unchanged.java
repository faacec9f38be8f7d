package dev.concord.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Linked pairs that are equal but for one value of one of them, which the run has to find. */
final class Unchanged {

    private static final long WARM_UP = 20_000;

    private Unchanged() {}

    /** @param more what the floor needs besides reading and comparing, in seconds */
    static Measurement measure(Workbench bench, double more) throws IOException, SQLException, InterruptedException {
        Proofs proofs = new Proofs();
        bench.data.loadTargetsAndLinks(bench.rows);
        bench.data.settle();
        bench.say("measuring the floor");
        bench.floor.compare(WARM_UP);
        Floor.Compared before = bench.floor.compare(0);
        bench.data.flip(bench.rows / 2);
        Floor.Compared flipped = bench.floor.compare(0);
        List<RunOutcome> runs = bench.run(false, new Nights() {
            @Override
            public void before(int night) throws SQLException {
                bench.data.flip((bench.rows / 2 + night) % bench.rows);
            }

            @Override
            public void after(int night, RunOutcome run) {
                proofs.expect("records CONFIRMED", bench.rows, run.situation("CONFIRMED"));
                proofs.expectRun(run, 0, Map.of("updated", 1L, "unchanged", bench.rows - 1));
            }
        });
        Floor.Compared after = bench.floor.compare(0);
        proofs.expect("pairs that differ for the floor", 0, before.different());
        proofs.expect("pairs that differ for the floor, one being changed", 1, flipped.different());
        proofs.expect("pairs that differ for the floor after the run", 0, after.different());
        double best = Math.min(before.seconds(), Math.min(flipped.seconds(), after.seconds()));
        return bench.measurement(best + more, runs, proofs);
    }
}
