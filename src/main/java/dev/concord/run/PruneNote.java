package dev.concord.run;

import dev.concord.audit.AuditEvent;
import dev.concord.audit.Deed;
import dev.concord.ledger.OldRuns.Old;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Gathers what one pruning took away, for one line of the audit trail. Not safe for use by several threads. */
final class PruneNote {

    private final RetentionSettings settings;
    private final Map<String, Map<String, Gone>> gone = new TreeMap<>();

    PruneNote(RetentionSettings settings) {
        this.settings = settings;
    }

    /** What went of the runs of one kind of a mapping. */
    private static final class Gone {
        private int entries;
        private int runs;
        private @Nullable Instant newest;

        private void see(Old run) {
            Instant ended = run.ended();
            if (ended != null && (newest == null || ended.isAfter(newest))) {
                newest = ended;
            }
        }
    }

    void lostEntries(String mapping, Old run) {
        of(mapping, run).entries++;
    }

    void forgotten(String mapping, Old run) {
        of(mapping, run).runs++;
    }

    private Gone of(String mapping, Old run) {
        Gone one = gone.computeIfAbsent(mapping, name -> new TreeMap<>())
                .computeIfAbsent(RetentionSettings.kind(run), kind -> new Gone());
        one.see(run);
        return one;
    }

    /** Empty when nothing went. {@code mapping} null means that all were looked at. */
    Optional<Deed> deed(@Nullable String mapping) {
        if (gone.isEmpty()) {
            return Optional.empty();
        }
        List<Map<String, @Nullable Object>> runs = gone.entrySet().stream()
                .flatMap(name -> name.getValue().entrySet().stream()
                        .map(kind -> json(name.getKey(), kind.getKey(), kind.getValue())))
                .toList();
        return Optional.of(new Deed(AuditEvent.RUNS_PRUNED, null, mapping, null, null, Map.of()).with("runs", runs));
    }

    private Map<String, @Nullable Object> json(String mapping, String kind, Gone one) {
        Map<String, @Nullable Object> json =
                new LinkedHashMap<>(new Retention.Pruned(mapping, kind, one.entries, one.runs).json());
        json.put("endedUntil", one.newest == null ? null : one.newest.toString());
        json.put("entriesKept", settings.entries(kind).toString());
        json.put("runsKept", settings.runs(kind).toString());
        return json;
    }
}
