package dev.concord.telemetry;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The numbers behind the {@link Meter}s. Counters only ever grow. Not safe for use by several threads. */
final class Figures {

    private final Map<Meter, Map<List<String>, Figure>> figures = new EnumMap<>(Meter.class);

    private record Figure(long count, double sum) {}

    /** Sets a gauge; {@code labels} in the meter's order. */
    void set(Meter meter, double value, String... labels) {
        of(meter).put(List.of(labels), new Figure(1, value));
    }

    /** Sets a gauge unless it shows more. */
    void setLater(Meter meter, double value, String... labels) {
        Figure now = of(meter).get(List.of(labels));
        if (now == null || now.sum() < value) {
            set(meter, value, labels);
        }
    }

    /** Sets a gauge that is there and shows less. */
    void raise(Meter meter, double value, String... labels) {
        of(meter).computeIfPresent(List.of(labels), (same, now) -> now.sum() < value ? new Figure(1, value) : now);
    }

    /** Sets a gauge unless it shows less. */
    void setEarlier(Meter meter, double value, String... labels) {
        Figure now = of(meter).get(List.of(labels));
        if (now == null || now.sum() > value) {
            set(meter, value, labels);
        }
    }

    /** Lets a counter grow. What was taken back is not taken off: a counter that falls looks like a restart. */
    void add(Meter meter, double number, String... labels) {
        of(meter).merge(List.of(labels), new Figure(1, Math.max(0, number)), Figures::plus);
    }

    /** Lets a summary grow by so many, and what they come to together. */
    void add(Meter meter, long count, double sum, String... labels) {
        of(meter).merge(List.of(labels), new Figure(count, Math.max(0, sum)), Figures::plus);
    }

    /** Makes a counter known that has not counted yet, so that its first step can be seen. */
    void know(Meter meter, String... labels) {
        of(meter).putIfAbsent(List.of(labels), new Figure(0, 0));
    }

    void forget(Meter meter) {
        of(meter).clear();
    }

    /** Forgets the numbers whose first label this is. */
    void forget(Meter meter, String mapping) {
        of(meter).keySet().removeIf(labels -> labels.getFirst().equals(mapping));
    }

    private Map<List<String>, Figure> of(Meter meter) {
        return figures.computeIfAbsent(meter, m -> new LinkedHashMap<>());
    }

    private static Figure plus(Figure a, Figure b) {
        return new Figure(a.count + b.count, a.sum + b.sum);
    }

    /** All numbers as they are now; meters without any are left out. */
    List<MetricSnapshot> snapshots() {
        return figures.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> snapshot(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static MetricSnapshot snapshot(Meter meter, Map<List<String>, Figure> figures) {
        return switch (meter.kind()) {
            case GAUGE -> {
                GaugeSnapshot.Builder builder =
                        GaugeSnapshot.builder().name(meter.base()).help(meter.help());
                figures.forEach((labels, figure) ->
                        builder.dataPoint(new GaugeDataPointSnapshot(figure.sum(), labels(meter, labels), null)));
                yield builder.build();
            }
            case COUNTER -> {
                CounterSnapshot.Builder builder =
                        CounterSnapshot.builder().name(meter.base()).help(meter.help());
                figures.forEach((labels, figure) -> builder.dataPoint(CounterDataPointSnapshot.builder()
                        .value(figure.sum())
                        .labels(labels(meter, labels))
                        .build()));
                yield builder.build();
            }
            case INFO -> {
                InfoSnapshot.Builder builder =
                        InfoSnapshot.builder().name(meter.base()).help(meter.help());
                figures.keySet().forEach(labels -> builder.dataPoint(new InfoDataPointSnapshot(labels(meter, labels))));
                yield builder.build();
            }
            case SUMMARY -> {
                SummarySnapshot.Builder builder =
                        SummarySnapshot.builder().name(meter.base()).help(meter.help());
                figures.forEach((labels, figure) -> builder.dataPoint(SummaryDataPointSnapshot.builder()
                        .count(figure.count())
                        .sum(figure.sum())
                        .labels(labels(meter, labels))
                        .build()));
                yield builder.build();
            }
        };
    }

    private static Labels labels(Meter meter, List<String> values) {
        return Labels.of(meter.labels(), values);
    }
}
