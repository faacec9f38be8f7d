package dev.concord.ledger;

/**
 * Is told of a run's beginning and end inside the transaction that writes them: what a witness writes to the platform
 * database is there exactly when they are. What it throws undoes them. Called from several threads at once.
 */
public interface RunWitness {

    RunWitness NONE = new RunWitness() {
        @Override
        public void opened(Run run, boolean again) {}

        @Override
        public void closed(Run run) {}
    };

    /** @param again whether the run goes on after it was interrupted */
    void opened(Run run, boolean again);

    void closed(Run run);

    /** Somebody has approved what a guard stopped the run for; it is opened next. */
    default void approved(Run run) {}

    /** Somebody has denied what a guard stopped the run for; it never goes on. */
    default void denied(Run run) {}

    /** Tells this one first, then another. */
    default RunWitness and(RunWitness other) {
        RunWitness first = this;
        return new RunWitness() {
            @Override
            public void opened(Run run, boolean again) {
                first.opened(run, again);
                other.opened(run, again);
            }

            @Override
            public void closed(Run run) {
                first.closed(run);
                other.closed(run);
            }

            @Override
            public void approved(Run run) {
                first.approved(run);
                other.approved(run);
            }

            @Override
            public void denied(Run run) {
                first.denied(run);
                other.denied(run);
            }
        };
    }
}
