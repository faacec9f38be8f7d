package dev.concord.script.plain;

/** Says that a script, or what it meets in one call, is for the engine. It has no message: nobody is told. */
public final class NotPlainException extends RuntimeException {

    /** The only one, for it may be thrown for each record. */
    static final NotPlainException INSTANCE = new NotPlainException();

    private static final long serialVersionUID = 1L;

    private NotPlainException() {
        super(null, null, false, false);
    }

    /** Leaves a script to the engine. */
    static void refuseIf(boolean unusual) {
        if (unusual) {
            throw INSTANCE;
        }
    }
}
