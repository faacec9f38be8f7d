package dev.concord.acceptance;

import dev.concord.ledger.Phase;
import dev.concord.testing.CompanyHome;
import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;
import dev.concord.testing.fault.Operation;
import java.nio.file.Path;
import java.util.List;

class KillH2IT extends KillContract {

    /** The opening, the source, its first partition, its second one. */
    private static final int SECOND_PARTITION = 4;

    @Override
    Installation empty(CompanyHome home) {
        return at(home);
    }

    @Override
    Installation copy(Installation installation, Path other) {
        return at(installation.home().copyTo(other));
    }

    @Override
    List<Point> points() {
        return List.of(
                new Point(Scenario.FIRST_RUN, Faults.STEPS, Operation.COMMIT, SECOND_PARTITION, Moment.AFTER),
                new Point(Scenario.FIRST_RUN, Faults.TRANSACTIONS, Operation.COMMIT, -1, Moment.BEFORE),
                new Point(Scenario.FIRST_RUN, Faults.TARGET, Operation.WRITE, 4, Moment.AFTER),
                new Point(Scenario.FIRST_RUN, Faults.pages(Phase.SOURCE), Operation.COMMIT, -1, Moment.AFTER),
                new Point(Scenario.AFTER_EDITS, Faults.pages(Phase.LINKS), Operation.COMMIT, -1, Moment.AFTER),
                new Point(Scenario.AFTER_EDITS, Faults.TARGET, Operation.WRITE, -1, Moment.BEFORE));
    }

    @Override
    int randomPoints() {
        return 1;
    }

    private static Installation at(CompanyHome home) {
        try (TestDatabase database = Databases.h2File(home.folder().resolve("data"))) {
            return new Installation(home, database.url(), database.username(), database.password());
        }
    }
}
