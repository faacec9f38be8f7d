package dev.concord.acceptance;

import dev.concord.testing.CuttingProxy.Moment;
import dev.concord.testing.Databases;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cuts connections at every kind of statement that a run sends, early and late. */
class PlatformCutChaos extends PlatformCutContract {

    private static final String MANAGED_TABLE = "managed_account";

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
                                        MANAGED_TABLE,
                                        "UPDATE BATCH_STEP_EXECUTION")
                                .flatMap(text -> Stream.of(
                                        new Place(false, text, number, moment),
                                        new Place(true, text, number, moment)))))
                // The run's own lease, and the framework's first rows, are not there to be done again yet.
                .filter(place -> !place.text().equals("from run_lease") || place.number() > 2)
                .filter(place -> !isBeginning(place))
                .toList();
    }

    /** The first commits behind such texts are those with which the framework takes note of the run. */
    private static boolean isBeginning(Place place) {
        return place.commit() && place.text().equals(MANAGED_TABLE) && place.number() <= 2;
    }

    @ParameterizedTest
    @EnumSource
    void aCutWhileTheFrameworkTakesNoteOfTheRunFailsItAndARestartFinishesIt(Moment moment) {
        cutWhileBeginning(new Place(true, MANAGED_TABLE, 1, moment));
    }
}
