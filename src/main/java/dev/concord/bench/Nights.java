package dev.concord.bench;

import java.sql.SQLException;

/** The runs of a benchmark: the first one in a process that has just begun, the others in the same process. */
interface Nights {

    /** What is measured of a process that has got warm: the best of this many runs behind the first. */
    int WARM = 3;

    /** How many runs there are. */
    default int count() {
        return 1 + WARM;
    }

    /** Makes the data such as a run shall find it; {@code night} counts from 0. */
    void before(int night) throws SQLException;

    /** Looks whether a run did what it should. */
    void after(int night, RunOutcome run) throws SQLException;
}
