package dev.concord.run;

import dev.concord.mapping.Definitions.Fault;
import java.util.List;

/** A mapping cannot be run as it is written down. The message says so; {@link #faults} say where and why. */
public class UnusableDefinition extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    public UnusableDefinition(String message, List<Fault> faults) {
        super(message);
        this.faults = List.copyOf(faults);
    }

    public List<Fault> faults() {
        return faults;
    }
}
