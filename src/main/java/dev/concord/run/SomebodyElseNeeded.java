package dev.concord.run;

/** Whoever asks may not do this with this run, because of what they did with it before; somebody else may. */
public final class SomebodyElseNeeded extends RunRefused {

    private static final long serialVersionUID = 1L;

    public SomebodyElseNeeded(String message) {
        super(message);
    }
}
