package dev.concord.api.own;

import dev.concord.access.Role;
import dev.concord.api.QueryRequest;
import dev.concord.api.Refusal;
import dev.concord.api.access.Allowed;
import dev.concord.api.access.Caller;
import dev.concord.api.openidm.EntryDocuments;
import dev.concord.api.openidm.RunDocuments;
import dev.concord.filter.Filter;
import dev.concord.ledger.EntryCounts;
import dev.concord.ledger.EntryGroups;
import dev.concord.ledger.EntrySearch;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunComparison;
import dev.concord.ledger.Runs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What runs did, put together: failures that are alike, numbers, and two runs beside each other. Whoever may not see
 * values sees none here either, and filters find nothing in them.
 */
@RestController
@RequestMapping("/api")
final class ReportController {

    private static final int MOST_DIFFERENCES = 10_000;

    /** A comparison reads all entries of two runs. */
    private final Semaphore comparing = new Semaphore(2);

    private final RunDocuments runs;
    private final Runs rows;
    private final LedgerReader ledger;

    ReportController(RunDocuments runs, Runs rows, LedgerReader ledger) {
        this.runs = runs;
        this.rows = rows;
        this.ledger = ledger;
    }

    @GetMapping("/runs/{id}/groups")
    @Allowed(Role.VIEWER)
    Map<String, @Nullable Object> groups(@PathVariable String id, @RequestParam Map<String, String> parameters) {
        Run run = withEntries(runs.find(id));
        Filter failed = Filter.parse("status eq \"FAILURE\"");
        EntryGroups groups = new EntryGroups();
        search(new Filter.And(List.of(failed, QueryRequest.of(parameters).filter())))
                .each(ledger, run, (entry, document) -> {
                    groups.add(entry);
                    return true;
                });
        boolean values = mayRead();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("run", run.id());
        json.put("failures", groups.total());
        json.put(
                "groups",
                groups.largest().stream().map(group -> group.json(values)).toList());
        json.put("others", groups.others());
        return json;
    }

    @GetMapping("/runs/{id}/counts")
    @Allowed(Role.VIEWER)
    Map<String, @Nullable Object> counts(
            @PathVariable String id, @RequestParam String by, @RequestParam Map<String, String> parameters) {
        EntryCounts.By what = Arrays.stream(EntryCounts.By.values())
                .filter(one -> one.toString().equals(by))
                .findFirst()
                .orElseThrow(() -> Refusal.badRequest("`by` is one of: "
                        + Arrays.stream(EntryCounts.By.values())
                                .map(EntryCounts.By::toString)
                                .collect(Collectors.joining(", "))
                        + "."));
        if (what == EntryCounts.By.ATTRIBUTE && !mayRead()) {
            throw new Refusal(HttpStatus.FORBIDDEN, "What changed is for those with the role auditor.");
        }
        EntrySearch search = search(QueryRequest.of(parameters).filter());
        Run run = runs.find(id);
        if (EntryCounts.areOfEntries(search, what)) {
            withEntries(run);
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("run", run.id());
        json.putAll(EntryCounts.of(ledger, run, search, what).json());
        return json;
    }

    @GetMapping("/compare")
    @Allowed(Role.VIEWER)
    Map<String, @Nullable Object> compare(
            @RequestParam String before, @RequestParam String after, @RequestParam(defaultValue = "1000") int most) {
        if (most < 0 || most > MOST_DIFFERENCES) {
            throw Refusal.badRequest(
                    "`most` is a number from 0 to " + MOST_DIFFERENCES + "; `./concord compare` writes them all.");
        }
        Run first = runs.find(before);
        Run second = runs.find(after);
        if (!comparing.tryAcquire()) {
            throw new Refusal(HttpStatus.SERVICE_UNAVAILABLE, "Others are comparing runs; try again in a while.");
        }
        try (RunComparison comparison = RunComparison.of(ledger, rows, first, second)) {
            Map<String, @Nullable Object> json = new LinkedHashMap<>(comparison.json(mayRead()));
            List<Map<String, @Nullable Object>> differences = new ArrayList<>();
            comparison.each(difference -> {
                if (differences.size() == most) {
                    return false;
                }
                differences.add(difference.json());
                return true;
            });
            json.put("differences", differences);
            return json;
        } catch (IllegalArgumentException impossible) {
            throw Refusal.conflict(String.valueOf(impossible.getMessage()));
        } finally {
            comparing.release();
        }
    }

    private static boolean mayRead() {
        return Caller.current().may(Role.AUDITOR);
    }

    private static EntrySearch search(Filter filter) {
        return EntrySearch.of(filter, EntryDocuments.forCaller()::of);
    }

    /**
     * The run, if its entries are there.
     *
     * @throws Refusal with 410 when they are gone
     */
    static Run withEntries(Run run) {
        if (run.entriesDropped() != null) {
            throw new Refusal(
                    HttpStatus.GONE,
                    "The entries of this run are gone since " + run.entriesDropped()
                            + ": they are kept for a while only. What it counted is still there.");
        }
        return run;
    }
}
