package dev.concord.api.own;

import dev.concord.access.Role;
import dev.concord.api.QueryRequest;
import dev.concord.api.Refusal;
import dev.concord.api.Takes;
import dev.concord.api.access.Allowed;
import dev.concord.api.access.Caller;
import dev.concord.api.openidm.RunDocuments;
import dev.concord.ledger.EntryCsv;
import dev.concord.ledger.EntrySearch;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Run;
import dev.concord.record.Json;
import dev.concord.run.BackgroundRuns;
import dev.concord.run.EndedRuns;
import dev.concord.run.Plans;
import dev.concord.run.RunRefused;
import dev.concord.run.Undoing;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What can be done with a run beyond what PingIDM knows: go on with it, close a dead one, watch it, export it. */
@RestController
@RequestMapping("/api/runs/{id}")
final class RunController {

    private static final int BUFFER = 65_536;

    private final BackgroundRuns background;
    private final EndedRuns ended;
    private final RunDocuments runs;
    private final LedgerReader ledger;
    private final RunEvents events;
    private final Undoing undoing;
    private final Plans plans;

    RunController(
            BackgroundRuns background,
            EndedRuns ended,
            RunDocuments runs,
            LedgerReader ledger,
            RunEvents events,
            Undoing undoing,
            Plans plans) {
        this.background = background;
        this.ended = ended;
        this.runs = runs;
        this.ledger = ledger;
        this.events = events;
        this.undoing = undoing;
        this.plans = plans;
    }

    /** Goes on with a run that was stopped, failed or whose process died, and answers while it works. */
    @PostMapping("/restart")
    @Takes
    @Allowed(Role.OPERATOR)
    Map<String, @Nullable Object> restart(@PathVariable String id) {
        try {
            return runs.of(background.restart(runs.find(id).id(), Caller.actor()));
        } catch (RunRefused refused) {
            throw Refusal.conflict(String.valueOf(refused.getMessage()));
        }
    }

    /** Closes a run whose process died, as failed, without going on with it. */
    @PostMapping("/recover")
    @Takes
    @Allowed(Role.OPERATOR)
    Map<String, @Nullable Object> recover(@PathVariable String id) {
        try {
            return runs.of(ended.recover(runs.find(id), Caller.actor()));
        } catch (RunRefused refused) {
            throw Refusal.conflict(String.valueOf(refused.getMessage()));
        }
    }

    /** Takes back what a run did, as a run of its own, and answers while that works. */
    @PostMapping(params = "_action=undo")
    @Takes("analyze")
    @Allowed(Role.OPERATOR)
    Map<String, @Nullable Object> undo(@PathVariable String id, @RequestParam Map<String, String> parameters) {
        Undoing.Request request = new Undoing.Request(runs.find(id).id(), QueryRequest.truth(parameters, "analyze"));
        try {
            return runs.of(undoing.startUndo(request, Caller.actor()));
        } catch (RunRefused refused) {
            throw Refusal.conflict(String.valueOf(refused.getMessage()));
        }
    }

    /** Visits again what failed in a run, as a run of its own, and answers while that works. */
    @PostMapping(params = "_action=retry")
    @Takes({"analyze", "withRuleFailures"})
    @Allowed(Role.OPERATOR)
    Map<String, @Nullable Object> retry(@PathVariable String id, @RequestParam Map<String, String> parameters) {
        Run run = runs.find(id);
        Plans.FailedRequest request = new Plans.FailedRequest(
                run.mapping(),
                run.id(),
                QueryRequest.truth(parameters, "withRuleFailures"),
                QueryRequest.truth(parameters, "analyze"));
        try {
            return runs.of(plans.startFailedOf(request, Caller.actor()));
        } catch (RunRefused refused) {
            throw Refusal.conflict(String.valueOf(refused.getMessage()));
        }
    }

    /** The run as it gets on, as server-sent events, until it has ended. */
    @GetMapping("/events")
    @Allowed(Role.VIEWER)
    void events(@PathVariable String id, HttpServletResponse response) throws IOException {
        events.tell(runs.find(id), response);
    }

    @GetMapping("/entries.jsonl")
    @Allowed(Role.AUDITOR)
    void jsonLines(@PathVariable String id, @RequestParam Map<String, String> parameters, HttpServletResponse response)
            throws IOException {
        EntrySearch search = EntrySearch.of(QueryRequest.of(parameters).filter());
        Run run = ReportController.withEntries(runs.find(id));
        Writer out = writer(response, run, "jsonl", "application/jsonl");
        search.each(ledger, run, (entry, document) -> {
            out.write(Json.write(document));
            out.write('\n');
            return true;
        });
        out.flush();
    }

    @GetMapping("/entries.csv")
    @Allowed(Role.AUDITOR)
    void csv(@PathVariable String id, @RequestParam Map<String, String> parameters, HttpServletResponse response)
            throws IOException {
        EntrySearch search = EntrySearch.of(QueryRequest.of(parameters).filter());
        Run run = ReportController.withEntries(runs.find(id));
        Writer out = writer(response, run, "csv", "text/csv");
        EntryCsv csv = new EntryCsv(out);
        search.each(ledger, run, (entry, document) -> {
            csv.write(entry);
            return true;
        });
        csv.flush();
    }

    private static Writer writer(HttpServletResponse response, Run run, String ending, String type) throws IOException {
        response.setContentType(type);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader(
                "Content-Disposition",
                "attachment; filename=\"entries-" + run.id().replaceAll("[^A-Za-z0-9-]", "") + "." + ending + "\"");
        return new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8), BUFFER);
    }
}
