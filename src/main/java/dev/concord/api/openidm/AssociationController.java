package dev.concord.api.openidm;

import dev.concord.access.Role;
import dev.concord.api.Fields;
import dev.concord.api.QueryRequest;
import dev.concord.api.Refusal;
import dev.concord.api.StreamedAnswer;
import dev.concord.api.access.Allowed;
import dev.concord.ledger.Entry;
import dev.concord.ledger.EntryView;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunTallies;
import dev.concord.ledger.RunView;
import dev.concord.ledger.SegmentFilter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What runs found and did, record by record; the same once more as the audit log has it. */
@RestController
@RequestMapping("/openidm")
final class AssociationController {

    /** Lists and the audit log look at no more runs than this, the newest ones. */
    private static final int MOST_RUNS = 10_000;

    private final RunDocuments runs;
    private final LedgerReader ledger;
    private final RunTallies tallies;

    AssociationController(RunDocuments runs, LedgerReader ledger, RunTallies tallies) {
        this.runs = runs;
        this.ledger = ledger;
        this.tallies = tallies;
    }

    @GetMapping("/recon/assoc")
    @Allowed(Role.VIEWER)
    void headers(@RequestParam Map<String, String> parameters, HttpServletResponse response) throws IOException {
        QueryRequest request = QueryRequest.of(parameters);
        RunSearch search = new RunSearch(runs.newest(MOST_RUNS), request.filter(), RunView::header);
        new Search(search, request).answer(response);
    }

    @GetMapping("/recon/assoc/{id}")
    @Allowed(Role.VIEWER)
    Map<String, @Nullable Object> header(@PathVariable String id, @RequestParam Map<String, String> parameters) {
        return Fields.of(parameters.get("_fields")).of(RunView.header(runs.find(id)));
    }

    @GetMapping("/recon/assoc/{id}/entry")
    @Allowed(Role.VIEWER)
    void entries(@PathVariable String id, @RequestParam Map<String, String> parameters, HttpServletResponse response)
            throws IOException {
        QueryRequest request = QueryRequest.of(parameters);
        Run run = runs.find(id);
        if (run.entriesDropped() != null) {
            throw Refusal.notFound("The entries of this run are gone since " + run.entriesDropped()
                    + ": they are kept for a while only. What it counted is still there.");
        }
        new EntryQuery(ledger, tallies, request, EntryDocuments.forCaller(), new StreamedAnswer(request, response))
                .answer(List.of(run));
    }

    @GetMapping("/recon/assoc/{id}/entry/{entry}")
    @Allowed(Role.VIEWER)
    Map<String, @Nullable Object> entry(
            @PathVariable String id, @PathVariable String entry, @RequestParam Map<String, String> parameters) {
        return Fields.of(parameters.get("_fields"))
                .of(EntryDocuments.forCaller().of(find(id, entry)));
    }

    @GetMapping("/audit/recon")
    @Allowed(Role.VIEWER)
    void audit(@RequestParam Map<String, String> parameters, HttpServletResponse response) throws IOException {
        QueryRequest request = QueryRequest.of(parameters);
        new EntryQuery(
                        ledger,
                        tallies,
                        request,
                        EntryDocuments.forCaller().asAudit(),
                        new StreamedAnswer(request, response))
                .answer(SegmentFilter.only(request.filter(), "reconId")
                        .map(runs::named)
                        .orElseGet(() -> runs.newest(MOST_RUNS)));
    }

    @GetMapping("/audit/recon/{entry}")
    @Allowed(Role.VIEWER)
    Map<String, @Nullable Object> audited(@PathVariable String entry, @RequestParam Map<String, String> parameters) {
        String run = EntryPlace.of(entry).map(EntryPlace::runId).orElse("");
        return Fields.of(parameters.get("_fields"))
                .of(EntryDocuments.forCaller().asAudit().of(find(run, entry)));
    }

    private EntryView find(String runId, String id) {
        EntryPlace place = EntryPlace.of(id)
                .filter(found -> found.runId().equals(runId))
                .orElseThrow(AssociationController::noEntry);
        Run run = runs.find(runId);
        List<Entry> entries = ledger.entries(run.id(), place.segment());
        if (place.index() >= entries.size()) {
            throw noEntry();
        }
        Entry shown = ledger.shown(run).apply(entries.get(place.index()));
        return new EntryView(run, place.segment(), place.index(), shown);
    }

    private static Refusal noEntry() {
        return Refusal.notFound("There is no entry with this id in this run.");
    }
}
