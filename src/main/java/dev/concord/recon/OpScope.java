package dev.concord.recon;

import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What scripts see as {@code context}. Every record has one and few scripts look into it, so that it is put together
 * when somebody does. Belongs to one thread.
 */
final class OpScope extends AbstractMap<String, @Nullable Object> {

    private final String runId;
    private final String mapping;
    private final Op op;
    private @Nullable Map<String, @Nullable Object> variables;

    OpScope(String runId, String mapping, Op op) {
        this.runId = runId;
        this.mapping = mapping;
        this.op = op;
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
        Map<String, @Nullable Object> made = variables;
        if (made == null) {
            String id = op.sourceId == null ? "target:" + op.visitedTargetId : "source:" + op.sourceId;
            made = new LinkedHashMap<>();
            made.put("opId", runId + "/" + op.qualifier + "/" + id);
            made.put("reconId", runId);
            made.put("mapping", mapping);
            variables = made;
        }
        return made.entrySet();
    }
}
