package dev.concord.run.schedule;

/** Is told by the server that looked after a firing what became of it. Must be quick and must not throw. */
public interface FiringListener {

    FiringListener NONE = firing -> {};

    /** A firing that waited was started, skipped, or failed to start. */
    void settled(Firing firing);

    /** Tells this one first, then another. */
    default FiringListener and(FiringListener other) {
        return firing -> {
            settled(firing);
            other.settled(firing);
        };
    }
}
