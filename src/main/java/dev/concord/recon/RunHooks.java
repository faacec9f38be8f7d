package dev.concord.recon;

import dev.concord.ledger.Counts;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunKind;
import dev.concord.ledger.Runs;
import dev.concord.mapping.Hook;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.ScriptSource;
import dev.concord.mapping.Situation;
import dev.concord.script.ScriptFailure;
import dev.concord.script.Scripts;
import dev.concord.secret.Crypto;
import dev.concord.system.ObjectSets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the scripts that belong to a run as a whole: onRecon at its start, result at its end. */
final class RunHooks {

    /** How many ids of each situation the result script is told. */
    static final int IDS = 1_000;

    private final Run run;
    private final Mapping mapping;
    private final Scripts scripts;
    private final ObjectSets sets;
    private final Crypto crypto;

    RunHooks(Run run, Mapping mapping, Scripts scripts, ObjectSets sets, Crypto crypto) {
        this.run = run;
        this.mapping = mapping;
        this.scripts = scripts;
        this.sets = sets;
        this.crypto = crypto;
    }

    /**
     * Whether a hook is to be run: none of them is where a run only looks, does one action for one record, or takes
     * another run back.
     */
    static boolean has(Hook hook, Run run, Mapping mapping) {
        return mapping.hooks().containsKey(hook)
                && !run.analysis()
                && run.kind() != RunKind.ACTION
                && run.kind() != RunKind.UNDO;
    }

    /** @throws RunHookFailure when the script throws */
    void onRecon() {
        Map<String, @Nullable Object> variables = new LinkedHashMap<>();
        variables.put("mappingConfig", Verdicts.mappingConfig(mapping));
        run(Hook.ON_RECON, variables);
    }

    /** @throws RunHookFailure when the script throws */
    void result(Runs.Ending ending, LedgerReader ledger) {
        Map<String, @Nullable Object> global = new LinkedHashMap<>();
        Instant started = run.started();
        global.put("startTime", started.toString());
        global.put("endTime", ending.ended().toString());
        global.put("duration", Duration.between(started, ending.ended()).toMillis());
        global.put("reconId", run.id());
        global.put("mappingName", mapping.name());
        Map<String, @Nullable Object> variables = new LinkedHashMap<>();
        variables.put("source", side(ledger, Phase.SOURCE));
        variables.put("target", side(ledger, Phase.TARGET, Phase.LINKS));
        variables.put("global", global);
        variables.put("reconState", ending.state().name());
        run(Hook.RESULT, variables);
    }

    private Map<String, @Nullable Object> side(LedgerReader ledger, Phase... phases) {
        Map<String, @Nullable Object> side = new LinkedHashMap<>();
        Counts counts = new Counts();
        Map<Situation, List<String>> ids = new LinkedHashMap<>();
        for (Phase phase : phases) {
            counts.add(ledger.counts(run.id(), phase));
            ledger.firstIds(run.id(), phase, IDS)
                    .forEach((situation, some) -> ids.computeIfAbsent(situation, s -> new ArrayList<>())
                            .addAll(some));
        }
        for (Situation situation : Situation.values()) {
            Map<String, @Nullable Object> found = new LinkedHashMap<>();
            found.put("count", counts.ops(kind -> kind.situation() == situation));
            found.put(
                    "ids",
                    ids.getOrDefault(situation, List.of()).stream().limit(IDS).toList());
            side.put(situation.name(), found);
        }
        return side;
    }

    private void run(Hook hook, Map<String, @Nullable Object> variables) {
        ScriptSource script = mapping.hooks().get(hook);
        if (script == null) {
            return;
        }
        variables.put("context", Map.of("reconId", run.id(), "mapping", mapping.name()));
        ScriptObjects objects = ScriptObjects.outsideOfPages(sets, crypto);
        try {
            scripts.run(script, variables, objects);
        } catch (ScriptFailure failure) {
            objects.rethrow();
            throw new RunHookFailure(
                    hook,
                    String.valueOf(failure.getMessage()),
                    failure.literally(),
                    !failure.detail().isBlank());
        }
        objects.rethrow();
    }
}
