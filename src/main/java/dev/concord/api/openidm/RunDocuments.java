package dev.concord.api.openidm;

import dev.concord.access.Role;
import dev.concord.api.Refusal;
import dev.concord.api.access.Caller;
import dev.concord.filter.Filter;
import dev.concord.filter.FilterShape;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunKind;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunTallies;
import dev.concord.ledger.Runs;
import dev.concord.record.JsonValues;
import dev.concord.run.RunsAtWork;
import dev.concord.run.WaitingRetries;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Runs as they are answered with, to whoever asks in the calling thread. Safe for use by several threads. */
@Component
public final class RunDocuments {

    /** Parameters, and their members, that are query filters. */
    private static final Set<String> FILTERS = Set.of("where", "targetWhere", "_queryFilter");

    private final Runs runs;
    private final RunTallies tallies;
    private final WaitingRetries waiting;
    private final RunsAtWork atWork;
    private final Clock clock;

    RunDocuments(Runs runs, RunTallies tallies, WaitingRetries waiting, RunsAtWork atWork, Clock clock) {
        this.runs = runs;
        this.tallies = tallies;
        this.waiting = waiting;
        this.atWork = atWork;
        this.clock = clock;
    }

    /**
     * A run by its whole id.
     *
     * @throws Refusal when there is none
     */
    public Run find(String id) {
        return named(id).stream()
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("There is no run with this id. GET /openidm/recon lists them."));
    }

    /** The run of this id alone, or none. */
    public List<Run> named(String id) {
        return runs.find(id).filter(run -> run.id().equals(id)).stream().toList();
    }

    /** The run as it is now. Filters that somebody typed show their values to auditors only. */
    public Map<String, @Nullable Object> of(Run run) {
        Map<String, @Nullable Object> json = tallies.view(run).json(clock.instant());
        json.put("interrupted", run.state() == RunState.ACTIVE && !atWork.isWorkedOn(run));
        if (run.totals() != null && run.totals().failures() > 0) {
            waiting.behind(run).ifPresent(next -> json.put("waitingRetry", next.json()));
        }
        if (!Caller.current().may(Role.AUDITOR) && json.get("parameters") instanceof Map<?, ?> parameters) {
            json.put("parameters", withoutValues(JsonValues.copyOf(parameters)));
        }
        return json;
    }

    /** Wherever a filter stands: a run that applies a plan has the plan's. */
    private static Map<String, @Nullable Object> withoutValues(Map<?, ?> parameters) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        parameters.forEach((name, value) -> shown.put(
                String.valueOf(name),
                switch (value) {
                    case Map<?, ?> inside -> withoutValues(inside);
                    case String text
                    when FILTERS.contains(String.valueOf(name)) ->
                        FilterShape.of(Filter.parse(text)).toString();
                    case null, default -> value;
                }));
        return shown;
    }

    void forget(Run run) {
        tallies.forget(run.id());
    }

    /** The newest run of a mapping that PingIDM would call a reconciliation: any but a single action. */
    public Optional<Run> last(String mapping) {
        return runs.lastBut(RunKind.ACTION, mapping);
    }

    /** The newest runs first. */
    public List<Run> newest(int most) {
        return runs.newest(null, most);
    }
}
