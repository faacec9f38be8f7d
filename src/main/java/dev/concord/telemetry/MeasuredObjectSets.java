package dev.concord.telemetry;

import dev.concord.mapping.Definitions;
import dev.concord.system.ObjectSet;
import dev.concord.system.ObjectSets;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** Object sets whose calls are timed where they are the target of a run. */
record MeasuredObjectSets(ObjectSets sets, MeterRegistry registry) implements ObjectSets {

    /** @param registry asked for late: object sets are made before meters are */
    record Source(ObjectSets.Factory factory, Supplier<MeterRegistry> registry) implements ObjectSets.Factory {
        @Override
        public ObjectSets of(Definitions definitions) {
            return new MeasuredObjectSets(factory.of(definitions), registry.get());
        }
    }

    @Override
    public ObjectSet open(String path) {
        return new MeasuredObjectSet(sets.open(path), null, registry);
    }

    @Override
    public void close() {
        sets.close();
    }
}
