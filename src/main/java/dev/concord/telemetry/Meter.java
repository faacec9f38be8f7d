package dev.concord.telemetry;

import java.util.List;

/**
 * The meters that are made from the platform database, under the names that Prometheus shows. Labels hold words out of
 * definitions and closed vocabularies only; never an id of a record, a run or a person.
 */
enum Meter {
    RUNS("recon_runs", Kind.COUNTER, "Runs that ended.", "mapping", "kind", "status"),
    LAST_START(
            "recon_run_last_start_timestamp_seconds", Kind.GAUGE, "When the newest full run was started.", "mapping"),
    LAST_END(
            "recon_run_last_end_timestamp_seconds",
            Kind.GAUGE,
            "When the full run that ended last ended, however it ended.",
            "mapping"),
    LAST_SUCCESS(
            "recon_run_last_success_timestamp_seconds",
            Kind.GAUGE,
            "When the last full run that succeeded ended.",
            "mapping"),
    LAST_DURATION(
            "recon_run_last_duration_seconds",
            Kind.GAUGE,
            "How long the last full run that succeeded took, without breaks before it was continued.",
            "mapping"),
    LAST_SOURCES(
            "recon_run_last_source_records",
            Kind.GAUGE,
            "Source records that the newest full run had before it.",
            "mapping"),
    PREVIOUS_SOURCES(
            "recon_run_previous_source_records",
            Kind.GAUGE,
            "Source records of the last full run before the newest one that succeeded.",
            "mapping"),
    INTERVAL(
            "recon_schedule_interval_seconds",
            Kind.GAUGE,
            "The longest time between two runs that the schedule asks for.",
            "mapping"),
    NEXT("recon_schedule_next_timestamp_seconds", Kind.GAUGE, "When the schedule starts the next run.", "mapping"),
    FAULTY("recon_schedules_faulty", Kind.GAUGE, "Schedules that do not fire as they are written down."),
    PAUSED("recon_schedules_paused", Kind.GAUGE, "Schedules that do not fire until somebody resumes them."),
    ACTIVE("recon_run_active", Kind.GAUGE, "1 while a run has begun and not ended, else 0.", "mapping"),
    ACTIVE_TIME(
            "recon_run_active_seconds",
            Kind.GAUGE,
            "How long the full run at work has taken so far, without breaks before it was continued; 0 without one.",
            "mapping"),
    HEARTBEAT(
            "recon_run_heartbeat_timestamp_seconds",
            Kind.GAUGE,
            "When the process of the active run last showed that it is alive.",
            "mapping"),
    EXPECTED(
            "recon_run_records_expected",
            Kind.GAUGE,
            "Records that the newest run may have to look at.",
            "mapping",
            "phase"),
    DONE("recon_run_records_done", Kind.GAUGE, "Records that the newest run has looked at.", "mapping", "phase"),
    RECORDS("recon_records", Kind.COUNTER, "Records that were settled, by their situation.", "mapping", "situation"),
    ACTIONS(
            "recon_actions",
            Kind.COUNTER,
            "Actions that were done or failed, by what was to be done.",
            "mapping",
            "action",
            "result"),
    STAGES(
            "recon_stage_seconds",
            Kind.SUMMARY,
            "What the time of pages went into, all threads together; counted per page.",
            "mapping",
            "stage"),
    TARGET_REQUESTS(
            "recon_target_request_seconds",
            Kind.SUMMARY,
            "Calls of the targets of runs, and their time, all threads together.",
            "system",
            "operation",
            "outcome"),
    SCRIPT_FAILURES("recon_script_failures", Kind.COUNTER, "Records that failed by a script.", "mapping"),
    GUARD_TRIPPED("recon_guard_tripped", Kind.COUNTER, "Times that a guard stopped a run.", "mapping", "guard"),
    WAITING(
            "recon_runs_waiting_for_approval",
            Kind.GAUGE,
            "Runs that a guard stopped and nobody has approved or denied.",
            "mapping"),
    CHUNK_RETRIES("recon_chunk_retries", Kind.COUNTER, "Pages that had to be done again.", "mapping"),
    BUILD("recon_build", Kind.INFO, "1; the version is in the label.", "version");

    /** Each with what stands behind the base of its names in Prometheus. */
    enum Kind {
        COUNTER("_total"),
        GAUGE(""),
        SUMMARY("_count", "_sum"),
        INFO("_info");

        private final List<String> suffixes;

        Kind(String... suffixes) {
            this.suffixes = List.of(suffixes);
        }
    }

    private final String base;
    private final Kind kind;
    private final String help;
    private final List<String> labels;

    Meter(String base, Kind kind, String help, String... labels) {
        this.base = base;
        this.kind = kind;
        this.help = help;
        this.labels = List.of(labels);
    }

    /** The name without what Prometheus adds to it. */
    String base() {
        return base;
    }

    /** The names that Prometheus knows it by. */
    List<String> names() {
        return kind.suffixes.stream().map(base::concat).toList();
    }

    Kind kind() {
        return kind;
    }

    String help() {
        return help;
    }

    List<String> labels() {
        return labels;
    }
}
