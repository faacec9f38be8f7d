package dev.concord.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Linked pairs of which 1 % changed since, 0.2 % have no target yet, and 0.2 % have no source any more. */
final class Nightly {

    private static final int CHANGED_OF = 100;
    private static final int GONE_OF = 500;
    private static final long WARM_UP = 20_000;

    private Nightly() {}

    /**
     * What happened since the night before. Different people each night.
     *
     * @param changed people with other values
     * @param gone people whose source is gone
     * @param added people who are new
     */
    record Changes(List<Long> changed, List<Long> gone, List<Long> added) {

        static Changes of(long rows, int night) {
            return new Changes(
                    LongStream.range(0, rows)
                            .filter(p -> p % CHANGED_OF == 7 + night)
                            .boxed()
                            .toList(),
                    LongStream.range(0, rows)
                            .filter(p -> p % GONE_OF == 11 + night)
                            .boxed()
                            .toList(),
                    LongStream.range(0, Math.max(1, rows / GONE_OF))
                            .map(p -> rows + night * Math.max(1, rows / GONE_OF) + p)
                            .boxed()
                            .toList());
        }
    }

    static Measurement measure(Workbench bench) throws IOException, SQLException, InterruptedException {
        Changes changes = Changes.of(bench.rows, 0);
        Proofs proofs = new Proofs();
        bench.data.loadTargetsAndLinks(bench.rows);
        bench.data.settle();
        bench.say("measuring the floor");
        bench.floor.compare(WARM_UP);
        double reading = bench.floor.compare(0).seconds();
        FloorWrites writes = new FloorWrites(bench.data, bench.database);
        double once = writes.seconds(changes);
        writes.takeBack(changes);
        double writing = Math.min(once, writes.seconds(changes));
        writes.takeBack(changes);

        change(bench, changes);
        long different = changes.changed().size() + changes.added().size();
        Floor.Compared changed = bench.floor.compare(0);
        proofs.expect("records that differ for the floor", different, changed.different());
        reading = Math.min(reading, changed.seconds());
        long[] people = {bench.rows};
        List<RunOutcome> runs = bench.run(false, new Nights() {
            @Override
            public void before(int night) throws SQLException {
                if (night > 0) {
                    change(bench, Changes.of(bench.rows, night));
                }
            }

            @Override
            public void after(int night, RunOutcome run) throws SQLException {
                people[0] = prove(bench, Changes.of(bench.rows, night), people[0], run, proofs);
            }
        });
        Floor.Compared after = bench.floor.compare(0);
        reading = Math.min(reading, after.seconds());
        proofs.expect("records that differ for the floor after the run", 0, after.different());
        return bench.measurement(reading + writing, runs, proofs);
    }

    private static void change(Workbench bench, Changes changes) throws SQLException {
        DatasetChanges night = new DatasetChanges(bench.data);
        night.changeSources(changes.changed());
        night.removeSources(changes.gone());
        bench.data.loadSources(changes.added().getFirst(), changes.added().getLast() + 1);
    }

    /**
     * @param before how many people there were
     * @return how many there are now
     */
    private static long prove(Workbench bench, Changes changes, long before, RunOutcome run, Proofs proofs)
            throws SQLException {
        long gone = changes.gone().size();
        long added = changes.added().size();
        long updated = changes.changed().size();
        proofs.expectRun(
                run,
                0,
                Map.of(
                        "created", added,
                        "updated", updated,
                        "deleted", gone,
                        "unchanged", before - updated - gone,
                        "linksCreated", added,
                        "linksRemoved", gone));
        long now = before + added - gone;
        proofs.expect("target rows", now, bench.data.countTargets());
        proofs.expect("link rows", now, bench.data.countLinks());
        return now;
    }
}
