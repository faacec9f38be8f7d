package dev.concord.ledger;

import dev.concord.record.Json;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the segments of a run came to, as text: all that is kept of them when they are dropped. */
final class PhaseTotalsJson {

    private PhaseTotalsJson() {}

    static String write(Map<Phase, PhaseTotals> phases) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        phases.forEach((phase, totals) -> {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("counts", Json.readObject(totals.counts().toJson()));
            one.put("pages", times(totals.pages()));
            Map<String, @Nullable Object> tasks = new LinkedHashMap<>();
            totals.tasks().forEach((task, times) -> tasks.put(task.name(), times(times)));
            one.put("tasks", tasks);
            json.put(phase.name(), one);
        });
        return Json.write(json);
    }

    static Map<Phase, PhaseTotals> read(String text) {
        Map<Phase, PhaseTotals> phases = new EnumMap<>(Phase.class);
        Map<String, @Nullable Object> json = Json.readObject(text);
        for (Phase phase : Phase.values()) {
            phases.put(phase, json.get(phase.name()) instanceof Map<?, ?> one ? totals(one) : PhaseTotals.nothing());
        }
        return phases;
    }

    private static PhaseTotals totals(Map<?, ?> json) {
        Map<Task, PageTimes> tasks = new EnumMap<>(Task.class);
        if (json.get("tasks") instanceof Map<?, ?> all) {
            all.forEach((task, times) -> tasks.put(Task.valueOf(String.valueOf(task)), times(times)));
        }
        return new PhaseTotals(Counts.fromJson(Json.write(json.get("counts"))), times(json.get("pages")), tasks);
    }

    private static List<Number> times(PageTimes times) {
        return List.of(times.count(), times.sum(), times.squares(), times.least(), times.most());
    }

    private static PageTimes times(@Nullable Object json) {
        if (!(json instanceof List<?> numbers)) {
            return PageTimes.NONE;
        }
        return new PageTimes(
                ((Number) numbers.get(0)).longValue(),
                ((Number) numbers.get(1)).doubleValue(),
                ((Number) numbers.get(2)).doubleValue(),
                ((Number) numbers.get(3)).doubleValue(),
                ((Number) numbers.get(4)).doubleValue());
    }
}
