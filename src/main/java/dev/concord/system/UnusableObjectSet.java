package dev.concord.system;

/**
 * What a definition says of an object set does not fit what its store holds: a table or column that is not there, ids
 * that nothing keeps unique. The message names the set and says what to do; it never holds values of records. It will
 * be the same until somebody mends definition or store.
 */
public class UnusableObjectSet extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public UnusableObjectSet(String message) {
        super(message);
    }

    public UnusableObjectSet(String message, Throwable cause) {
        super(message, cause);
    }
}
