package dev.concord.api.openidm;

import dev.concord.access.Role;
import dev.concord.api.Fields;
import dev.concord.api.QueryAnswer;
import dev.concord.api.QueryRequest;
import dev.concord.api.Refusal;
import dev.concord.api.Takes;
import dev.concord.api.access.Allowed;
import dev.concord.api.access.Caller;
import dev.concord.mapping.Schedule;
import dev.concord.record.Json;
import dev.concord.run.schedule.ScheduledJob;
import dev.concord.run.schedule.Schedules;
import dev.concord.run.schedule.Schedules.Change;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Schedules. Those of files are shown and fired like the others, and changed in their files only. */
@RestController
@RequestMapping("/openidm/scheduler/job")
final class SchedulerController {

    private static final Map<String, @Nullable Object> DONE = Map.of("success", true);

    private static final int ATTEMPTS = 3;

    private final Schedules schedules;

    SchedulerController(Schedules schedules) {
        this.schedules = schedules;
    }

    @GetMapping
    @Allowed(Role.VIEWER)
    Map<String, @Nullable Object> query(@RequestParam Map<String, String> parameters) {
        return QueryAnswer.of(QueryRequest.of(parameters), ScheduleJson.all(schedules));
    }

    @GetMapping("/{name}")
    @Allowed(Role.VIEWER)
    ResponseEntity<Map<String, @Nullable Object>> read(
            @PathVariable String name, @RequestParam Map<String, String> parameters) {
        Fields fields = Fields.of(parameters.get("_fields"));
        Map<String, @Nullable Object> whole = shown(name);
        return ResponseEntity.ok().eTag(String.valueOf(whole.get("_rev"))).body(fields.of(whole));
    }

    @PostMapping(params = {"!_action"})
    @Allowed(Role.ADMIN)
    ResponseEntity<Map<String, @Nullable Object>> add(@RequestBody String body) {
        return create(body);
    }

    @PostMapping(params = "_action=create")
    @Allowed(Role.ADMIN)
    ResponseEntity<Map<String, @Nullable Object>> create(@RequestBody String body) {
        Map<String, @Nullable Object> document = document(body);
        Object id = document.get("_id");
        String name = id instanceof String text && !text.isBlank()
                ? text
                : UUID.randomUUID().toString();
        return created(name, document);
    }

    @PutMapping("/{name}")
    @Allowed(Role.ADMIN)
    ResponseEntity<Map<String, @Nullable Object>> put(
            @PathVariable String name,
            @RequestBody String body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String ifNoneMatch) {
        Precondition precondition = Precondition.of(ifMatch, ifNoneMatch);
        Map<String, @Nullable Object> document = document(body);
        if (precondition.fresh()) {
            return created(name, document);
        }
        refuseFile(name);
        // Without a precondition, whoever makes or removes it in between is no reason to refuse.
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Change change = schedules.replace(name, document, precondition.revision(), Caller.actor());
            if (change == Change.DONE) {
                return answer(HttpStatus.OK, shown(name));
            }
            if (precondition.match() != null) {
                throw change == Change.STALE ? Precondition.changed() : missing(name);
            }
            if (schedules.create(name, document, Caller.actor())) {
                return answer(HttpStatus.CREATED, shown(name));
            }
        }
        throw Refusal.conflict("The schedule " + name + " is made and removed by somebody else; send it again.");
    }

    @DeleteMapping("/{name}")
    @Allowed(Role.ADMIN)
    Map<String, @Nullable Object> delete(
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        Precondition precondition = Precondition.of(ifMatch, null);
        Map<String, @Nullable Object> before = shown(name);
        refuseFile(name);
        if (schedules.delete(name, precondition.revision(), Caller.actor()) == Change.STALE) {
            throw Precondition.changed();
        }
        return before;
    }

    private static Refusal missing(String name) {
        return Refusal.preconditionFailed(
                "There is no schedule " + name + ", and If-Match wants one; leave it out to make one.");
    }

    private static ResponseEntity<Map<String, @Nullable Object>> answer(
            HttpStatus status, Map<String, @Nullable Object> json) {
        return ResponseEntity.status(status)
                .eTag(String.valueOf(json.get("_rev")))
                .body(json);
    }

    @PostMapping(path = "/{name}", params = "_action=trigger")
    @Allowed(Role.OPERATOR)
    @Takes
    Map<String, @Nullable Object> trigger(@PathVariable String name) {
        return ScheduleJson.triggered(schedules.trigger(job(name), Caller.actor()));
    }

    @PostMapping(path = "/{name}", params = "_action=pause")
    @Allowed(Role.OPERATOR)
    @Takes
    Map<String, @Nullable Object> pause(@PathVariable String name) {
        schedules.pause(job(name), Caller.actor());
        return DONE;
    }

    @PostMapping(path = "/{name}", params = "_action=resume")
    @Allowed(Role.OPERATOR)
    @Takes
    Map<String, @Nullable Object> resume(@PathVariable String name) {
        schedules.resume(job(name), Caller.actor());
        return DONE;
    }

    @PostMapping(params = "_action=pauseJobs")
    @Allowed(Role.OPERATOR)
    @Takes
    Map<String, @Nullable Object> pause() {
        schedules.pauseAll(Caller.actor());
        return DONE;
    }

    @PostMapping(params = "_action=resumeJobs")
    @Allowed(Role.OPERATOR)
    @Takes
    Map<String, @Nullable Object> resume() {
        schedules.resumeAll(Caller.actor());
        return DONE;
    }

    @PostMapping(params = "_action=listCurrentlyExecutingJobs")
    @Allowed(Role.VIEWER)
    List<Map<String, @Nullable Object>> executing() {
        return schedules.executing().stream().map(ScheduleJson::of).toList();
    }

    @PostMapping(params = "_action=validateQuartzCronExpression")
    @Allowed(Role.VIEWER)
    Map<String, @Nullable Object> validate(@RequestBody String body) {
        return validity(body);
    }

    private ResponseEntity<Map<String, @Nullable Object>> created(String name, Map<String, @Nullable Object> document) {
        if (!schedules.create(name, document, Caller.actor())) {
            throw new Refusal(HttpStatus.PRECONDITION_FAILED, "There is a schedule " + name + " already.");
        }
        return answer(HttpStatus.CREATED, shown(name));
    }

    /** Whether the cron expression in a body is one, and what is wrong with it. */
    static Map<String, @Nullable Object> validity(String body) {
        if (!(document(body).get("cronExpression") instanceof String expression)) {
            throw Refusal.badRequest("The body wants {\"cronExpression\": \"0 0 2 * * ?\"}.");
        }
        return ScheduleJson.validity(Schedule.troubleOfCron(expression));
    }

    private static Map<String, @Nullable Object> document(String body) {
        try {
            return Json.readObject(body);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("The body wants a JSON object. " + e.getMessage());
        }
    }

    private ScheduledJob job(String name) {
        return schedules.find(name).orElseThrow(() -> Refusal.notFound("There is no schedule " + name + "."));
    }

    private Map<String, @Nullable Object> shown(String name) {
        Map<String, @Nullable Object> json = ScheduleJson.of(schedules, name);
        if (json == null) {
            throw Refusal.notFound("There is no schedule " + name + ".");
        }
        return json;
    }

    private void refuseFile(String name) {
        String file = schedules.file(name);
        if (file != null) {
            throw Refusal.conflict("The schedule " + name + " is kept in the file jobs/" + file
                    + "; change it there. Servers heed it within seconds.");
        }
    }
}
