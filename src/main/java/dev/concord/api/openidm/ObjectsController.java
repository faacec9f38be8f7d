package dev.concord.api.openidm;

import dev.concord.access.Role;
import dev.concord.api.Fields;
import dev.concord.api.QueryRequest;
import dev.concord.api.Refusal;
import dev.concord.api.access.Allowed;
import dev.concord.api.access.Caller;
import dev.concord.audit.AuditTrail;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.SystemDefinition;
import dev.concord.record.Resource;
import dev.concord.run.OpenObjectSets;
import dev.concord.run.RunsAtWork;
import dev.concord.system.ObjectSet;
import dev.concord.system.ObjectSets;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Objects of the managed types and of systems. */
@RestController
@RequestMapping({"/openidm/managed/{type}", "/openidm/system/{system}/{type}"})
final class ObjectsController {

    private final OpenObjectSets open;
    private final RunsAtWork atWork;
    private final AuditTrail trail;
    private final TransactionTemplate transaction;

    ObjectsController(
            OpenObjectSets open, RunsAtWork atWork, AuditTrail trail, PlatformTransactionManager transactions) {
        this.open = open;
        this.atWork = atWork;
        this.trail = trail;
        this.transaction = new TransactionTemplate(transactions);
    }

    @GetMapping
    @Allowed(Role.AUDITOR)
    void query(
            @PathVariable Map<String, String> path,
            @RequestParam Map<String, String> parameters,
            HttpServletResponse response) {
        QueryRequest request = QueryRequest.of(parameters);
        boolean skipUnreadable = QueryRequest.truth(parameters, "_skipUnreadable");
        open.<@Nullable Void>use((definitions, sets) -> {
            ObjectSet set = set(sets, path);
            Visibility visibility = visibility(set);
            visibility.check(request);
            new Search(new SetSearch(set, visibility, request, skipUnreadable), request).answer(response);
            return null;
        });
    }

    @GetMapping("/{id}")
    @Allowed(Role.AUDITOR)
    ResponseEntity<Map<String, @Nullable Object>> read(
            @PathVariable Map<String, String> path, @RequestParam Map<String, String> parameters) {
        return open.use((definitions, sets) -> {
            ObjectSet set = set(sets, path);
            return answer(HttpStatus.OK, set, ObjectWrites.read(set, id(path)), parameters);
        });
    }

    @PostMapping(params = "_action=create")
    @Allowed(Role.ADMIN)
    ResponseEntity<Map<String, @Nullable Object>> create(
            @PathVariable Map<String, String> path,
            @RequestParam Map<String, String> parameters,
            @RequestBody(required = false) @Nullable String body) {
        Map<String, @Nullable Object> content = Bodies.object(body);
        return write(path, (set, writes) -> answer(HttpStatus.CREATED, set, writes.create(null, content), parameters));
    }

    @PutMapping("/{id}")
    @Allowed(Role.ADMIN)
    ResponseEntity<Map<String, @Nullable Object>> put(
            @PathVariable Map<String, String> path,
            @RequestParam Map<String, String> parameters,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestHeader(value = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch,
            @RequestBody(required = false) @Nullable String body) {
        Precondition precondition = Precondition.of(ifMatch, ifNoneMatch);
        Map<String, @Nullable Object> content = Bodies.object(body);
        return write(path, (set, writes) -> {
            ObjectWrites.Put put = writes.put(id(path), precondition, content);
            return answer(put.created() ? HttpStatus.CREATED : HttpStatus.OK, set, put.resource(), parameters);
        });
    }

    @PatchMapping("/{id}")
    @Allowed(Role.ADMIN)
    ResponseEntity<Map<String, @Nullable Object>> patch(
            @PathVariable Map<String, String> path,
            @RequestParam Map<String, String> parameters,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody(required = false) @Nullable String body) {
        Precondition precondition = Precondition.of(ifMatch, null);
        Object operations = Bodies.value(body);
        return write(
                path,
                (set, writes) ->
                        answer(HttpStatus.OK, set, writes.patch(id(path), precondition, operations), parameters));
    }

    @PostMapping(path = "/{id}", params = "_action=patch")
    @Allowed(Role.ADMIN)
    ResponseEntity<Map<String, @Nullable Object>> patchByAction(
            @PathVariable Map<String, String> path,
            @RequestParam Map<String, String> parameters,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody(required = false) @Nullable String body) {
        return patch(path, parameters, ifMatch, body);
    }

    @DeleteMapping("/{id}")
    @Allowed(Role.ADMIN)
    ResponseEntity<Map<String, @Nullable Object>> delete(
            @PathVariable Map<String, String> path,
            @RequestParam Map<String, String> parameters,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        Precondition precondition = Precondition.of(ifMatch, null);
        return write(
                path, (set, writes) -> answer(HttpStatus.OK, set, writes.delete(id(path), precondition), parameters));
    }

    private ResponseEntity<Map<String, @Nullable Object>> write(
            Map<String, String> path,
            BiFunction<ObjectSet, ObjectWrites, ResponseEntity<Map<String, @Nullable Object>>> work) {
        return open.use((definitions, sets) -> {
            ObjectSet set = set(sets, path).asTarget();
            TrailedWrites writes = new TrailedWrites(set, trail, transaction, Caller.actor());
            ResponseEntity<Map<String, @Nullable Object>> answer =
                    work.apply(set, new ObjectWrites(set, visibility(set), writes));
            // A run that writes to the file reads its own changes beside it until it puts all of them in at its end.
            if (isFile(definitions, path) && !atWork.isTargetOfLiveRun(set.name())) {
                set.publish();
            }
            return answer;
        });
    }

    private static boolean isFile(Definitions definitions, Map<String, String> path) {
        return path.containsKey("system")
                && definitions.systems().get(path.get("system")) instanceof SystemDefinition.Files;
    }

    private static ResponseEntity<Map<String, @Nullable Object>> answer(
            HttpStatus status, ObjectSet set, Resource resource, Map<String, String> parameters) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
        if (resource.revision() != null) {
            answer.eTag(resource.revision());
        }
        return answer.body(
                Fields.of(parameters.get("_fields")).of(visibility(set).of(resource)));
    }

    private static ObjectSet set(ObjectSets sets, Map<String, String> path) {
        String name = path.containsKey("system")
                ? "system/" + path.get("system") + "/" + path.get("type")
                : "managed/" + path.get("type");
        try {
            return sets.open(name);
        } catch (IllegalArgumentException unknown) {
            throw Refusal.notFound(String.valueOf(unknown.getMessage()));
        }
    }

    private static String id(Map<String, String> path) {
        return String.valueOf(path.get("id"));
    }

    private static Visibility visibility(ObjectSet set) {
        return new Visibility(set.schema(), Caller.current().may(Role.AUDITOR));
    }
}
