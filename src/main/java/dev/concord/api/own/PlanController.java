package dev.concord.api.own;

import dev.concord.access.Role;
import dev.concord.api.QueryRequest;
import dev.concord.api.Refusal;
import dev.concord.api.Takes;
import dev.concord.api.access.Allowed;
import dev.concord.api.access.Caller;
import dev.concord.api.openidm.RunDocuments;
import dev.concord.api.openidm.RunFilters;
import dev.concord.ledger.Entry;
import dev.concord.ledger.EntrySearch;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.record.Json;
import dev.concord.run.Plans;
import dev.concord.run.Reconciliations;
import dev.concord.run.RunRefused;
import dev.concord.run.RunRequest;
import dev.concord.run.plan.PlanPage;
import dev.concord.run.plan.PlanTotals;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Plans: made, reviewed, and applied exactly. A plan is a run that only looked, and has its id. */
@RestController
@RequestMapping("/api/plans")
final class PlanController {

    /** How many records are shown when nobody says how many. */
    private static final int SHOWN = 1_000;

    private static final int BUFFER = 65_536;

    private final Plans plans;
    private final RunDocuments runs;
    private final LedgerReader ledger;
    private final Reconciliations reconciliations;

    PlanController(Plans plans, RunDocuments runs, LedgerReader ledger, Reconciliations reconciliations) {
        this.reconciliations = reconciliations;
        this.plans = plans;
        this.runs = runs;
        this.ledger = ledger;
    }

    /** Plans what a run would do, and answers while that is found out. */
    @PostMapping
    @Takes(body = true)
    @Allowed(Role.OPERATOR)
    Map<String, @Nullable Object> make(@RequestBody String body) {
        RunRequest request = request(body);
        RunFilters.check(request, reconciliations.definitions());
        return runs.of(plans.startPlan(request, Caller.actor()));
    }

    private static RunRequest request(String body) {
        Map<String, @Nullable Object> json;
        try {
            json = Json.readObject(body);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("The body wants {\"mapping\": \"...\"}. " + e.getMessage());
        }
        Object mapping = json.remove("mapping");
        Object where = json.remove("where");
        Object ids = json.remove("ids");
        boolean fits = json.isEmpty()
                && mapping instanceof String
                && (where == null || where instanceof String)
                && (ids == null || (ids instanceof List<?> list && list.stream().allMatch(String.class::isInstance)))
                && (where == null || ids == null);
        if (!fits) {
            throw Refusal.badRequest("The body wants the text mapping, and of where (a query filter) and ids (a list of"
                    + " texts) at most one; nothing else.");
        }
        List<String> chosen = new ArrayList<>();
        if (ids instanceof List<?> list) {
            list.forEach(id -> chosen.add(String.valueOf(id)));
        }
        return new RunRequest(String.valueOf(mapping), true, chosen, (String) where);
    }

    /**
     * What a plan would do, record by record: as JSON, or as a page where the client asks for HTML. Without a filter,
     * what would change or fail.
     */
    @GetMapping("/{id}")
    @Allowed(Role.AUDITOR)
    void review(
            @PathVariable String id,
            @RequestParam Map<String, String> parameters,
            @RequestHeader(name = HttpHeaders.ACCEPT, defaultValue = "*/*") String accept,
            HttpServletResponse response)
            throws IOException {
        QueryRequest request = QueryRequest.of(parameters);
        if (!request.sortKeys().isEmpty() || request.position() != null || request.offset() > 0) {
            throw Refusal.badRequest("A plan is shown from its first record on: with _queryFilter and _pageSize only.");
        }
        Run plan = plan(id);
        boolean filtered = parameters.containsKey("_queryFilter");
        Predicate<Entry> wanted = filtered ? entry -> true : PlanTotals::isWorthShowing;
        EntrySearch search = EntrySearch.of(request.filter());
        int most = request.pageSize() == 0 ? SHOWN : request.pageSize();
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        if (accept.contains(MediaType.TEXT_HTML_VALUE)) {
            response.setContentType(MediaType.TEXT_HTML_VALUE);
            // It is a page of values of records: nothing may run in it, and nothing be loaded.
            response.setHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
            Writer out = writer(response);
            new PlanPage(ledger.view(plan), ledger, request.pageSize() == 0 ? PlanPage.USUAL_MOST : most)
                    .write(search, wanted, out);
            out.flush();
        } else {
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            json(plan, search, wanted, most, writer(response));
        }
    }

    private static Writer writer(HttpServletResponse response) throws IOException {
        return new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8), BUFFER);
    }

    private void json(Run plan, EntrySearch search, Predicate<Entry> wanted, int most, Writer out) throws IOException {
        RunView view = ledger.view(plan);
        out.write("{\"plan\":" + Json.write(runs.of(plan)));
        out.write(",\"totals\":" + Json.write(PlanTotals.of(view).json()));
        out.write(",\"appliedBy\":"
                + Json.write(plans.appliedBy(plan).map(Run::id).orElse(null)));
        out.write(",\"entries\":[");
        int[] shown = {0};
        boolean all = search.<IOException>each(ledger, plan, (entry, document) -> {
            if (!wanted.test(entry.entry())) {
                return true;
            }
            if (shown[0] == most) {
                return false;
            }
            out.write((shown[0]++ == 0 ? "" : ",") + Json.write(document));
            return true;
        });
        out.write("],\"more\":" + !all + "}");
        out.flush();
    }

    private Run plan(String id) {
        Run plan = runs.find(id);
        if (!plan.analysis()) {
            throw Refusal.notFound("Run " + plan.id() + " is no plan: it changed things itself.");
        }
        if (plan.state() == RunState.ACTIVE) {
            throw Refusal.conflict("The plan is still being made. Ask again when GET /openidm/recon/" + plan.id()
                    + " says that it has ended.");
        }
        if (plan.entriesDropped() != null) {
            throw Refusal.conflict("The plan is too old: its records are not kept any more. Plan anew.");
        }
        return plan;
    }

    /** Does exactly what a plan says, once, and answers while that is done. */
    @PostMapping(path = "/{id}", params = "_action=apply")
    @Takes
    @Allowed(Role.OPERATOR)
    Map<String, @Nullable Object> apply(@PathVariable String id) {
        Run plan = runs.find(id);
        try {
            return runs.of(plans.startApply(plan.id(), Caller.actor()));
        } catch (RunRefused refused) {
            throw Refusal.conflict(String.valueOf(refused.getMessage()));
        }
    }
}
