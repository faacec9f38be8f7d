package dev.concord.api.openidm;

import dev.concord.access.Role;
import dev.concord.api.Fields;
import dev.concord.api.QueryRequest;
import dev.concord.api.Refusal;
import dev.concord.api.Takes;
import dev.concord.api.access.Allowed;
import dev.concord.api.access.Caller;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.RunState;
import dev.concord.record.Json;
import dev.concord.run.Approvals;
import dev.concord.run.BackgroundRuns;
import dev.concord.run.EndedRuns;
import dev.concord.run.Reconciliations;
import dev.concord.run.RunRefused;
import dev.concord.run.RunRequest;
import dev.concord.run.RunsAtWork;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Runs: start, look, cancel, forget. */
@RestController
@RequestMapping("/openidm/recon")
final class ReconController {

    /** How many runs a list shows when nobody says how many. */
    private static final int LISTED = 100;

    /** Queries look at no more runs than this, the newest ones. */
    private static final int MOST_QUERIED = 10_000;

    /** Whoever sends one of these wants the answer to a query. */
    private static final Set<String> QUERY = Set.of(
            "_queryFilter",
            "_queryId",
            "_sortKeys",
            "_pagedResultsCookie",
            "_pagedResultsOffset",
            "_totalPagedResultsPolicy",
            "_countOnly");

    private final BackgroundRuns background;
    private final Reconciliations reconciliations;
    private final EndedRuns ended;
    private final RunsAtWork atWork;
    private final RunDocuments documents;
    private final Approvals approvals;

    ReconController(
            BackgroundRuns background,
            Reconciliations reconciliations,
            EndedRuns ended,
            RunsAtWork atWork,
            RunDocuments documents,
            Approvals approvals) {
        this.background = background;
        this.reconciliations = reconciliations;
        this.ended = ended;
        this.atWork = atWork;
        this.documents = documents;
        this.approvals = approvals;
    }

    /** The newest runs first: as PingIDM lists them, or as any collection is queried. */
    @GetMapping
    @Allowed(Role.VIEWER)
    void runs(@RequestParam Map<String, String> parameters, HttpServletResponse response) throws IOException {
        QueryRequest request = QueryRequest.of(parameters);
        if (parameters.keySet().stream().anyMatch(QUERY::contains)) {
            RunSearch search = new RunSearch(documents.newest(MOST_QUERIED), request.filter(), documents::of);
            new Search(search, request).answer(response);
            return;
        }
        List<Run> runs = documents.newest(request.pageSize() == 0 ? LISTED : request.pageSize());
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put(
                "reconciliations",
                runs.stream().map(documents::of).map(request.fields()::of).toList());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.getWriter().write(Json.write(json));
    }

    @GetMapping("/{id}")
    @Allowed(Role.VIEWER)
    Map<String, @Nullable Object> run(@PathVariable String id, @RequestParam Map<String, String> parameters) {
        return Fields.of(parameters.get("_fields")).of(documents.of(documents.find(id)));
    }

    /** Starts a run of everything, or of what the body selects. */
    @PostMapping(params = "_action=recon")
    @Takes(
            value = {"mapping", "analyze", "persistAssociations", "waitForCompletion"},
            body = true)
    @Allowed(Role.OPERATOR)
    Map<String, @Nullable Object> recon(
            @RequestParam String mapping, @RequestParam Map<String, String> parameters, HttpServletRequest request)
            throws IOException {
        RunBody body = RunBody.of(text(request));
        return start(
                body.request(
                        mapping,
                        body.isEmpty()
                                ? null
                                : reconciliations.definitions().mappings().get(mapping),
                        QueryRequest.truth(parameters, "analyze"),
                        persist(parameters)),
                parameters);
    }

    /** Starts a run of the sources that are named: by {@code id}, again and again, or by {@code ids} with commas. */
    @PostMapping(params = "_action=reconById")
    @Takes(
            value = {"mapping", "id", "ids", "analyze", "persistAssociations", "waitForCompletion"},
            several = {"id", "ids"},
            body = true)
    @Allowed(Role.OPERATOR)
    Map<String, @Nullable Object> reconById(
            @RequestParam String mapping, @RequestParam Map<String, String> parameters, HttpServletRequest request)
            throws IOException {
        if (!RunBody.of(text(request)).isEmpty()) {
            throw Refusal.badRequest("reconById visits the ids that it is given; leave the body out.");
        }
        List<String> ids = ids(request);
        if (ids.isEmpty()) {
            throw Refusal.badRequest("Name source records: id=... for one, ids=...,... for several.");
        }
        RunRequest.Overrides overrides = new RunRequest.Overrides(null, null, null, persist(parameters));
        return start(
                new RunRequest(mapping, QueryRequest.truth(parameters, "analyze"), ids, null, overrides), parameters);
    }

    /** Asks a run to stop at the end of its pages, whichever process runs it. */
    @PostMapping(path = "/{id}", params = "_action=cancel")
    @Takes
    @Allowed(Role.OPERATOR)
    Map<String, @Nullable Object> cancel(@PathVariable String id) {
        try {
            atWork.stop(documents.find(id), Caller.actor());
        } catch (RunRefused ended) {
            throw Refusal.conflict(String.valueOf(ended.getMessage()));
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("_id", id);
        json.put("action", "cancel");
        json.put("status", "INITIATED");
        return json;
    }

    /** Forgets a run that has ended, and answers with what it was. */
    @DeleteMapping("/{id}")
    @Allowed(Role.ADMIN)
    Map<String, @Nullable Object> forget(@PathVariable String id) {
        Run run = documents.find(id);
        if (run.state() == RunState.ACTIVE) {
            throw Refusal.conflict("Run " + run.id() + " has not ended. Cancel it first; if its process is gone,"
                    + " recover it first.");
        }
        Map<String, @Nullable Object> json = documents.of(run);
        try {
            ended.forget(run, Caller.actor());
            documents.forget(run);
        } catch (RunRefused needed) {
            throw Refusal.conflict(String.valueOf(needed.getMessage()));
        }
        return json;
    }

    private Map<String, @Nullable Object> start(RunRequest request, Map<String, String> parameters) {
        RunFilters.check(request, reconciliations.definitions());
        List<String> inAdvance = approvals.inAdvance(request);
        if (!inAdvance.isEmpty() && !Caller.current().may(Role.APPROVER)) {
            throw new Refusal(
                    HttpStatus.FORBIDDEN,
                    "This asks for " + String.join(", ", inAdvance)
                            + ", which approves in advance what guards would stop: that takes the role "
                            + Role.APPROVER.key() + ". Leave it out, or ask for less than usual.");
        }
        Run run = QueryRequest.truth(parameters, "waitForCompletion")
                ? reconciliations.start(request, Caller.actor(), RunListener.NONE)
                : background.start(request, Caller.actor());
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("_id", run.id());
        json.put("state", run.state().name());
        return json;
    }

    private static @Nullable Boolean persist(Map<String, String> parameters) {
        return parameters.containsKey("persistAssociations")
                ? QueryRequest.truth(parameters, "persistAssociations")
                : null;
    }

    private static List<String> ids(HttpServletRequest request) {
        List<String> ids = new ArrayList<>();
        String[] single = request.getParameterValues("id");
        if (single != null) {
            ids.addAll(Arrays.asList(single));
        }
        String[] several = request.getParameterValues("ids");
        if (several != null) {
            Arrays.stream(several)
                    .flatMap(list -> Arrays.stream(list.split(",")))
                    .map(String::strip)
                    .forEach(ids::add);
        }
        ids.removeIf(String::isEmpty);
        return ids.stream().distinct().toList();
    }

    /** Empty when the body was a form, whose fields are parameters. */
    private static String text(HttpServletRequest request) throws IOException {
        return new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
