package dev.concord.secret;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What may be told of exceptions where everybody can read it. Messages of databases, parsers and the like repeat the
 * values that they are about; Concord's own do not.
 */
public final class Thrown {

    private static final String OWN = "dev.concord.";

    /** What the Java machine says of programs, not of data. */
    private static final Set<String> HARMLESS = Set.of(
            "java.lang.NullPointerException",
            "java.lang.ClassCastException",
            "java.lang.ArrayIndexOutOfBoundsException",
            "java.lang.StringIndexOutOfBoundsException",
            "java.lang.NoSuchMethodError",
            "java.lang.NoClassDefFoundError",
            "java.lang.OutOfMemoryError");

    private Thrown() {}

    /** Whether messages of exceptions of this class hold no values. */
    public static boolean isHarmless(String className) {
        return className.startsWith(OWN) || HARMLESS.contains(className);
    }

    /** The classes of an exception and of its causes. */
    public static String types(Throwable thrown) {
        List<String> types = new ArrayList<>();
        for (Throwable cause = thrown; cause != null && types.size() < 10; cause = cause.getCause()) {
            types.add(cause.getClass().getName());
        }
        return String.join(", caused by ", types);
    }
}
