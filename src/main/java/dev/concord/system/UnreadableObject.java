package dev.concord.system;

/**
 * An object exists but cannot be read. It concerns this object only: ask for the others without it. The message says
 * which attribute and why, without personal values.
 */
public class UnreadableObject extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String id;

    public UnreadableObject(String id, String message) {
        super(message);
        this.id = id;
    }

    /** The id of the object as its system spells it. */
    public String id() {
        return id;
    }
}
