package dev.concord.api.openidm;

import dev.concord.access.Role;
import dev.concord.api.Fields;
import dev.concord.api.QueryAnswer;
import dev.concord.api.QueryRequest;
import dev.concord.api.Refusal;
import dev.concord.api.access.Allowed;
import dev.concord.run.schedule.Schedules;
import dev.concord.run.schedule.TriggerDocument;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What makes schedules fire, and a place to ask whether a cron expression is one. */
@RestController
@RequestMapping("/openidm/scheduler")
final class TriggerController {

    private final Schedules schedules;

    TriggerController(Schedules schedules) {
        this.schedules = schedules;
    }

    @PostMapping(params = "_action=validateQuartzCronExpression")
    @Allowed(Role.VIEWER)
    Map<String, @Nullable Object> validate(@RequestBody String body) {
        return SchedulerController.validity(body);
    }

    @GetMapping("/trigger")
    @Allowed(Role.VIEWER)
    Map<String, @Nullable Object> query(@RequestParam Map<String, String> parameters) {
        return QueryAnswer.of(
                QueryRequest.of(parameters),
                schedules.all().stream()
                        .map(TriggerDocument::of)
                        .filter(Objects::nonNull)
                        .toList());
    }

    @GetMapping("/trigger/{id}")
    @Allowed(Role.VIEWER)
    Map<String, @Nullable Object> read(@PathVariable String id, @RequestParam Map<String, String> parameters) {
        Fields fields = Fields.of(parameters.get("_fields"));
        return schedules.all().stream()
                .filter(job -> TriggerDocument.id(job.schedule()).equals(id))
                .map(TriggerDocument::of)
                .filter(Objects::nonNull)
                .findFirst()
                .map(fields::of)
                .orElseThrow(() -> Refusal.notFound("There is no trigger " + id + "."));
    }
}
