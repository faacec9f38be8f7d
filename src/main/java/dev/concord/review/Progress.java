package dev.concord.review;

/** Whether a pass over a script has learned anything, so that a further one may learn more. */
final class Progress {

    private boolean made;

    void startOver() {
        made = false;
    }

    void note(boolean isNew) {
        made |= isNew;
    }

    boolean isMade() {
        return made;
    }
}
