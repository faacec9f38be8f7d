package dev.concord.api.own;

import dev.concord.access.Role;
import dev.concord.api.Refusal;
import dev.concord.api.Takes;
import dev.concord.api.access.Allowed;
import dev.concord.api.access.Caller;
import dev.concord.api.openidm.RunDocuments;
import dev.concord.guard.Trip;
import dev.concord.guard.Trips;
import dev.concord.ledger.Run;
import dev.concord.record.Json;
import dev.concord.run.Approvals;
import dev.concord.run.BackgroundRuns;
import dev.concord.run.RunRefused;
import dev.concord.run.SomebodyElseNeeded;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What guards stopped runs for, and what people say of it. */
@RestController
@RequestMapping("/api")
final class ApprovalController {

    private static final int LONGEST_REASON = 2_000;

    private final BackgroundRuns background;
    private final Approvals approvals;
    private final RunDocuments runs;

    ApprovalController(BackgroundRuns background, Approvals approvals, RunDocuments runs) {
        this.background = background;
        this.approvals = approvals;
        this.runs = runs;
    }

    /** The runs that wait for somebody to decide, the oldest first. */
    @GetMapping("/approvals")
    @Allowed(Role.VIEWER)
    List<Map<String, @Nullable Object>> waiting() {
        return approvals.waiting().stream().map(ApprovalController::json).toList();
    }

    private static Map<String, @Nullable Object> json(Trips.Waiting waiting) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("_id", waiting.runId());
        json.put("mapping", waiting.mapping());
        json.put("guards", waiting.trips().stream().map(Trip::json).toList());
        return json;
    }

    /** The times that guards stopped a run, the oldest first, with what was decided. */
    @GetMapping("/runs/{id}/guards")
    @Allowed(Role.VIEWER)
    List<Map<String, @Nullable Object>> guards(@PathVariable String id) {
        return approvals.of(runs.find(id)).stream().map(Trip::json).toList();
    }

    /** Allows what a guard stopped the run for, and answers while it goes on. */
    @PostMapping(path = "/runs/{id}", params = "_action=approve")
    @Takes(body = true)
    @Allowed(Role.APPROVER)
    Map<String, @Nullable Object> approve(
            @PathVariable String id, @RequestBody(required = false) @Nullable String body) {
        String why = why(body);
        Run run = runs.find(id);
        return runs.of(decided(() -> background.approve(run.id(), Caller.actor(), why)));
    }

    /** Says no: the run never goes on. */
    @PostMapping(path = "/runs/{id}", params = "_action=deny")
    @Takes(body = true)
    @Allowed(Role.APPROVER)
    Map<String, @Nullable Object> deny(@PathVariable String id, @RequestBody(required = false) @Nullable String body) {
        String why = why(body);
        Run run = runs.find(id);
        return runs.of(decided(() -> approvals.deny(run.id(), Caller.actor(), why)));
    }

    private static Run decided(Supplier<Run> decision) {
        try {
            return decision.get();
        } catch (SomebodyElseNeeded needed) {
            throw needed;
        } catch (RunRefused refused) {
            throw Refusal.conflict(String.valueOf(refused.getMessage()));
        }
    }

    private static @Nullable String why(@Nullable String body) {
        if (body == null || body.isBlank()) {
            return null;
        }
        Map<String, @Nullable Object> json;
        try {
            json = Json.readObject(body);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("The body wants {\"why\": \"...\"}. " + e.getMessage());
        }
        Object why = json.remove("why");
        if (!json.isEmpty() || (why != null && !(why instanceof String))) {
            throw Refusal.badRequest("The body wants {\"why\": \"...\"} and nothing else.");
        }
        String text = why == null ? "" : String.valueOf(why).strip();
        if (text.length() > LONGEST_REASON) {
            throw Refusal.badRequest(
                    "why has " + text.length() + " characters; at most " + LONGEST_REASON + " are kept.");
        }
        return text.isEmpty() ? null : text;
    }
}
