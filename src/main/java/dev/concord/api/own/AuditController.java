package dev.concord.api.own;

import dev.concord.access.Role;
import dev.concord.api.QueryRequest;
import dev.concord.api.Refusal;
import dev.concord.api.StreamedAnswer;
import dev.concord.api.access.Allowed;
import dev.concord.audit.AuditEntry;
import dev.concord.audit.AuditEvent;
import dev.concord.audit.AuditQuery;
import dev.concord.audit.AuditTrail;
import dev.concord.record.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who changed what. */
@RestController
@RequestMapping("/api/audit")
final class AuditController {

    private static final int READ_AT_ONCE = 1_000;

    private final AuditTrail trail;

    AuditController(AuditTrail trail) {
        this.trail = trail;
    }

    /** The newest lines first, all of them unless {@code _pageSize} says how many. */
    @GetMapping
    @Allowed(Role.AUDITOR)
    void query(@RequestParam Map<String, String> parameters, HttpServletResponse response) throws IOException {
        QueryRequest request = QueryRequest.of(parameters);
        if (!request.sortKeys().isEmpty() || request.offset() > 0) {
            throw Refusal.badRequest("The trail is read from its newest line on, without _sortKeys and"
                    + " _pagedResultsOffset; go on with _pagedResultsCookie.");
        }
        AuditQuery query = new AuditQuery(
                since(parameters.get("since")),
                event(parameters.get("event")),
                parameters.get("run"),
                parameters.get("user"));
        StreamedAnswer answer = new StreamedAnswer(request, response);
        long most = request.pageSize() == 0 || request.countOnly() ? Long.MAX_VALUE : request.pageSize();
        long count = 0;
        long before = position(request.position());
        List<AuditEntry> page;
        do {
            page = trail.newest(query, before, READ_AT_ONCE);
            for (AuditEntry entry : page) {
                Map<String, @Nullable Object> json = entry.json();
                if (!request.filter().matches(json)) {
                    before = entry.number();
                    continue;
                }
                if (count == most) {
                    answer.end(Long.toString(before), -1);
                    return;
                }
                count++;
                before = entry.number();
                if (!request.countOnly()) {
                    answer.add(json);
                }
            }
        } while (page.size() == READ_AT_ONCE);
        if (request.countOnly()) {
            answer.endWithCount(count);
        } else {
            answer.end(null, -1);
        }
    }

    private static long position(@Nullable String cookie) {
        try {
            return cookie == null ? Long.MAX_VALUE : Long.parseLong(cookie);
        } catch (NumberFormatException foreign) {
            throw Refusal.badRequest("_pagedResultsCookie does not belong to this query.");
        }
    }

    private static @Nullable Instant since(@Nullable String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw Refusal.badRequest("since is " + Json.write(text) + "; it wants a time like 2026-11-22T18:00:00Z.");
        }
    }

    private static @Nullable AuditEvent event(@Nullable String word) {
        return word == null
                ? null
                : AuditEvent.of(word)
                        .orElseThrow(() -> Refusal.badRequest("event is " + Json.write(word)
                                + "; it can be one of those that docs/audit.md lists, such as run.approved."));
    }
}
