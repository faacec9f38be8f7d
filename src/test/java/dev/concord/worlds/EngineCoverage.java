package dev.concord.worlds;

import dev.concord.model.TableRow;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Counts what the engine's own reports tell of. */
final class EngineCoverage {

    private final Map<String, Integer> hits = new TreeMap<>();

    void add(Report report) {
        report.lines().forEach(line -> {
            hit(line.phase() + " " + line.situation());
            hit(line.action() + " " + (line.outcome().equals("SUCCESS") ? "succeeded" : "failed"));
            hit(line.outcome());
        });
        report.counts().keySet().forEach(this::hit);
    }

    private void hit(String what) {
        hits.merge(what, 1, Integer::sum);
    }
}
