package dev.concord.audit;

import java.util.Arrays;
import java.util.Optional;

/** What the trail tells of. */
public enum AuditEvent {
    RUN_STARTED("run.started"),
    RUN_STOPPED("run.stopped"),
    RUN_RESTARTED("run.restarted"),
    RUN_RECOVERED("run.recovered"),
    RUN_APPROVED("run.approved"),
    RUN_DENIED("run.denied"),
    RUN_UNDONE("run.undone"),
    RUN_RETRIED("run.retried"),
    RUN_FORGOTTEN("run.forgotten"),
    RUNS_PRUNED("runs.pruned"),
    PLAN_MADE("plan.made"),
    PLAN_APPLIED("plan.applied"),
    ACTION_PERFORMED("action.performed"),
    LINK_MOVED("link.moved"),
    LINK_DELETED("link.deleted"),
    DEFINITION_WRITTEN("definition.written"),
    DEFINITION_DELETED("definition.deleted"),
    SCHEDULE_CREATED("schedule.created"),
    SCHEDULE_CHANGED("schedule.changed"),
    SCHEDULE_DELETED("schedule.deleted"),
    SCHEDULE_TRIGGERED("schedule.triggered"),
    SCHEDULE_PAUSED("schedule.paused"),
    SCHEDULE_RESUMED("schedule.resumed"),
    SCHEDULES_PAUSED("schedules.paused"),
    SCHEDULES_RESUMED("schedules.resumed"),
    USER_WRITTEN("user.written"),
    USER_DELETED("user.deleted"),
    OBJECT_CREATED("object.created"),
    OBJECT_UPDATED("object.updated"),
    OBJECT_PATCHED("object.patched"),
    OBJECT_DELETED("object.deleted");

    private final String word;

    AuditEvent(String word) {
        this.word = word;
    }

    /** How the trail spells it. */
    public String word() {
        return word;
    }

    public static Optional<AuditEvent> of(String word) {
        return Arrays.stream(values()).filter(event -> event.word.equals(word)).findFirst();
    }
}
