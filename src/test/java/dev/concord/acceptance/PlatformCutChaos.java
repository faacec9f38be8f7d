package dev.concord.acceptance;

import dev.concord.testing.CuttingProxy.Moment;
import dev.concord.testing.Databases;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Cuts connections at every kind of statement that a run sends, early and late. */
class PlatformCutChaos extends PlatformCutContract {

    PlatformCutChaos() {
        super(Databases.MARIADB);
    }

    @Override
    List<Place> places() {
        return Stream.of(Moment.values())
                .flatMap(moment -> IntStream.of(1, 2, 7, 12)
                        .boxed()
                        .flatMap(number -> Stream.of(
                                        "insert into link",
                                        "insert into segment (",
                                        "from run_lease",
                                        "from link",
                                        "managed_account",
                                        "UPDATE BATCH_STEP_EXECUTION")
                                .flatMap(text -> Stream.of(
                                        new Place(false, text, number, moment),
                                        new Place(true, text, number, moment)))))
                // The run's own lease, and the framework's first rows, are not there to be done again yet.
                .filter(place -> !place.text().equals("from run_lease") || place.number() > 2)
                .toList();
    }
}
