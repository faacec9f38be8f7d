package dev.concord.ledger;

import dev.concord.mapping.Situation;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run as PingIDM's clients know it: {@code progress}, {@code situationSummary} and so on; behind these, what is
 * Concord's own.
 */
final class RunJson {

    private static final double NANOSECONDS_PER_MILLISECOND = 1e6;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final RunView view;
    private final Run run;
    private final Counts counts;

    RunJson(RunView view) {
        this.view = view;
        this.run = view.run();
        this.counts = view.counts();
    }

    Map<String, @Nullable Object> object(Instant now) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("_id", run.id());
        json.put("mapping", run.mapping());
        json.put("state", run.state().name());
        json.put("stage", run.stage().name());
        json.put("stageDescription", run.stage().description());
        json.put("progress", progress());
        json.put("situationSummary", situations());
        json.put("statusSummary", statuses());
        json.put("durationSummary", durations());
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>(run.parameters());
        Object guards = parameters.remove("guards");
        json.put("parameters", parameters);
        json.put("started", TIME.format(run.started()));
        json.put("ended", run.ended() == null ? "" : TIME.format(run.ended()));
        json.put("duration", view.duration(now).toMillis());
        json.put("sourceProcessedByNode", Map.of());
        json.put("condition", run.condition() == null ? null : run.condition().name());
        json.put("message", run.message());
        json.put("kind", run.kind().name());
        json.put("analysis", run.analysis());
        json.put("ops", ops());
        json.put("effects", effects());
        if (counts.get(Measure.UNREPEATABLE) > 0) {
            json.put("unrepeatable", counts.get(Measure.UNREPEATABLE));
        }
        json.put("retries", view.counts().get(Measure.RETRIES));
        json.put("closureHash", run.closureHash());
        if (run.entriesDropped() != null) {
            json.put("entriesDropped", TIME.format(run.entriesDropped()));
        }
        json.put("guards", guards);
        return json;
    }

    /** {@code isAnalysis} is a text there, too. */
    static Map<String, @Nullable Object> header(Run run) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("_id", run.id());
        json.put("mapping", run.mapping());
        json.put("sourceResourceCollection", run.resourceCollection("sourceQuery"));
        json.put("targetResourceCollection", run.resourceCollection("targetQuery"));
        json.put("isAnalysis", String.valueOf(run.analysis()));
        json.put("finishTime", run.ended() == null ? "" : TIME.format(run.ended()));
        return json;
    }

    private Map<String, @Nullable Object> progress() {
        Map<String, @Nullable Object> target = new LinkedHashMap<>();
        target.put("existing", existing(Phase.TARGET, run.facts().targets()));
        target.put("created", counts.get(Measure.CREATED));
        target.put("unchanged", counts.get(Measure.UNCHANGED));
        target.put("updated", counts.get(Measure.UPDATED));
        target.put("deleted", counts.get(Measure.DELETED));
        Map<String, @Nullable Object> links = new LinkedHashMap<>();
        links.put("existing", existing(Phase.LINKS, run.facts().links()));
        links.put("created", counts.get(Measure.LINKS_CREATED));
        Map<String, @Nullable Object> progress = new LinkedHashMap<>();
        progress.put(
                "source", Map.of("existing", existing(Phase.SOURCE, run.facts().sources())));
        progress.put("target", target);
        progress.put("links", links);
        return progress;
    }

    private Map<String, Object> existing(Phase phase, long total) {
        Map<String, Object> existing = new LinkedHashMap<>();
        long processed = view.counts(phase).get(Measure.RECORDS);
        existing.put("processed", processed);
        // What is visited may have grown since it was counted.
        existing.put("total", total < 0 ? "?" : Long.toString(Math.max(total, processed)));
        return existing;
    }

    private Map<String, Long> situations() {
        Map<String, Long> summary = new LinkedHashMap<>();
        for (Situation situation : Situation.values()) {
            summary.put(situation.name(), counts.ops(kind -> kind.situation() == situation));
        }
        return summary;
    }

    private Map<String, Long> statuses() {
        Map<String, Long> summary = new LinkedHashMap<>();
        for (Status status : List.of(Status.SUCCESS, Status.FAILURE)) {
            summary.put(status.name(), counts.ops(kind -> Status.of(kind.outcome()) == status));
        }
        return summary;
    }

    private Map<String, Object> durations() {
        Map<String, Object> summary = new LinkedHashMap<>();
        view.phases().forEach((phase, totals) -> {
            if (totals.pages().count() > 0) {
                summary.put(phase.name().toLowerCase(Locale.ROOT) + "Page", milliseconds(totals.pages()));
            }
        });
        view.tasks().forEach((task, times) -> summary.put(task.key(), milliseconds(times)));
        return summary;
    }

    private static Map<String, Long> milliseconds(PageTimes times) {
        Map<String, Long> json = new LinkedHashMap<>();
        json.put("min", milliseconds(times.least()));
        json.put("max", milliseconds(times.most()));
        json.put("mean", milliseconds(times.mean()));
        json.put("count", times.count());
        json.put("sum", milliseconds(times.sum()));
        json.put("stdDev", milliseconds(times.deviation()));
        return json;
    }

    private List<Map<String, @Nullable Object>> ops() {
        List<Map<String, @Nullable Object>> ops = new ArrayList<>();
        counts.ops().forEach((kind, number) -> {
            Map<String, @Nullable Object> op = new LinkedHashMap<>();
            op.put(
                    "situation",
                    kind.situation() == null ? null : kind.situation().name());
            op.put("action", kind.action() == null ? null : kind.action().name());
            op.put("outcome", kind.outcome().name());
            op.put("count", number);
            ops.add(op);
        });
        return ops;
    }

    private Map<String, Long> effects() {
        Map<String, Long> effects = new LinkedHashMap<>();
        effects.put("created", counts.get(Measure.CREATED));
        effects.put("updated", counts.get(Measure.UPDATED));
        effects.put("unchanged", counts.get(Measure.UNCHANGED));
        effects.put("deleted", counts.get(Measure.DELETED));
        effects.put("linksCreated", counts.get(Measure.LINKS_CREATED));
        effects.put("linksRepointed", counts.get(Measure.LINKS_REPOINTED));
        effects.put("linksRemoved", counts.get(Measure.LINKS_REMOVED));
        return effects;
    }

    private static long milliseconds(double nanoseconds) {
        return Math.round(nanoseconds / NANOSECONDS_PER_MILLISECOND);
    }
}
