package dev.concord.run;

import dev.concord.ledger.OldRuns.Old;
import dev.concord.ledger.RunKind;
import dev.concord.ledger.RunState;
import dev.concord.mapping.Mapping;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which runs of a mapping are old enough to lose their entries, and which to be forgotten. Kept whatever their age are
 * those that are active or wait, the newest of each kind if it can be continued, the last full run that went well,
 * which later ones are measured by, and those that an unfinished run reads.
 *
 * @param entries the runs whose ledgers go; those that were begun with are among them
 * @param runs the runs that go altogether
 */
record RetentionPlan(List<Old> entries, List<Old> runs) {

    /**
     * @param newestFirst all runs of the mapping
     * @param read the ids of runs that unfinished runs read
     * @param counts how many runs keep their entries, as the mapping says
     */
    static RetentionPlan of(
            List<Old> newestFirst,
            Set<String> read,
            Mapping.Retention counts,
            RetentionSettings settings,
            Instant now) {
        List<Old> entries = new ArrayList<>();
        List<Old> runs = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        Set<String> kept = kept(newestFirst);
        for (Old run : newestFirst) {
            String kind = RetentionSettings.kind(run);
            int place = seen.merge(kind, 1, Integer::sum);
            if (run.isOpen()
                    || run.ended() == null
                    || (!run.dropped() && (kept.contains(run.id()) || read.contains(run.id())))) {
                continue;
            }
            Duration age = Duration.between(run.ended(), now);
            boolean forgotten = age.compareTo(settings.runs(kind)) > 0 || place > Math.max(1, settings.most(kind));
            boolean dropped = forgotten
                    || run.dropped()
                    || age.compareTo(settings.entries(kind)) > 0
                    || place > (run.analysis() ? counts.analyses() : counts.runs());
            if (dropped && !run.ledgerGone()) {
                entries.add(run);
            }
            if (forgotten) {
                runs.add(run);
            }
        }
        return new RetentionPlan(List.copyOf(entries), List.copyOf(runs));
    }

    private static Set<String> kept(List<Old> newestFirst) {
        Set<String> kept = new HashSet<>();
        Set<String> kinds = new HashSet<>();
        boolean measured = false;
        for (Old run : newestFirst) {
            boolean newest = kinds.add(RetentionSettings.kind(run));
            if (newest && (run.state() == RunState.FAILED || run.state() == RunState.CANCELED)) {
                kept.add(run.id());
            }
            if (!measured && run.kind() == RunKind.FULL && !run.analysis() && run.state() == RunState.SUCCESS) {
                measured = true;
                kept.add(run.id());
            }
        }
        return kept;
    }
}
