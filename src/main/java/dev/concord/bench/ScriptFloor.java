package dev.concord.bench;

import dev.concord.bench.BenchmarkData.Attribute;
import dev.concord.bench.BenchmarkScripts.Transform;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyObject;

/**
 * What the scripts of the scripted benchmark take by themselves: compiled once, called in a bare loop on one thread,
 * with positional arguments. The correlation script is left out, as a run leaves it out for records with a link.
 */
final class ScriptFloor {

    /** So many different people are enough. */
    private static final int SAMPLE = 1000;

    private ScriptFloor() {}

    /** Seconds for so many records. */
    static double seconds(long records) {
        List<Map<String, Object>> sample = new ArrayList<>();
        for (int person = 0; person < SAMPLE; person++) {
            sample.add(record(person));
        }
        try (Engine engine = Engine.newBuilder("js").build();
                Context context = Context.newBuilder("js").engine(engine).build()) {
            Value valid = function(context, BenchmarkScripts.VALID_SOURCE);
            List<Value> transforms = BenchmarkScripts.TRANSFORMS.stream()
                    .map(transform -> function(context, transform.text()))
                    .toList();
            call(sample, valid, transforms, Math.max(SAMPLE, records / 5));
            long began = System.nanoTime();
            call(sample, valid, transforms, records);
            return (System.nanoTime() - began) / 1e9;
        }
    }

    private static Value function(Context context, String expression) {
        return context.eval(Source.create("js", "(function (source) { return " + expression + "; })"));
    }

    private static void call(List<Map<String, Object>> sample, Value valid, List<Value> transforms, long records) {
        for (long i = 0; i < records; i++) {
            Map<String, Object> record = sample.get((int) (i % SAMPLE));
            ProxyObject whole = ProxyObject.fromMap(record);
            boolean good = valid.execute(whole).asBoolean();
            for (int t = 0; t < transforms.size(); t++) {
                Transform transform = BenchmarkScripts.TRANSFORMS.get(t);
                Object argument = transform.column().isEmpty() ? whole : record.get(transform.column());
                good &= !transforms.get(t).execute(argument).asString().isEmpty();
            }
            if (!good) {
                throw new IllegalStateException("A script of the benchmark did not give what it should.");
            }
        }
    }

    private static Map<String, Object> record(int person) {
        Map<String, Object> record = new HashMap<>();
        Object[] values = BenchmarkData.values(person, 0);
        for (int i = 0; i < values.length; i++) {
            Attribute attribute = BenchmarkData.ATTRIBUTES.get(i);
            record.put(attribute.column(), values[i] instanceof LocalDate date ? date.toString() : values[i]);
        }
        return record;
    }
}
