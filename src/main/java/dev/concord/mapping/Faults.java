package dev.concord.mapping;

import dev.concord.mapping.Definitions.Fault;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Faults in the order and form in which people read them. */
public final class Faults {

    /** By file and line; of one line, errors first. */
    public static final Comparator<Fault> BY_PLACE = Comparator.comparing(
                    (Fault fault) -> fault.place().file())
            .thenComparingInt(fault -> fault.place().line() == 0
                    ? Integer.MAX_VALUE
                    : fault.place().line())
            .thenComparing(Fault::severity);

    private Faults() {}

    /**
     * One line each, in the given order, without a line break at the end: {@code jobs/hr.yaml:14 /policies/3/action …}.
     * Empty for none.
     */
    public static String print(List<Fault> faults) {
        return faults.stream().map(Faults::print).collect(Collectors.joining("\n"));
    }

    /** One fault on one line; a warning says that it is one. */
    public static String print(Fault fault) {
        return print(fault, "jobs/" + fault.place().file());
    }

    /** @param file how to call the file, when it does not lie in {@code jobs/} */
    public static String print(Fault fault, String file) {
        Place place = fault.place();
        StringBuilder line = new StringBuilder(file);
        if (place.line() > 0) {
            line.append(':').append(place.line());
        }
        if (!place.pointer().isEmpty()) {
            line.append(' ').append(place.pointer());
        }
        line.append("  ");
        return switch (fault.severity()) {
            case ERROR -> line.append(fault.message()).toString();
            case WARNING -> line.append("warning: ").append(fault.message()).toString();
        };
    }
}
