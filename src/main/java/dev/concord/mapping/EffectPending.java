package dev.concord.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The keys that are read and checked but change nothing in a run, all in this one table. Whoever builds what is behind
 * a key removes its row.
 *
 * @param harmless the values that ask for nothing special, which are not warned about
 * @param why what to tell the person who wrote the key
 */
record EffectPending(Shape shape, String key, Set<Object> harmless, String why) {

    private static final String LATER = "has no effect yet";
    private static final String NEVER = "has no effect on reconciliation";

    private static final String WHOLE = "; records are read with all their attributes";
    private static final Set<Object> EVERYTHING = Set.of("*", List.of(), List.of("*"));

    static final List<EffectPending> TABLE = table();

    private static List<EffectPending> table() {
        List<EffectPending> table = new ArrayList<>();
        table.add(new EffectPending(
                Shape.MAPPING, "enableSync", Set.of(true), LATER + "; there is no change-driven synchronization"));
        table.add(new EffectPending(
                Shape.MAPPING, "prefetchLinks", Set.of(true), LATER + "; links are looked up page by page"));
        table.add(new EffectPending(
                Shape.MAPPING, "clusteredSourceReconEnabled", Set.of(false), LATER + "; a run works on one node"));
        table.add(new EffectPending(Shape.MAPPING, "queuedSync", Set.of(Map.of("enabled", false)), NEVER));
        table.add(new EffectPending(Shape.MAPPING, "triggerSyncProperties", Set.of(List.of()), NEVER));
        table.add(new EffectPending(Shape.MAPPING, "optimizeAssignmentSync", Set.of(false), NEVER));
        for (String key : List.of("defaultSourceFields", "defaultTargetFields")) {
            table.add(new EffectPending(Shape.MAPPING, key, EVERYTHING, NEVER + WHOLE));
        }
        table.add(new EffectPending(Shape.QUERY, "_fields", EVERYTHING, NEVER + WHOLE));
        table.add(new EffectPending(
                Shape.QUERY, "_sortKeys", Set.of(List.of()), NEVER + "; ids are visited in the order of their keys"));
        for (String key : List.of("sourceQueryFullEntry", "targetQueryFullEntry")) {
            table.add(new EffectPending(Shape.MAPPING, key, Set.of(true), NEVER + "; records are always read whole"));
        }
        return List.copyOf(table);
    }

    private static boolean isHarmless(EffectPending pending, Node node) {
        Object value = node.plain();
        return value != null && pending.harmless.contains(value);
    }

    /** Warns about every key of an object that is in the table. */
    static void warn(Fields fields, Shape shape) {
        for (EffectPending pending : TABLE) {
            Node node = pending.shape == shape ? fields.get(pending.key) : null;
            if (node != null && !isHarmless(pending, node)) {
                fields.log().warning(node, pending.key + " " + pending.why);
            }
        }
    }
}
