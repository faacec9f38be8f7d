package dev.concord.telemetry.webhook;

import dev.concord.guard.Trip;
import dev.concord.ledger.Run;
import dev.concord.mapping.Situation;
import dev.concord.mapping.Webhook;
import dev.concord.record.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a run: a CloudEvent 1.0 in its JSON format. Numbers and names of definitions are in it; ids, filters
 * and messages are not, because they may be personal.
 */
final class CloudEvent {

    static final String CONTENT_TYPE = "application/cloudevents+json; charset=utf-8";

    private CloudEvent() {}

    /**
     * @param again whether a run goes on that was interrupted
     * @param trips the times that guards stopped the run
     */
    static String of(String id, Webhook.Event event, Run run, boolean again, List<Trip> trips, Instant time) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("specversion", "1.0");
        json.put("id", id);
        json.put("source", "/openidm/recon");
        json.put("type", type(event));
        json.put("subject", run.id());
        json.put("time", time.toString());
        json.put("datacontenttype", "application/json");
        json.put("data", data(run, again, trips));
        return Json.write(json);
    }

    static String type(Webhook.Event event) {
        return "dev.concord." + event.word();
    }

    private static Map<String, @Nullable Object> data(Run run, boolean again, List<Trip> trips) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("reconId", run.id());
        data.put("mapping", run.mapping());
        data.put("kind", run.kind().name());
        data.put("analysis", run.analysis());
        data.put("continued", again);
        data.put("state", run.state().name());
        data.put("stage", run.stage().name());
        data.put("condition", run.condition() == null ? null : run.condition().name());
        data.put("started", run.started().toString());
        data.put("ended", run.ended() == null ? null : run.ended().toString());
        if (!trips.isEmpty()) {
            data.put("guards", trips.stream().map(CloudEvent::trip).toList());
        }
        if (run.totals() != null) {
            Map<String, @Nullable Object> situations = new LinkedHashMap<>();
            for (Situation situation : Situation.values()) {
                situations.put(situation.name(), run.totals().ops(kind -> kind.situation() == situation));
            }
            data.put("situationSummary", situations);
            data.put("failures", run.totals().failures());
        }
        return data;
    }

    /** Without who decided, and what they said: that may be personal. */
    private static Map<String, @Nullable Object> trip(Trip trip) {
        Map<String, @Nullable Object> json = trip.json();
        json.remove("decidedBy");
        json.remove("reason");
        return json;
    }
}
