package dev.concord.ledger;

import dev.concord.mapping.Guard;

/** Is told how a run gets on. Called from several threads at once; must be quick and must not throw. */
public interface RunListener {

    RunListener NONE = new RunListener() {};

    default void started(Run run) {}

    /** A stage begins; {@code expected} is the number of records it will visit, or -1 when that is not known. */
    default void entered(Run run, Stage stage, long expected) {}

    /** A page was read, and is decided now. A page that was begun and not committed is begun again after a restart. */
    default void begun(Run run, Phase phase) {}

    /** A page was committed; {@code counts} are those of the page. */
    default void committed(Run run, Phase phase, Counts counts) {}

    /** A guard has stopped the run, which waits for approval now; told before its end. */
    default void tripped(Run run, Guard guard) {}

    /** The run has ended and has given its lease back: others may run. What is done here may take a while. */
    default void ended(Run run) {}

    /** Tells this one first, then another. */
    default RunListener and(RunListener other) {
        RunListener first = this;
        return new RunListener() {
            @Override
            public void started(Run run) {
                first.started(run);
                other.started(run);
            }

            @Override
            public void entered(Run run, Stage stage, long expected) {
                first.entered(run, stage, expected);
                other.entered(run, stage, expected);
            }

            @Override
            public void begun(Run run, Phase phase) {
                first.begun(run, phase);
                other.begun(run, phase);
            }

            @Override
            public void committed(Run run, Phase phase, Counts counts) {
                first.committed(run, phase, counts);
                other.committed(run, phase, counts);
            }

            @Override
            public void tripped(Run run, Guard guard) {
                first.tripped(run, guard);
                other.tripped(run, guard);
            }

            @Override
            public void ended(Run run) {
                first.ended(run);
                other.ended(run);
            }
        };
    }
}
