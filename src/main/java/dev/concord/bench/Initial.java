package dev.concord.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Sources for which there is no target yet: each gets a target, a link, and an entry in the report. */
final class Initial {

    private static final long WARM_UP = 10_000;

    private Initial() {}

    static Measurement measure(Workbench bench) throws IOException, SQLException, InterruptedException {
        Proofs proofs = new Proofs();
        bench.data.settle();
        bench.say("measuring the floor");
        bench.floor.create(WARM_UP);
        double before = floor(bench, proofs);
        List<RunOutcome> runs = bench.run(true, new Nights() {
            @Override
            public void before(int night) throws SQLException {
                bench.data.empty();
            }

            @Override
            public void after(int night, RunOutcome run) throws SQLException {
                proofs.expectRun(run, 0, Map.of("created", bench.rows, "linksCreated", bench.rows));
                proofs.expect("target rows", bench.rows, bench.data.countTargets());
                proofs.expect("link rows", bench.rows, bench.data.countLinks());
                proofs.expect("entries of the report", bench.rows, run.entries());
            }
        });
        proofs.expect(
                "pairs that differ for the floor", 0, bench.floor.compare(0).different());
        double after = floor(bench, proofs);
        return bench.measurement(Math.min(before, after), runs, proofs);
    }

    private static double floor(Workbench bench, Proofs proofs) throws IOException, SQLException {
        bench.data.empty();
        double seconds = bench.floor.create(0);
        proofs.expect("target rows of the floor", bench.rows, bench.data.countTargets());
        return seconds;
    }
}
