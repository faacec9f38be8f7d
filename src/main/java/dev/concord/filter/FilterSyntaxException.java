package dev.concord.filter;

/**
 * A text is not a query filter. The message says at which character, what stands there and what is allowed; it repeats
 * no values.
 */
public class FilterSyntaxException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public FilterSyntaxException(String message) {
        super(message);
    }
}
