package dev.concord.model;

import dev.concord.model.World.Row;
import dev.concord.model.World.SourceRecord;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The property rows: from a source object to the wanted target object. */
final class Rows {

    private Rows() {}

    /**
     * The target object after all rows, in their order, later ones seeing what earlier ones did. Attributes without row
     * survive. The stores cannot tell null from absent, so that putting null and removing are the same.
     */
    static Map<String, String> apply(
            List<Row> rows, SourceRecord source, Map<String, String> target, String qualifier) {
        Map<String, String> result = new TreeMap<>(target);
        for (Row row : rows) {
            if (WorldScripts.holds(row.condition(), source, result, qualifier, Ending.ROW_CONDITION_THREW)) {
                String value = value(row, source, qualifier);
                if (value == null) {
                    result.remove(row.target());
                } else {
                    result.put(row.target(), value);
                }
            }
        }
        return result;
    }

    /**
     * What the mapping gives for a target attribute, for correlation: the value of the last row for it whose condition
     * holds.
     */
    static @Nullable String wanted(List<Row> rows, String attribute, SourceRecord source, String qualifier) {
        String wanted = null;
        for (Row row : rows) {
            if (row.target().equals(attribute)
                    && WorldScripts.holds(row.condition(), source, Map.of(), qualifier, Ending.ROW_CONDITION_THREW)) {
                wanted = value(row, source, qualifier);
            }
        }
        return wanted;
    }

    private static @Nullable String value(Row row, SourceRecord source, String qualifier) {
        String read = row.source() == null || row.source().isEmpty() ? null : source.get(row.source());
        String transformed = WorldScripts.transform(row.transform(), read, source.id(), qualifier);
        return transformed == null ? row.defaultValue() : transformed;
    }
}
