package dev.concord.api.openidm;

import dev.concord.access.Role;
import dev.concord.api.Fields;
import dev.concord.api.QueryRequest;
import dev.concord.api.Refusal;
import dev.concord.api.access.Allowed;
import dev.concord.api.access.Caller;
import dev.concord.audit.AuditEvent;
import dev.concord.audit.AuditTrail;
import dev.concord.audit.Deed;
import dev.concord.link.LinkTable;
import dev.concord.link.StoredLink;
import dev.concord.run.RunsAtWork;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Links, as PingIDM's repository shows them. */
@RestController
@RequestMapping("/openidm/repo/link")
final class LinkController {

    private final LinkTable table;
    private final RunsAtWork atWork;
    private final AuditTrail trail;

    LinkController(LinkTable table, RunsAtWork atWork, AuditTrail trail) {
        this.table = table;
        this.atWork = atWork;
        this.trail = trail;
    }

    @GetMapping
    @Allowed(Role.VIEWER)
    void query(@RequestParam Map<String, String> parameters, HttpServletResponse response) {
        QueryRequest request = QueryRequest.of(parameters);
        new Search(new LinkSearch(table, request.filter()), request).answer(response);
    }

    @GetMapping("/{id}")
    @Allowed(Role.VIEWER)
    Map<String, @Nullable Object> read(@PathVariable String id, @RequestParam Map<String, String> parameters) {
        return Fields.of(parameters.get("_fields")).of(link(id).json());
    }

    @DeleteMapping("/{id}")
    @Allowed(Role.ADMIN)
    Map<String, @Nullable Object> delete(
            @PathVariable String id,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        Precondition precondition = Precondition.of(ifMatch, null);
        return atWork.whileIdle(Set.of(link(id).type()), () -> {
            StoredLink link = link(id);
            boolean known = !precondition.wantsRevision()
                    || Integer.toString(link.revision()).equals(precondition.match());
            if (!known) {
                throw Precondition.changed();
            }
            Map<String, @Nullable Object> json = link.json();
            if (!table.remove(link)) {
                throw Precondition.changed();
            }
            trail.add(
                    Caller.actor(),
                    Deed.to("repo/link/" + id, AuditEvent.LINK_DELETED)
                            .with("linkType", json.get("linkType"))
                            .with("linkQualifier", json.get("linkQualifier"))
                            .with("firstId", json.get("firstId"))
                            .with("secondId", json.get("secondId")));
            return json;
        });
    }

    private StoredLink link(String id) {
        return table.find(id).orElseThrow(() -> Refusal.notFound("There is no such link."));
    }
}
