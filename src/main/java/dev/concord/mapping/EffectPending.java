package dev.concord.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys that are read and checked but change nothing in a run, all in this one table. Whoever builds what is behind
 * a key removes its row.
 *
 * @param harmless the value that asks for nothing special, which is not warned about; null when every value is
 * @param why what to tell the person who wrote the key
 */
record EffectPending(Shape shape, String key, @Nullable Object harmless, String why) {

    private static final String LATER = "has no effect yet";
    private static final String NEVER = "has no effect on reconciliation";

    static final List<EffectPending> TABLE = table();

    private static List<EffectPending> table() {
        List<EffectPending> table = new ArrayList<>();
        for (Hook hook : List.of(Hook.ON_ERROR, Hook.RESULT, Hook.ON_RECON)) {
            table.add(new EffectPending(Shape.MAPPING, hook.key(), null, LATER + "; the script is never run"));
        }
        table.add(new EffectPending(
                Shape.MAPPING, "enableSync", true, LATER + "; there is no change-driven synchronization"));
        table.add(
                new EffectPending(Shape.MAPPING, "prefetchLinks", true, LATER + "; links are looked up page by page"));
        table.add(new EffectPending(
                Shape.MAPPING, "clusteredSourceReconEnabled", false, LATER + "; a run works on one node"));
        table.add(new EffectPending(Shape.MAPPING, "thresholds", Map.of(), LATER + "; no guard is watching"));
        table.add(new EffectPending(
                Shape.MAPPING, "syncAfter", List.of(), LATER + "; mappings run when they are started"));
        table.add(new EffectPending(Shape.MAPPING, "reconAssociation", Map.of(), LATER + "; runs are kept"));
        table.add(new EffectPending(
                Shape.SCHEDULE, "invokeContext", null, LATER + "; schedules are checked but do not fire"));
        table.add(new EffectPending(Shape.MAPPING, "queuedSync", Map.of("enabled", false), NEVER));
        table.add(new EffectPending(Shape.MAPPING, "triggerSyncProperties", List.of(), NEVER));
        table.add(new EffectPending(Shape.MAPPING, "optimizeAssignmentSync", false, NEVER));
        return List.copyOf(table);
    }

    /** Warns about every key of an object that is in the table. */
    static void warn(Fields fields, Shape shape) {
        for (EffectPending pending : TABLE) {
            Node node = pending.shape == shape ? fields.get(pending.key) : null;
            if (node != null && (pending.harmless == null || !pending.harmless.equals(node.plain()))) {
                fields.log().warning(node, pending.key + " " + pending.why);
            }
        }
    }
}
