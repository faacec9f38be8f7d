package dev.concord.testing.fault;

import dev.concord.mapping.Definitions;
import dev.concord.system.ObjectSet;
import dev.concord.system.ObjectSets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Real object sets, some of which go wrong as planned. */
public final class FaultyObjectSets implements ObjectSets.Factory {

    private final ObjectSets.Factory factory;
    private final Map<String, FaultPlan> plans;

    /** @param plans by the paths of the sets */
    public FaultyObjectSets(ObjectSets.Factory factory, Map<String, FaultPlan> plans) {
        this.factory = factory;
        this.plans = Map.copyOf(plans);
    }

    @Override
    public ObjectSets of(Definitions definitions) {
        ObjectSets sets = factory.of(definitions);
        Map<String, ObjectSet> opened = new ConcurrentHashMap<>();
        return new ObjectSets() {
            @Override
            public ObjectSet open(String path) {
                FaultPlan plan = plans.get(path);
                return plan == null
                        ? sets.open(path)
                        : opened.computeIfAbsent(path, any -> new FaultyObjectSet(sets.open(path), plan));
            }

            @Override
            public void close() {
                sets.close();
            }
        };
    }
}
