package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Phase;
import dev.concord.testing.fault.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A run is killed before and behind each single commit that its process makes, those of the batch framework too, and so
 * is a restart of it.
 */
class EveryCommitChaos extends KillH2IT {

    @Override
    List<Point> points() {
        return Arrays.stream(Scenario.values()).flatMap(this::points).toList();
    }

    @Override
    int randomPoints() {
        return 0;
    }

    @Test
    void aRestartThatIsKilledBehindAnyCommitCanBeContinued() throws Exception {
        Installation killed =
                killed(new Point(Scenario.AFTER_EDITS, Faults.pages(Phase.SOURCE), Operation.COMMIT, 3, Moment.AFTER));
        int call = 0;
        while (true) {
            call++;
            Point point = new Point(Scenario.AFTER_EDITS, Faults.TRANSACTIONS, Operation.COMMIT, call, Moment.AFTER);
            Installation place = copy(killed);
            Victim.End end = Victim.start(place, Victim.Task.RESTART, RUN, List.of(point.fault()));
            if (end.exitCode() != Victim.KILLED) {
                assertThat(end.exitCode()).as(end.output()).isZero();
                break;
            }
            assertContinued(place, Scenario.AFTER_EDITS);
        }
        assertThat(call).isGreaterThan(20);
        System.out.println("A restart was killed behind each of its " + (call - 1) + " commits.");
    }

    private Stream<Point> points(Scenario scenario) {
        int commits = calls(scenario, Faults.TRANSACTIONS, Operation.COMMIT);
        System.out.println(scenario + " makes " + commits + " commits.");
        return IntStream.rangeClosed(1, commits)
                .boxed()
                .flatMap(call -> Arrays.stream(Moment.values())
                        .map(moment -> new Point(scenario, Faults.TRANSACTIONS, Operation.COMMIT, call, moment)));
    }
}
