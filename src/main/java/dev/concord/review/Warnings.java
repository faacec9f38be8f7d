package dev.concord.review;

import dev.concord.mapping.Definitions;
import dev.concord.mapping.Definitions.Fault;
import dev.concord.mapping.Faults;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Place;
import dev.concord.mapping.Places;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds what can be read and run, but can hardly be meant. */
public final class Warnings {

    private final Set<Fault> found = new LinkedHashSet<>();

    private Warnings() {}

    /**
     * The warnings about definitions, in the order of files and lines. Each says what to do about it. Only header rows
     * of CSV files are read beside the definitions; what is not known without asking a database is not judged.
     *
     * @param jobsFolder the folder of the definitions
     */
    public static List<Fault> of(Definitions definitions, Path jobsFolder) {
        Warnings warnings = new Warnings();
        Schemas schemas = new Schemas(definitions, jobsFolder);
        Places places = new Places(definitions);
        new UnknownAttributes(definitions, schemas, places, warnings).look();
        for (Mapping mapping : definitions.mappings().values()) {
            new ConditionWarnings(mapping, schemas, places, warnings).look();
            new RuleWarnings(mapping, warnings).look();
            new CorrelationWarnings(mapping, schemas, places, warnings).look();
            new RequiredAttributes(mapping, schemas, places, warnings).look();
        }
        new SharedAttributes(List.copyOf(definitions.mappings().values()), warnings).look();
        List<Fault> sorted = new ArrayList<>(warnings.found);
        sorted.sort(Faults.BY_PLACE);
        return List.copyOf(sorted);
    }

    void add(Place place, String message) {
        found.add(new Fault(Fault.Severity.WARNING, place, message));
    }
}
