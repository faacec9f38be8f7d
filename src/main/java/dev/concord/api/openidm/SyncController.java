package dev.concord.api.openidm;

import dev.concord.access.Role;
import dev.concord.api.QueryAnswer;
import dev.concord.api.QueryRequest;
import dev.concord.api.Refusal;
import dev.concord.api.Takes;
import dev.concord.api.access.Allowed;
import dev.concord.api.access.Caller;
import dev.concord.explanation.Decision;
import dev.concord.ledger.Entry;
import dev.concord.ledger.EntryView;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.RunState;
import dev.concord.mapping.Action;
import dev.concord.mapping.MappingDocuments.Document;
import dev.concord.mapping.Situation;
import dev.concord.record.Json;
import dev.concord.run.ActionRequest;
import dev.concord.run.Explanations;
import dev.concord.run.MappingFiles;
import dev.concord.run.OpenObjectSets;
import dev.concord.run.Reconciliations;
import dev.concord.system.KeyRange;
import dev.concord.system.ObjectSets;
import dev.concord.system.SystemUnavailable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Mappings at work: which there are and whether their systems answer, and single records. */
@RestController
@RequestMapping("/openidm/sync")
final class SyncController {

    private final MappingFiles files;
    private final OpenObjectSets open;
    private final Reconciliations reconciliations;
    private final Explanations explanations;
    private final LedgerReader ledger;
    private final LinkedObjects linked;
    private final RunDocuments runs;

    SyncController(
            MappingFiles files,
            OpenObjectSets open,
            Reconciliations reconciliations,
            Explanations explanations,
            LedgerReader ledger,
            LinkedObjects linked,
            RunDocuments runs) {
        this.files = files;
        this.open = open;
        this.reconciliations = reconciliations;
        this.explanations = explanations;
        this.ledger = ledger;
        this.linked = linked;
        this.runs = runs;
    }

    @GetMapping("/mappings")
    @Allowed(Role.VIEWER)
    Map<String, @Nullable Object> mappings(@RequestParam Map<String, String> parameters) {
        QueryRequest request = QueryRequest.of(parameters);
        List<Document> documents = files.all();
        return open.use((definitions, sets) -> {
            Map<String, Boolean> ready = new HashMap<>();
            List<Map<String, @Nullable Object>> all = new ArrayList<>();
            for (Document document : documents) {
                if (document.json() != null) {
                    Map<String, @Nullable Object> json = new LinkedHashMap<>();
                    json.put("_id", document.name());
                    json.putAll(document.json());
                    json.put("sourceRouteReady", isReady(json.get("source"), false, sets, ready));
                    json.put("targetRouteReady", isReady(json.get("target"), true, sets, ready));
                    // In the place of what the mapping itself may have under this name.
                    json.put("recon", runs.last(document.name()).map(runs::of).orElse(null));
                    all.add(json);
                }
            }
            return QueryAnswer.of(request, all);
        });
    }

    private static boolean isReady(@Nullable Object path, boolean target, ObjectSets sets, Map<String, Boolean> known) {
        return known.computeIfAbsent(path + (target ? " as target" : ""), any -> {
            try {
                var set = sets.open(String.valueOf(path));
                (target ? set.asTarget() : set).scanIds(KeyRange.ALL, null, 1, null);
                return true;
            } catch (SystemUnavailable | DataAccessException | IllegalArgumentException notThere) {
                return false;
            }
        });
    }

    @PostMapping(params = "_action=getLinkedResources")
    @Allowed(Role.VIEWER)
    List<Map<String, @Nullable Object>> linkedResources(@RequestParam String resourceName) {
        return open.use((definitions, sets) -> linked.of(resourceName, definitions, sets));
    }

    @PostMapping(params = "_action=getTargetPreview")
    @Allowed(Role.AUDITOR)
    Map<String, @Nullable Object> preview(
            @RequestParam String mapping,
            @RequestParam Map<String, String> parameters,
            @RequestBody(required = false) @Nullable String body) {
        String sourceId = parameters.getOrDefault("sourceId", parameters.getOrDefault("id", ""));
        if (sourceId.isEmpty() && body != null && !body.isBlank()) {
            sourceId = String.valueOf(Bodies.object(body).getOrDefault("_id", ""));
        }
        if (sourceId.isEmpty()) {
            throw Refusal.badRequest("Name the source: with sourceId, or with _id in the body.");
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("mapping", mapping);
        json.put("sourceId", sourceId);
        json.put(
                "targets",
                explanations.preview(mapping, sourceId).decisions().stream()
                        .map(SyncController::target)
                        .toList());
        return json;
    }

    private static Map<String, @Nullable Object> target(Decision decision) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("linkQualifier", decision.entry().qualifier());
        json.put("situation", name(decision.entry().situation()));
        json.put("action", name(decision.entry().action()));
        json.put("target", decision.wanted());
        json.put("message", decision.entry().message());
        return json;
    }

    @PostMapping(params = "_action=performAction")
    @Takes({
        "mapping",
        "action",
        "sourceId",
        "targetId",
        "target",
        "linkQualifier",
        "situation",
        "ignorePostAction",
        "reconId"
    })
    @Allowed(Role.OPERATOR)
    Map<String, @Nullable Object> perform(
            @RequestParam String mapping, @RequestParam String action, @RequestParam Map<String, String> parameters) {
        boolean fromTarget = QueryRequest.truth(parameters, "target");
        Situation situation = parameters.get("situation") == null
                ? null
                : word(Situation.class, "situation", parameters.get("situation"));
        ActionRequest request = new ActionRequest(
                mapping,
                word(Action.class, "action", action),
                fromTarget ? null : parameters.get("sourceId"),
                parameters.get("targetId"),
                parameters.get("linkQualifier"),
                situation,
                QueryRequest.truth(parameters, "ignorePostAction"),
                false,
                null);
        Run run = reconciliations.perform(request, Caller.actor(), RunListener.NONE);
        return performed(run, entries(run));
    }

    private static Map<String, @Nullable Object> performed(Run run, List<EntryView> entries) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("_id", run.id());
        json.put("mapping", run.mapping());
        EntryView last = entries.isEmpty() ? null : entries.getLast();
        boolean done = run.state() == RunState.SUCCESS && (last == null || last.errorKind() == null);
        json.put("status", done ? "SUCCESS" : "FAILURE");
        if (last != null) {
            Entry entry = last.entry();
            json.put("situation", name(entry.situation()));
            json.put("action", name(entry.action()));
            json.put("linkQualifier", entry.qualifier());
            json.put("sourceObjectId", entry.sourceId());
            json.put("targetObjectId", entry.targetId());
            json.put("message", entry.message());
        }
        if (!done) {
            throw new Refusal(
                    HttpStatus.CONFLICT,
                    "The action was not done: "
                            + (last != null && last.entry().message() != null
                                    ? last.entry().message()
                                    : "run " + run.id() + " says why."),
                    json);
        }
        return json;
    }

    private List<EntryView> entries(Run run) {
        List<EntryView> entries = new ArrayList<>();
        UnaryOperator<Entry> shown = ledger.shown(run);
        ledger.entries(run.id(), counts -> true, (segment, index, entry) -> {
            // What was planned is told again when it is done.
            if (entry.outcome() != Outcome.PLANNED) {
                entries.add(new EntryView(run, segment, index, shown.apply(entry)));
            }
            return true;
        });
        return entries;
    }

    private static <T extends Enum<T>> T word(Class<T> type, String parameter, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(word -> word.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> Refusal.badRequest(parameter + " is " + Json.write(text) + "; it can be "
                        + String.join(
                                ", ",
                                Arrays.stream(type.getEnumConstants())
                                        .map(Enum::name)
                                        .toList())
                        + "."));
    }

    private static @Nullable String name(@Nullable Enum<?> word) {
        return word == null ? null : word.name();
    }
}
