package dev.concord.run;

import dev.concord.explanation.Explanation;
import dev.concord.mapping.Definitions;
import dev.concord.recon.Engine;

/** What a run would do with one record if it came to it now, and why. Safe for use by several threads. */
public final class Explanations {

    private final Reconciliations reconciliations;
    private final Engine engine;

    public Explanations(Reconciliations reconciliations, Engine engine) {
        this.reconciliations = reconciliations;
        this.engine = engine;
    }

    /**
     * What a run would decide about one record now, and why. Writes nothing, and does not wait for a run that works on
     * the same links.
     *
     * @throws UnusableDefinition when there is no such mapping, or its files have faults
     */
    public Explanation explain(String mapping, Explanation.Subject subject) {
        Definitions definitions = reconciliations.definitions();
        return engine.explain(definitions, Reconciliations.mapping(definitions, mapping), subject, false);
    }

    /**
     * The target object that the mapping makes of one source record now, whether or not a rule has it written: what
     * stands as {@code wanted} in the decisions. Writes nothing.
     *
     * @throws UnusableDefinition when there is no such mapping, or its files have faults
     */
    public Explanation preview(String mapping, String sourceId) {
        Definitions definitions = reconciliations.definitions();
        Explanation.Subject subject = new Explanation.Subject(Explanation.Side.SOURCE, sourceId);
        return engine.explain(definitions, Reconciliations.mapping(definitions, mapping), subject, true);
    }
}
