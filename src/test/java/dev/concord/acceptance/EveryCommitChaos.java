package dev.concord.acceptance;

import dev.concord.testing.fault.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A run is killed before and behind each single commit that its process makes, those of the batch framework too. */
class EveryCommitChaos extends KillH2IT {

    @Override
    List<Point> points() {
        return Arrays.stream(Scenario.values()).flatMap(this::points).toList();
    }

    @Override
    int randomPoints() {
        return 0;
    }

    private Stream<Point> points(Scenario scenario) {
        return IntStream.rangeClosed(1, calls(scenario, Faults.TRANSACTIONS, Operation.COMMIT))
                .boxed()
                .flatMap(call -> Arrays.stream(Moment.values())
                        .map(moment -> new Point(scenario, Faults.TRANSACTIONS, Operation.COMMIT, call, moment)));
    }
}
