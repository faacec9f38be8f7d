package dev.concord.run;

import java.nio.file.Path;

/** The folder that holds {@code jobs/} and {@code data/}. */
public record Home(Path folder) {

    public Path jobs() {
        return folder.resolve("jobs");
    }

    /** What Concord itself keeps: the embedded database, copies of files. */
    public Path data() {
        return folder.resolve("data");
    }

    /** Who may use the server. */
    public Path users() {
        return folder.resolve("users.yaml");
    }

    Path snapshots() {
        return data().resolve("snapshots");
    }

    /** Where a run keeps what it must find again when it is continued. */
    Path snapshots(String runId) {
        return snapshots().resolve(runId);
    }

    Path planKeys() {
        return data().resolve("plan-keys");
    }

    /** Where a plan may have a secret of its own, by which values that it does not keep can be compared. */
    Path planKey(String runId) {
        return planKeys().resolve(runId);
    }
}
