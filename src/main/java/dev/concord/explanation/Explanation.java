package dev.concord.explanation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What would be decided about one record now, and why.
 *
 * @param source the path of the source's object set; likewise {@code target}
 * @param exists whether there is such an object
 * @param filter the mapping's own query filter for the records of this side; null when it visits all of them
 * @param visited whether a full run visits the record, as far as that filter says
 * @param decisions one for each link qualifier; empty when there is nothing to decide about
 */
public record Explanation(
        String mapping,
        String source,
        String target,
        Subject subject,
        boolean exists,
        @Nullable String filter,
        boolean visited,
        List<Decision> decisions) {

    /** Which record is asked about: the id of a source, or of a target. It need not exist. */
    public record Subject(Side side, String id) {}

    /** From which side a record is looked at. */
    public enum Side {
        /** As the source phase does, or a run of a single id. */
        SOURCE,
        /** As the target phase does, and the links phase behind it. */
        TARGET
    }

    /** The same explanation with some of its decisions. */
    public Explanation with(List<Decision> some) {
        return new Explanation(mapping, source, target, subject, exists, filter, visited, List.copyOf(some));
    }

    public Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("mapping", mapping);
        json.put("sourceResourceCollection", source);
        json.put("targetResourceCollection", target);
        json.put("side", subject.side().name());
        json.put("_id", subject.id());
        json.put("exists", exists);
        json.put("queryFilter", filter);
        json.put("visited", visited);
        json.put("decisions", decisions.stream().map(one -> one.json(target)).toList());
        return json;
    }
}
