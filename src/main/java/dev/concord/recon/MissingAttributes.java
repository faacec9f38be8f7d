package dev.concord.recon;

import dev.concord.mapping.Mapping;
import dev.concord.mapping.PropertyRow;
import dev.concord.mapping.Suggestion;
import dev.concord.record.Json;
import dev.concord.record.Pointer;
import dev.concord.system.ObjectSchema;
import dev.concord.system.UnusableObjectSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Rows that read what no record of the source can have: a column that has another name since yesterday. Run as they
 * are, they would empty an attribute of everybody.
 */
final class MissingAttributes {

    private MissingAttributes() {}

    /**
     * @param source of a set whose attributes are all known; nothing is said of others
     * @throws UnusableObjectSet naming the first row that reads nothing
     */
    static void check(Mapping mapping, ObjectSchema source) {
        if (source.open()) {
            return;
        }
        Set<String> known = new TreeSet<>(source.attributes().keySet());
        for (PropertyRow row : mapping.properties()) {
            Pointer read = row.source();
            if (read == null || read.isWhole() || isKnown(read.attribute(), known)) {
                continue;
            }
            throw new UnusableObjectSet("jobs/" + row.place().file() + ":"
                    + row.place().line() + " reads "
                    + Json.write(read.attribute()) + ", and " + mapping.source() + " has no attribute of that name"
                    + Suggestion.tail("it has", read.attribute(), known)
                    + ". Every target would lose its value. Nothing was done. Name an attribute that is there, or take"
                    + " the row away.");
        }
    }

    private static boolean isKnown(String name, Set<String> known) {
        return name.equals("_id") || name.equals("_rev") || known.contains(name);
    }
}
